"""Forms of letters: what a person types, checked and turned into values."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Period
from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box, offer, offer_records
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Letter, LetterKind, Plan
from huanchuang.steering.queries.letters.record import assignable_units
from huanchuang.steering.queries.letters.terms import named
from huanchuang.steering.services.letters.drafting import Written
from huanchuang.steering.services.letters.intake import LetterGiven, Who

MOST_PROPOSERS = 60


def area(rows: int) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def choice_box() -> forms.Select:
    """A box to choose from, dressed like those of the lists."""
    return forms.Select(attrs={"class": "form-select"})


class PressForm(forms.Form):
    """A step of a letter: the version the person saw, a token against the double press, and words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("说明"), required=False, max_length=5000, widget=area(3))

    @classmethod
    def at(cls, version: int, **options: Any) -> PressForm:
        """An empty form for something as it is now."""
        initial = {"version": version, "token": secrets.token_hex(16), **options.pop("initial", {})}
        return cls(initial=initial, auto_id=options.pop("auto_id", False), **options)


class LetterForm(forms.Form):
    """A proposal as it came."""

    kind = forms.ChoiceField(label=_("类别"), choices=LetterKind.choices, initial=LetterKind.CONFERENCE)
    session = forms.CharField(
        label=_("届次"), max_length=120, help_text=_("照原件写，例如“区政协第九届委员会第三次会议”。")
    )
    number = forms.CharField(
        label=_("编号"), max_length=20, help_text=_("照原件写，前面的 0 要保留，例如“0328”。")
    )
    title = forms.CharField(label=_("案由"), max_length=300)
    received_on = forms.DateField(label=_("收到日期"), widget=day_box())
    proposers = forms.CharField(
        label=_("提案人"),
        widget=area(3),
        help_text=_(
            "每行一人：姓名，单位，电话（单位和电话可不写）。个人信息在页面上只显示一部分，查看全部要写明用途并留痕。"
        ),
    )
    file = forms.FileField(
        label=_("原件"),
        required=False,
        help_text=_("Word、文字版 PDF、网页或文本。"),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.md"}),
    )
    contents = forms.CharField(
        label=_("内容"), required=False, widget=area(8), help_text=_("不填时从原件读取全文。")
    )

    def clean_received_on(self) -> dt.date:
        """Nothing comes from the future."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("收到日期不能晚于今天"))
        return day

    def clean_proposers(self) -> list[Who]:
        """One person a line."""
        found = []
        for line in self.cleaned_data["proposers"].splitlines():
            parts = [part.strip() for part in line.replace(",", "，").split("，")]
            if parts[0]:
                name, unit, phone = (*parts, "", "")[:3]
                found.append(Who(name[:60], unit[:120], phone[:40]))
        if len(found) > MOST_PROPOSERS:
            raise forms.ValidationError(_("最多填写60人，其余的请写“等”并附名单"))
        return found

    def clean(self) -> dict[str, Any]:
        """Typed contents or a paper to read them from."""
        given = super().clean() or self.cleaned_data
        if not given.get("contents") and not given.get("file") and not self.errors.get("file"):
            self.add_error("contents", _("请填写内容，或上传可以读取的原件"))
        return given

    def given(self) -> LetterGiven:
        """The values without the file."""
        return LetterGiven(**{name: value for name, value in self.cleaned_data.items() if name != "file"})


class ChangeForm(LetterForm):
    """What was registered, to be put right. Contents and proposers name people: not shown; left empty, they stay."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("更正原因"), max_length=500)
    field_order = [
        "version",
        "token",
        "kind",
        "session",
        "number",
        "title",
        "received_on",
        "contents",
        "proposers",
        "reason",
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["file"]
        self.fields["proposers"].required = False
        self.fields["proposers"].help_text = _("不改就不填。要改的请写全：每行一人，姓名，单位，电话。")
        self.fields["contents"].help_text = _("不改就不填。要改的请写全文。")

    @classmethod
    def of(cls, letter: Letter) -> ChangeForm:
        """The letter as it is registered."""
        names = ("kind", "session", "number", "title", "received_on", "version")
        values = {name: getattr(letter, name) for name in names}
        return cls(initial={**values, "token": secrets.token_hex(16)})

    def clean(self) -> dict[str, Any]:
        """Contents may be left as they are."""
        return self.cleaned_data

    def given(self) -> LetterGiven:
        """The values of the letter itself."""
        step = ("version", "token", "reason")
        return LetterGiven(**{name: value for name, value in self.cleaned_data.items() if name not in step})


class AssignForm(PressForm):
    """Which unit leads and which help."""

    lead = forms.ModelChoiceField(label=_("主办单位"), queryset=Organisation.objects.none())
    helpers = forms.ModelMultipleChoiceField(
        label=_("会办单位"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["version", "token", "lead", "helpers", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Organisation.objects.filter(pk__in=[unit.pk for unit in assignable_units()]).order_by("name")
        for name in ("lead", "helpers"):
            offer_records(self, name, units)
        self.fields["reason"].label = _("交办意见")


class TalkForm(PressForm):
    """A talk with the proposer."""

    way = forms.ChoiceField(label=_("方式"))
    on = forms.DateField(label=_("日期"), widget=day_box())
    field_order = ["version", "token", "way", "on", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "way", ((code, named(one)) for code, one in letter_handling().ways.items()))
        self.fields["reason"].label = _("沟通情况")


class UntilForm(PressForm):
    """A later day, with the reason."""

    until = forms.DateField(label=_("延期至"), widget=day_box())
    field_order = ["version", "token", "until", "reason"]


class AgainForm(PressForm):
    """What is to be done again, and until when where no rule says."""

    until = forms.DateField(label=_("重新答复期限"), widget=day_box(), required=False)
    field_order = ["version", "token", "until", "reason"]


class SlipForm(PressForm):
    """The slip that came back."""

    verdict = forms.ChoiceField(label=_("反馈意见"))
    received_on = forms.DateField(label=_("收到日期"), widget=day_box())
    field_order = ["version", "token", "verdict", "received_on", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "verdict", ((code, named(one)) for code, one in letter_handling().answers.items()))
        self.fields["reason"].label = _("具体意见")


class DraftForm(forms.Form):
    """A paper as it is typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), max_length=300)
    number = forms.CharField(
        label=_("发文字号"),
        max_length=60,
        required=False,
        help_text=_("例如“青岑科函〔2026〕12号”，可在编号后补填。"),
    )
    mark = forms.ChoiceField(label=_("办理结果"), required=False, help_text=_("印在答复函首页右上角。"))
    body = forms.CharField(label=_("正文"), required=False, strip=False, widget=area(26))
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("联系电话"),
        max_length=40,
        required=False,
        help_text=_("印在寄出的答复函上，公开时自动去掉。"),
    )

    def __init__(self, is_reply: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_reply:
            for name in ("mark", "contact_name", "contact_phone"):
                del self.fields[name]
            return
        marks = [(code, f"{code} {named(one)}") for code, one in letter_handling().marks.items()]
        offer(self, "mark", [("", "—"), *marks])

    def written(self) -> Written:
        """The values as the service takes them."""
        return Written(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class ReportForm(forms.Form):
    """Which plan, which half-year."""

    plan = forms.ModelChoiceField(label=_("方案"), queryset=Plan.objects.none(), widget=choice_box())
    period = forms.ChoiceField(label=_("期间"), widget=choice_box())

    def __init__(self, plans: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_records(self, "plan", plans)
        halves = halves_until(clock.today())
        offer(self, "period", ((one.code, one.label(language())) for one in halves))


def halves_until(day: dt.date) -> list[Period]:
    """The half-year that runs and the three before it, the newest first."""
    found = [Period.containing(day, "half")]
    while len(found) < 4:
        found.append(Period.containing(found[-1].start - dt.timedelta(days=1), "half"))
    return found


def press_forms(letter: Letter) -> dict[str, Any]:
    """The small forms of a letter's page, all for the version that is shown."""
    forms_by_name = {
        "press": PressForm,
        "talk": TalkForm,
        "longer": UntilForm,
        "again": AgainForm,
        "slip": SlipForm,
    }
    today = {"on": clock.today(), "received_on": clock.today()}
    return {
        f"{name}_form": form.at(letter.version, initial=today, auto_id=f"{name}-%s")
        for name, form in forms_by_name.items()
    }
