"""What governs a policy: its days, window, budget, office, and how it goes together with others."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.numerals import parse_number
from huanchuang.packs.policies.proposal import names
from huanchuang.packs.policies.proposal.words import Words

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(\d{1,2})月(?:(\d{1,2})日|([上中下]旬|初|底|末))?")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "初": (1, 1), "底": (0, 0), "末": (0, 0)}
_LEAP_YEAR = 2000
_LONGEST_TERM = 60


def day_of(text: str) -> date | None:
    """2025年3月1日 as a date, None for a day that the calendar lacks."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def day_of_year(text: str, *, last: bool) -> str | None:
    """3月, 3月15日, 3月下旬 as MM-DD: the first day of it, or the last."""
    found = _MONTH.fullmatch(text)
    month = int(found[1]) if found else 0
    if found is None or not 1 <= month <= 12:
        return None
    length = monthrange(_LEAP_YEAR if found[2] else _LEAP_YEAR + 1, month)[1]
    if found[2]:
        day = int(found[2])
    else:
        first, end = _PARTS.get(found[3] or "", (1, 0))
        day = (end or length) if last else (first or length)
    return f"{month:02d}-{day:02d}" if 1 <= day <= length else None


def last_day(first: date, term: str) -> date | None:
    """The last day of a term of years from its first day: 三年 from 2025-03-01 is 2028-02-29."""
    found = re.fullmatch(r"(.+?)(?:个?周年|年)", term)
    try:
        years = int(parse_number(found[1])) if found else 0
    except ProblemError:
        return None
    if not 0 < years <= _LONGEST_TERM:
        return None
    try:
        after = first.replace(year=first.year + years)
    except ValueError:  # from 29 February on
        return first.replace(year=first.year + years, day=28)
    return after - timedelta(days=1)


def window_of(text: str, words: Words) -> tuple[int, int, str, str] | None:
    """Where a yearly window is named, its first and last day."""
    found = words.one["windows"].search(text)
    if found:
        days = day_of_year(found["opens"], last=False), day_of_year(found["closes"], last=True)
    else:
        found = words.one["window_month"].search(text)
        days = (
            (day_of_year(found["opens"], last=False), day_of_year(found["opens"], last=True))
            if found
            else (None, None)
        )
    return (*found.span(), days[0], days[1]) if found and days[0] and days[1] else None


def groups_of(text: str, words: Words) -> list[tuple[int, int, str, str]]:
    """Rules of combination with their limit."""
    found = []
    for rule, pattern in words.groups:
        match = pattern.search(text)
        limit = names.money(match["cap"]) if match and "cap" in match.groupdict() else ""
        if match and limit is not None:
            found.append((*match.span(), rule, limit))
    return found


def office_of(text: str, words: Words) -> tuple[int, int, str] | None:
    """The unit in charge."""
    found = words.one["office"].search(text)
    named = found and next((name for name in ("office", "office2", "office3") if found[name]), None)
    return (*found.span(named), found[named]) if found and named else None


def budget_of(text: str, words: Words) -> tuple[int, int, str] | None:
    """The money of the policy."""
    found = words.one["budget"].search(text)
    value = names.money(found["money"]) if found else None
    return (*found.span(), value) if found and value else None
