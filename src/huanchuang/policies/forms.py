"""What people type about policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.orm.boxes import day_box
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.figures import Rule
from huanchuang.policies.queries.forecasts import share_of
from huanchuang.policies.queries.population import LARGE, SIZES

LONGEST = 60


class DayForm(forms.Form):
    """The day on which policies are asked."""

    as_of = forms.DateField(label=_("基准日"), widget=day_box())


class AnswerForm(forms.Form):
    """What a paper or a person said about one requirement."""

    is_met = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("yes", _("满足")), ("no", _("不满足"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("看过的材料或判断的依据，例如“专项审计报告（2026-03）”")
    )
    valid_until = forms.DateField(
        label=_("有效期至"), required=False, widget=day_box(), help_text=_("不限期就留空")
    )


class Box:
    """One figure that may be supposed to be another: its name in the form, its label, what is known."""

    def __init__(self, key: str, period: str, shown: str) -> None:
        self.key, self.period, self.known = key, period, shown
        fact = criteria().vocabulary.fact(key)
        if fact is None:
            raise LookupError(key)
        self.fact = fact
        self.name = f"{key}@{period}"
        self.label = f"{period}年{fact.zh}" if len(period) == len("2025") else fact.zh

    def value(self, text: str) -> Plain | None:
        """The value that a text means; None where it means none."""
        bare = text.replace("，", "").replace(",", "")
        if self.fact.type.is_number:
            bare = "".join(bare.split())  # 400 万元
        return criteria().value(self.fact, bare)


class SupposeForm(forms.Form):
    """Other figures in the place of known ones, one box for each; empty boxes change nothing."""

    def __init__(self, *args: Any, boxes: list[Box], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = {box.name: box for box in boxes}
        for box in boxes:
            self.fields[box.name] = forms.CharField(
                label=box.label, required=False, max_length=LONGEST, help_text=box.known
            )

    def clean(self) -> dict[str, Any]:
        """Each text as a value of its fact."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, box in self.boxes.items():
            text = cleaned.get(name, "")
            if text and box.value(text) is None:
                self.add_error(
                    name, _("读不出这个数值，请照旁边的写法填写，例如 400万元、12人、是、2024-05-01")
                )
        return cleaned

    def changes(self) -> list[dict[str, str]]:
        """The figures that were typed: box, name, what is known, what was typed."""
        return [
            {"place": name, "name": str(box.label), "before": box.known, "after": self.cleaned_data[name]}
            for name, box in self.boxes.items()
            if self.cleaned_data.get(name)
        ]

    def supposed(self) -> dict[tuple[str, str], Plain | None]:
        """The values that were typed."""
        found = {}
        for name, box in self.boxes.items():
            text = self.cleaned_data.get(name, "")
            if text:
                found[box.key, box.period] = box.value(text)
        return found


class PushForm(forms.Form):
    """What is said beside the result, and whether those told before are told again."""

    message = forms.CharField(
        label=_("附言"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写在每家消息的末尾，例如联系科室和电话"),
    )  # fmt: skip
    again = forms.BooleanField(label=_("已告知过的也再告知一次"), required=False)
    because = forms.CharField(label=_("再次告知的理由"), max_length=300, required=False)

    def __init__(self, *args: Any, with_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_again:
            del self.fields["again"], self.fields["because"]

    def clean(self) -> dict[str, Any]:
        """Telling again needs a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("again") and len(cleaned.get("because", "").strip()) < len("理由"):
            self.add_error("because", _("请写明为什么要再告知一次，例如“金额有调整”"))
        return cleaned


SIZE_GROUPS = [*(name for _, name in SIZES), LARGE]
NO_SHARE = _("请写成 0% 到 100% 之间的比例，例如 60%")


class ForecastForm(forms.Form):
    """What a forecast is about: day, take-up with its source, and the figures of the policy that are supposed to be others."""

    as_of = forms.DateField(label=_("基准日"), widget=day_box(), help_text=_("按这一天在册主体的数据测算"))
    rules_on = forms.DateField(
        label=_("用哪一天的规则"), required=False, widget=day_box(), help_text=_("留空就用基准日的规则；填别的日期，可比较参数变化前后")
    )  # fmt: skip
    usual = forms.CharField(
        label=_("申报率"), max_length=10, help_text=_("符合条件的主体里，预计会来申报的比例，例如 60%")
    )
    industries = forms.CharField(
        label=_("分行业申报率"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个行业大类代码和比例，例如 26 50%；没有写到的行业用上面的申报率"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("申报率依据"), max_length=300, help_text=_("例如“2025年同类补助申报台账”；没有依据就写“假设”")
    )

    def __init__(self, *args: Any, rules: Sequence[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(SIZE_GROUPS):
            self.fields[f"size-{number}"] = forms.CharField(label=name, required=False, max_length=10)
        for rule in rules:
            for figure in rule.figures:
                self.fields[figure.key] = forms.CharField(required=False, max_length=LONGEST)
                self.initial.setdefault(figure.key, figure.text)
        self.rules = rules

    def clean_usual(self) -> str:
        """A share."""
        text: str = self.cleaned_data["usual"]
        if share_of(text) is None:
            raise forms.ValidationError(NO_SHARE)
        return text

    def clean(self) -> dict[str, Any]:
        """The table of shares, by size or by industry."""
        cleaned: dict[str, Any] = super().clean() or {}
        sizes = {name: str(cleaned.get(f"size-{at}") or "") for at, name in enumerate(SIZE_GROUPS)}
        sizes = {name: text for name, text in sizes.items() if text}
        for at, name in enumerate(SIZE_GROUPS):
            if name in sizes and share_of(sizes[name]) is None:
                self.add_error(f"size-{at}", NO_SHARE)
        industries = self._industries(cleaned.get("industries", ""))
        if sizes and industries:
            self.add_error("industries", _("规模和行业只能按一种分申报率，请清空其中一种"))
        cleaned["by"] = "size" if sizes else "industry" if industries else ""
        cleaned["shares"] = sizes or industries
        return cleaned

    def _industries(self, text: str) -> dict[str, str]:
        found = {}
        for line in text.splitlines():
            if line.strip():
                code, _space, share = line.strip().partition(" ")
                if not code.isdigit() or share_of(share) is None:
                    self.add_error(
                        "industries", _("读不出“%(line)s”，请写成例如 26 50%%") % {"line": line.strip()}
                    )
                found[code] = share.strip()
        return found

    def figures(self) -> dict[str, str]:
        """The figures that are not as they stand in the policy."""
        return {
            figure.key: self.cleaned_data[figure.key]
            for rule in self.rules
            for figure in rule.figures
            if self.cleaned_data.get(figure.key, "") not in ("", figure.text)
        }


class CheckForm(forms.Form):
    """What a second person says of a confirmation list."""

    note = forms.CharField(label=_("复核意见"), max_length=300, required=False, help_text=_("退回时须写理由"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AccountForm(forms.Form):
    """The account that an amount is paid to."""

    account = forms.CharField(
        label=_("收款账户"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("本单位对公账号。平台只保存末四位和不可还原的校验值，拨付时由财政部门核对"),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why an offer is left or taken back."""

    reason = forms.CharField(label=_("理由"), max_length=300)


class PaperForm(forms.Form):
    """A policy paper to be read."""

    file = forms.FileField(
        label=_("政策文件"),
        help_text=_("Word（docx）、文字版 PDF、网页（html）或文本（txt、md）。扫描件请先转成文字。"),
        error_messages={"required": _("请选择要读取的政策文件")},
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.md"}),
    )


class PackForm(forms.Form):
    """The id of the draft that is made."""

    pack = forms.CharField(
        label=_("草稿编号"), max_length=100,
        help_text=_("地区.名称，小写英文和连字符，例如 qingcen.rd-support"),
        error_messages={"required": _("请填写编号，例如 qingcen.rd-support")},
    )  # fmt: skip
