"""What people type about policies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.packs.policies import criteria

LONGEST = 60


def day_box() -> forms.DateInput:
    """A box for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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
        return criteria().value(self.fact, text.replace("，", "").replace(",", ""))


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
