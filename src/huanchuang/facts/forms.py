"""What people type about facts, checked at the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.queries.table import Shown
from huanchuang.orm.boxes import day_box, offer
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary

MONEY_UNITS = ("元", "万元", "亿元")


class PeriodFormField(forms.CharField):
    """A period as people write it: 2025, 2025年上半年, 2026年二季度, 2026-06."""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        try:
            return Period.parse(text)
        except ProblemError as error:
            raise ValidationError([p.text(language()) for p in error.problems]) from error


class FigureForm(forms.Form):
    """Value, unit and source of one figure; a correction also asks for its reason."""

    value = forms.CharField(label=_("数值"), max_length=200)
    unit = forms.ChoiceField(label=_("计量单位"), required=False)
    source_link = forms.CharField(
        label=_("来源"), max_length=300, required=False, help_text=_("资料名称或网址，例如“2025年度审计报告”")
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, unit: str, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = MONEY_UNITS if unit == "元" else (unit,) if unit else ()
        offer(self, "unit", ((name, name) for name in units))
        if not units:
            del self.fields["unit"]
        if correcting:
            self.fields["note"] = forms.CharField(
                label=_("更正说明"), max_length=300, help_text=_("写明原因，例如“审计调整”或“单位录错”")
            )
            del self.fields["source_link"]


class DatesForm(forms.Form):
    """Two dates, the earlier first."""

    earlier = forms.DateField(label=_("前一日期"), widget=day_box())
    later = forms.DateField(label=_("后一日期"), widget=day_box())

    def clean(self) -> dict[str, Any]:
        dates = super().clean() or {}
        if dates.get("earlier") and dates.get("later") and dates["earlier"] > dates["later"]:
            raise ValidationError(_("前一日期晚于后一日期，请调换"))
        return dates


class PlaceForm(forms.Form):
    """Which figure is to be entered: the key of the dictionary and the period."""

    key = forms.ChoiceField(label=_("指标"))
    period = PeriodFormField(
        label=_("期间"), max_length=40, help_text=_("例如 2025、2025年上半年、2026年二季度、2026年6月")
    )

    def __init__(self, *args: Any, about: frozenset[str], classes: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = language()
        keys = [
            key
            for key in vocabulary.fact_dictionary()
            if not key.is_derived and key.field_class in classes and not about.isdisjoint(key.about)
        ]
        offer(self, "key", ((key.code, key.name(words)) for key in keys))


class ChoiceForm(forms.Form):
    """Which source counts, and why. `seen` is the choice that stood when the form was opened."""

    fact = forms.ChoiceField(label=_("采用哪个来源"))
    reason = forms.CharField(
        label=_("选定理由"), max_length=300, help_text=_("写明依据，例如“与审计报告一致”")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fact", ((str(one.fact.pk), one.text) for one in sources))


class TakeBackForm(forms.Form):
    """Taking a choice back asks for its reason."""

    reason = forms.CharField(label=_("撤销理由"), max_length=300)


class ReasonForm(forms.Form):
    """A withdrawal asks for its reason."""

    reason = forms.CharField(label=_("撤回说明"), max_length=300, help_text=_("写明原因，例如“重复填报”"))
