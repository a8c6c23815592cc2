"""From the groups of a time phrase to its last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_PLANS = {"六": 1985, "七": 1990, "八": 1995, "九": 2000}


def number(text: str) -> int:
    """An Arabic or Chinese number below 100, or a year written digit by digit."""
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    value = 0
    for sign in text:
        value = 10 * value + _DIGITS[sign]
    return value


def last_day(form: str, groups: dict[str, str | None], year: int | None) -> date | None:
    """The last day of a phrase of the given form; `year` stands in where the phrase names none. None where no such day exists."""
    if form == "plan":
        return plan_end(groups.get("five") or "")
    if groups.get("y"):
        year = number(groups["y"] or "")
    if year is None:
        return None
    if form == "next-year":
        return date(year + 1, 12, 31)
    if form in ("year", "window"):
        return date(year, 12, 31)
    month = _last_month(form, groups)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = number(groups.get("d") or str(last)) if form == "day" else last
    return date(year, month, day) if 1 <= day <= last else None


def _last_month(form: str, groups: dict[str, str | None]) -> int:
    if form == "half":
        return 6 if groups.get("h") == "上" else 12
    if form == "quarter":
        return 3 * number(groups.get("q") or "1")
    return number(groups.get("m") or "12")


def plan_end(name: str) -> date | None:
    """Last day of a five-year plan: 十四 → 2025-12-31 (the tenth plan ended in 2005)."""
    if name in _PLANS:
        return date(_PLANS[name], 12, 31)
    if not name.startswith("十"):
        return None
    return date(2005 + 5 * (number(name) - 10), 12, 31)
