"""What people type about money, checked at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.orm.boxes import day_box, offer
from huanchuang.orm.language import language


class MoneyField(forms.CharField):
    """An amount with its unit: 50万元, 1,200元, 三百万元."""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        try:
            return Money.parse(text)
        except ProblemError as error:
            raise ValidationError([one.text(language()) for one in error.problems]) from error


class BudgetForm(forms.Form):
    """A new budget."""

    name = forms.CharField(label=_("名称"), max_length=120)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    total = MoneyField(label=_("总额"), max_length=60, help_text=_("带单位，例如 2000万元"))
    source = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("预算批复或会议纪要")
    )


class TotalForm(forms.Form):
    """Another total."""

    total = MoneyField(label=_("总额"), max_length=60, help_text=_("带单位，例如 2000万元"))
    reason = forms.CharField(label=_("原因"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class CloseForm(ReasonForm):
    """Why a budget ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PaidFromForm(forms.Form):
    """From which of several budgets something is paid."""

    budget = forms.ChoiceField(label=_("预算"))

    def __init__(self, *args: Any, budgets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "budget", budgets)


class ReserveForm(PaidFromForm):
    """An amount kept free of one of several budgets."""

    amount = MoneyField(label=_("金额"), max_length=60, help_text=_("带单位，例如 50万元"))
    until = forms.DateField(label=_("保留至"), widget=day_box(), help_text=_("到期未办会自动释放"))
