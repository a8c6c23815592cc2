"""Periods in the reader's language."""

from __future__ import annotations

from django import template

from huanchuang.engines.kernel import Period
from huanchuang.orm.language import language

register = template.Library()


@register.filter
def period_name(period: Period) -> str:
    """2026年第二季度, in English Q2 2026."""
    return period.label(language())
