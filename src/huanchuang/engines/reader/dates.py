"""From the groups of a time phrase to its last day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLANS = {"六": 1985, "七": 1990, "八": 1995, "九": 2000}
_NEXT = {"今明": 1, "明年": 1, "次年": 1, "翌年": 1, "后年": 2}
Groups = Mapping[str, str | None]


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


def last_day(form: str, groups: Groups, year: int | None, *, late: bool = False) -> date | None:
    """The last day of a phrase of the given form; `year` stands in where the phrase names none. None where no such day exists.

    `late`: the paper is of the second half of its year, so that 今后五年 begin with the next one.
    """
    if form == "plan":
        return plan_end(groups.get("five") or "")
    year = _year(groups, year)
    if year is None:
        return None
    if form in ("within", "ahead"):
        year += number(groups.get("n") or "1") - 1 + (late and form == "ahead")
    if form == "century":
        year = (year - 1) // 100 * 100 + (50 if groups.get("c") == "中叶" else 100)
    if form in ("year", "window", "within", "ahead", "century"):
        return date(year, 12, 31) if year < 2200 else None
    month = _last_month(form, groups)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = number(groups.get("d") or str(last)) if form == "day" else last
    return date(year, month, day) if 1 <= day <= last else None


def _year(groups: Groups, year: int | None) -> int | None:
    """The year that a phrase names, of a window the later one, else the paper's own or one told from it."""
    named = groups.get("y") or groups.get("y0")
    if named:
        return number(named)
    told = groups.get("rel") or groups.get("rel2") or ""
    return None if year is None else year + _NEXT.get(told, 0)


def _last_month(form: str, groups: Groups) -> int:
    if form == "half":
        return 6 if groups.get("h") == "上" else 12
    if form == "quarter":
        return 3 * number(groups.get("q") or "1")
    if form == "middle":
        return 6
    return number(groups.get("m") or groups.get("m0") or "12")


def plan_end(name: str) -> date | None:
    """Last day of a five-year plan: 十四 → 2025-12-31 (the tenth plan ended in 2005)."""
    if name in _PLANS:
        return date(_PLANS[name], 12, 31)
    if not name.startswith("十"):
        return None
    return date(2005 + 5 * (number(name) - 10), 12, 31)
