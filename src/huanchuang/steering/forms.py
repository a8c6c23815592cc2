"""Forms: what a person types, checked and turned into values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.files.forms import ManyFiles
from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box
from huanchuang.steering.models import Target, TargetKind
from huanchuang.steering.queries.shapes import Addition, Offered
from huanchuang.steering.queries.split import can_be_added
from huanchuang.steering.queries.typed import needs_list
from huanchuang.steering.queries.words import COMPARATORS, RECURRENCES


class UploadForm(forms.Form):
    """A plan to be read."""

    file = forms.FileField(
        label=_("方案文件"),
        help_text=_(
            "Word（docx）、文字版 PDF、网页（html）、文本（txt、md）或任务分解表（xlsx）。扫描件请先转成文字。"
        ),
        error_messages={"required": _("请选择要读取的方案文件")},
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.md"}),
    )


class RevisionForm(UploadForm):
    """A corrected version of a plan and why there is one."""

    reason = forms.CharField(
        label=_("修订原因"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("谁在什么会议上、因为什么修订，留在历史里。"),
        error_messages={"required": _("请写明为什么修订")},
    )


class StepForm(forms.Form):
    """A step of a line: the version the person saw, a token against the double press, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(max_length=32, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("原因"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def of(cls, target: Target, **options: Any) -> StepForm:
        """An empty form for a line as it is now."""
        return cls(
            initial={"version": target.version, "token": secrets.token_hex(16)}, auto_id=False, **options
        )


class ReportForm(forms.Form):
    """A report of progress on one line."""

    token = forms.CharField(max_length=32, widget=forms.HiddenInput)
    as_of = forms.DateField(label=_("截至日期"), widget=day_box())
    percent = forms.IntegerField(
        label=_("总体进度（%）"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("0 到 100；说不准就不填，不要填 0。"),
    )
    figure = forms.DecimalField(label=_("已达到"), max_digits=24, decimal_places=6, required=False)
    text = forms.CharField(
        label=_("进展情况"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明做了什么、到了哪一步")},
    )
    next_step = forms.CharField(label=_("下一步"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    difficulty = forms.CharField(
        label=_("困难问题"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = ManyFiles(
        label=_("佐证材料"),
        required=False,
        help_text=_("通知、合同、照片、统计表等，可一次选多个。申请销号前至少要有一份。"),
    )

    amount = forms.DecimalField(label=_("累计数"), max_digits=24, decimal_places=6, required=False)
    field_order = ["token", "as_of", "percent", "figure", "amount"]

    def __init__(self, target: Target, *args: Any, baseline: str = "", **options: Any) -> None:
        """`baseline` is the baseline in words where the line is a growth and has one: then the amount is asked for."""
        super().__init__(*args, **options)
        if baseline:
            self.fields["amount"].help_text = _(
                "截至上述日期的累计数，系统按基数（%(baseline)s）算出增长。"
            ) % {"baseline": baseline}
            del self.fields["figure"]
            return
        del self.fields["amount"]
        if needs_list(target.kind, target.unit) or (target.value is None and target.kind != "benchmark"):
            del self.fields["figure"]
            return
        self.fields["figure"].label = (
            _("已达到（%(unit)s）") % {"unit": target.unit} if target.unit else _("已达到")
        )
        if target.split_way and can_be_added(target.kind, target.unit):
            self.fields["figure"].label = (
                _("本单位已达到（%(unit)s）") % {"unit": target.unit} if target.unit else _("本单位已达到")
            )
            self.fields["figure"].help_text = _("只填本单位的累计值，各单位的数由系统相加；不知道就不填。")
            return
        self.fields["figure"].help_text = _("截至上述日期的累计值，单位与目标一致；不知道就不填。")

    @classmethod
    def blank(cls, target: Target, baseline: str = "") -> ReportForm:
        """An empty form with today's date."""
        return cls(
            target, baseline=baseline, initial={"token": secrets.token_hex(16), "as_of": clock.today()}
        )

    def clean_as_of(self) -> dt.date:
        """Nobody reports from the future."""
        day: dt.date = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(_("截至日期不能晚于今天"))
        return day


class EvidenceForm(forms.Form):
    """Files for a line."""

    evidence = ManyFiles(label=_("佐证材料"), error_messages={"required": _("请选择要上传的文件")})
    note = forms.CharField(label=_("说明"), required=False, max_length=300)
    valid_until = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=day_box(),
        help_text=_("长期有效的不填。过期以后，靠它销号的任务会自动重新打开。"),
    )


class BasisForm(forms.Form):
    """A baseline or a reference."""

    as_of = forms.DateField(label=_("截至日期"), widget=day_box())
    value = forms.DecimalField(label=_("数值"), max_digits=24, decimal_places=6)
    unit = forms.CharField(label=_("单位"), required=False, max_length=20)
    source = forms.CharField(label=_("出处"), max_length=300, help_text=_("如统计公报、年报、登记系统。"))


class ListForm(forms.Form):
    """Names for the list of a coverage."""

    names = forms.CharField(
        label=_("名单"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一个，已在名单里的不会重复。"),
    )


class NodeForm(forms.Form):
    """A node on the way to a deadline."""

    due_on = forms.DateField(label=_("节点日期"), widget=day_box())
    text = forms.CharField(label=_("要做到的"), required=False, max_length=300)
    value = forms.DecimalField(
        label=_("节点值"),
        required=False,
        max_digits=24,
        decimal_places=6,
        help_text=_("累计值，单位与目标一致。"),
    )
    percent = forms.IntegerField(label=_("节点进度（%）"), required=False, min_value=0, max_value=100)

    def __init__(self, target: Target, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if target.value is None:
            del self.fields["value"]


class AdjustForm(StepForm):
    """Another deadline or figure for a line in force."""

    due_on = forms.DateField(label=_("时限"), required=False, widget=day_box())
    value = forms.DecimalField(label=_("目标值"), required=False, max_digits=24, decimal_places=6)
    field_order = ["version", "token", "due_on", "value", "reason"]

    def __init__(self, *args: Any, has_figure: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        if not has_figure:
            del self.fields["value"]


class LineForm(forms.Form):
    """The fields of a line that a person at the desk sets."""

    name = forms.CharField(label=_("目标任务"), max_length=400)
    kind = forms.ChoiceField(label=_("类别"), choices=TargetKind.choices)
    comparator = forms.ChoiceField(
        label=_("比较"),
        required=False,
        help_text=_("目标值以上（≥）、超过（＞）、恰为（＝）等；没有数字的目标不填。"),
        choices=[("", "—"), *((code, word or "＝") for code, word in COMPARATORS.items())],
    )
    value = forms.DecimalField(label=_("目标值"), required=False, max_digits=24, decimal_places=6)
    value_max = forms.DecimalField(
        label=_("目标值上限"),
        required=False,
        max_digits=24,
        decimal_places=6,
        help_text=_("目标是一个区间时才填。"),
    )
    unit = forms.CharField(label=_("计量单位"), required=False, max_length=20)
    baseline = forms.DecimalField(
        label=_("基数"),
        required=False,
        max_digits=24,
        decimal_places=6,
        help_text=_("方案开始时的数值，用来判断进度。"),
    )
    due_on = forms.DateField(label=_("时限"), required=False, widget=day_box())
    recurring = forms.ChoiceField(
        label=_("重复"),
        required=False,
        choices=[("", "—"), *RECURRENCES.items()],
        help_text=_("每年、每季度等反复要做的事才选。"),
    )
    lead = forms.CharField(label=_("牵头单位"), required=False, help_text=_("多个单位用顿号分开。"))
    co = forms.CharField(label=_("配合单位"), required=False)

    def values(self) -> dict[str, Decimal | dt.date | str | None]:
        """The fields of the line; units and version stand apart."""
        own = set(LineForm.base_fields) - {"lead", "co"}
        return {name: value for name, value in self.cleaned_data.items() if name in own}


class CorrectionForm(LineForm):
    """What the reader got wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, target: Target) -> CorrectionForm:
        """The line as it was read."""
        values: dict[str, object] = {
            name: getattr(target, name) for name in cls.base_fields if hasattr(target, name)
        }
        duties = list(target.responsibilities.all())
        values["lead"] = "、".join(duty.unit for duty in duties if duty.duty == "lead")
        values["co"] = "、".join(duty.unit for duty in duties if duty.duty != "lead")
        return cls(initial=values)

    differences: Sequence[tuple[str, object, object]] = ()
    """Fields in which what was sent differs from what somebody else saved meanwhile: label, theirs, own."""

    def against(self, target: Target) -> CorrectionForm:
        """The same entries on top of the line as it is now, with what differs from it."""
        now = type(self).of(target)
        own = {name: self.data.get(name, "") for name in self.fields} | {"version": target.version}
        again = type(self)(own)
        again.differences = [
            (str(field.label), now.initial.get(name), own[name])
            for name, field in self.fields.items()
            if name != "version" and field.has_changed(now.initial.get(name), own[name])
        ]
        return again


class AdditionForm(LineForm):
    """A line that the reader passed over: its passage by place, or copied where there is no JavaScript."""

    token = forms.CharField(max_length=32, widget=forms.HiddenInput)
    start = forms.IntegerField(widget=forms.HiddenInput)
    end = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, place: Addition, offered: Offered) -> AdditionForm:
        """The passage as the reader reads it."""
        values = {**dataclasses.asdict(offered), "start": place.start, "end": place.end}
        return cls(initial={**values, "token": secrets.token_hex(16)})


class PassageForm(forms.Form):
    """A passage of the plan, copied by hand."""

    passage = forms.CharField(
        label=_("原文中的一句话"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照抄或粘贴左侧原文；有多处相同时请多抄几个字。"),
        error_messages={"required": _("请照抄原文中要添加的那句话")},
    )


class SplitForm(forms.Form):
    """The passages that a line is split into."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parts = forms.CharField(
        label=_("拆成的各段"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一段，照抄原文并按原文的先后排列；每段成为一条，各自再复核。"),
        error_messages={"required": _("请每行写一段原文，至少两行")},
    )

    @classmethod
    def of(cls, target: Target, pieces: list[str]) -> SplitForm:
        """The pieces of the line's sentence, offered for a start."""
        return cls(initial={"version": target.version, "parts": "\n".join(pieces)})

    def against(self, target: Target) -> SplitForm:
        """The same passages on top of the line as it is now, with the notice that somebody else was there."""
        again = type(self)({"version": target.version, "parts": self.data.get("parts", "")})
        again.add_error(None, _("这一条刚被他人改过，拆分没有进行。上面已是最新内容，请核对后再拆分。"))
        return again

    def passages(self) -> list[str]:
        """The passages, blank lines left out."""
        return [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
