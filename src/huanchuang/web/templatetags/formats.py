"""How numbers and dates are written: 2026年6月30日 in prose, 2026-06-30 in tables, figures with thousands separators."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from huanchuang.orm.language import language

register = template.Library()


def _day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def prose_date(value: dt.date | dt.datetime | None) -> str:
    """A date for a sentence: 2026年6月30日, in English 30 June 2026. Nothing for None."""
    if value is None:
        return ""
    day = _day(value)
    if language() == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def table_date(value: dt.date | dt.datetime | None) -> str:
    """A date for a table: 2026-06-30; a dash for None."""
    return "—" if value is None else _day(value).isoformat()


@register.filter
def table_moment(value: dt.datetime | None) -> str:
    """A moment for a table, in the district's time zone: 2026-06-30 09:15; a dash for None."""
    if value is None:
        return "—"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter
def figure(value: object) -> str:
    """A number with thousands separators and exactly its own decimals: 1,234.50; 暂无 for None (unknown is not zero)."""
    if value is None or value == "":
        return gettext("暂无")
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


@register.filter
def problem_part(problem: object, part: str) -> str:
    """One part (where, what, remedy) of a kernel Problem in the reader's language."""
    english = getattr(problem, "en", None)
    if english is not None and language() == "en":
        return str(getattr(english, part))
    return str(getattr(problem, part, problem if part == "what" else ""))
