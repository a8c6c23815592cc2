"""Reading periods as people write them: 2026年第二季度, 2026上半年, 二〇二六年六月, 2026W23, 今年前三季度, 2025年以来至2026年6月.

Words that point at the moment of speaking (今年, 上季度, 本月) need a reference date; without one they are refused, because
a paper read next year must give the same answer as today.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from huanchuang.engines.kernel.numerals import CHINESE, fold, parse_number
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.kernel.problem import ProblemError, refuse

_YEAR_WORDS = {"前年": -2, "去年": -1, "上年度": -1, "上一年度": -1, "上一年": -1, "上年": -1, "今年": 0, "本年度": 0, "本年": 0, "当年": 0, "明年": 1, "下一年": 1}
_PART_WORDS = re.compile(r"(本|当|上|下|这|上一|下一)个?(半年|季度|月份|月|周|星期)")
_PART_KINDS = {"半年": "half", "季度": "quarter", "月份": "month", "月": "month", "周": "week", "星期": "week"}
_RELATIVE_YEAR = re.compile("|".join(_YEAR_WORDS))
_CHINESE_NUMBER = re.compile(rf"[{CHINESE}]+")
_PLAN = re.compile(r"[“\"]?(十|十一|十二|十三|十四|十五|十六)五[”\"]?(?:期间|时期|规划期)?")
_FIVE_YEARS_FROM = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}

_Y = r"(\d{4})年?度?"
_MAKERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...] = tuple(
    (re.compile(pattern, re.ASCII), maker)
    for pattern, maker in (
        (rf"{_Y}(?:全年)?", lambda m: Period.year(int(m[1]))),
        (rf"{_Y}(?:的)?([上下])半年(?:度)?", lambda m: Period.half(int(m[1]), 1 if m[2] == "上" else 2)),
        (rf"{_Y}[-.]?H([12])", lambda m: Period.half(int(m[1]), int(m[2]))),
        (rf"{_Y}(?:第)?(\d)季度?", lambda m: Period.quarter(int(m[1]), int(m[2]))),
        (rf"{_Y}[-.]?Q(\d)", lambda m: Period.quarter(int(m[1]), int(m[2]))),
        (r"(\d{4})年(\d{1,2})月(?:份)?", lambda m: Period.month(int(m[1]), int(m[2]))),
        (r"(\d{4})[-/.](\d{1,2})", lambda m: Period.month(int(m[1]), int(m[2]))),
        (r"((?:19|20|21)\d\d)(0[1-9]|1[0-2])", lambda m: Period.month(int(m[1]), int(m[2]))),
        (rf"{_Y}第?(\d{{1,2}})周", lambda m: Period.week(int(m[1]), int(m[2]))),
        (r"(\d{4})-?W(\d{1,2})", lambda m: Period.week(int(m[1]), int(m[2]))),
        (rf"{_Y}1月?[-—–~至到](\d{{1,2}})月(?:份)?", lambda m: _so_far(Period.month(int(m[1]), int(m[2])))),
        (rf"{_Y}前(\d)个?季度", lambda m: _so_far(Period.quarter(int(m[1]), int(m[2])))),
        (rf"{_Y}前(\d{{1,2}})个?月", lambda m: _so_far(Period.month(int(m[1]), int(m[2])))),
    )
)
_SINCE = re.compile(r"(?:自|从)?(.+?)(?:以来|起)(?:[,，]?(?:至|到|截至)(.+))?")
_DAY = re.compile(r"(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})日?", re.ASCII)


def read_period(text: str, reference: date | None = None) -> Period:
    """The period in `text`; ProblemError that shows the accepted forms where it cannot be read."""
    plain = "".join(fold(text).split()).strip("()").removesuffix("期间")
    if len(plain) > 40:
        raise _unreadable(text)
    plan = _PLAN.fullmatch("".join(text.split()))
    if plan:
        first = _FIVE_YEARS_FROM[plan[1]]
        return Period.since(date(first, 1, 1), Period.year(first + 4))
    if ".." in plain:
        return Period.from_code(plain)
    return _read(plain, text, reference)


def _read(plain: str, text: str, reference: date | None) -> Period:
    since = _SINCE.fullmatch(plain)
    if since:
        return _cumulative(since, text, reference)
    absolute = _absolute(plain, text, reference)
    if isinstance(absolute, Period):
        return absolute
    for pattern, make in _MAKERS:
        match = pattern.fullmatch(absolute)
        if match:
            return make(match)
    raise _unreadable(text)


def _absolute(plain: str, text: str, reference: date | None) -> str | Period:
    """The text with Arabic digits and a year; already the period where the words name one (本季度)."""
    part = _PART_WORDS.fullmatch(plain)
    if part and part[1] + part[2] not in ("上半年", "下半年"):
        here = Period.containing(_needed(reference, text), _PART_KINDS[part[2]])
        return here.previous() if part[1].startswith("上") else here.next() if part[1].startswith("下") else here
    word = _RELATIVE_YEAR.match(plain)
    if word:
        plain = f"{_needed(reference, text).year + _YEAR_WORDS[word[0]]}年{plain[word.end() :]}"
    digits = _CHINESE_NUMBER.sub(lambda found: f"{parse_number(found[0]):f}", plain)
    if re.match(r"[上下第前]|\d{1,2}(?:月|季|[-—–~至到])", digits):
        digits = f"{_needed(reference, text).year}年{digits}"
    return digits


def _cumulative(match: re.Match[str], text: str, reference: date | None) -> Period:
    day = _DAY.fullmatch(match[1])
    try:
        start = date(*map(int, day.groups())) if day else _read(match[1], text, reference).start
    except ValueError:
        raise _unreadable(text) from None
    through = _read(match[2], text, reference) if match[2] else Period.containing(_needed(reference, text), "month")
    return Period.since(start, through)


def _so_far(through: Period) -> Period:
    return Period.since(date(through.start.year, 1, 1), through)


def _needed(reference: date | None, text: str) -> date:
    if reference is None:
        raise refuse(
            "period.reference",
            (f"期间“{text}”", "是相对说法，不知以哪一天为准", "请写明年份，或给出基准日期"),
            (f'period "{text}"', "is relative and has no date to count from", "Write the year, or give the reference date"),
        )
    return reference


def _unreadable(text: str) -> ProblemError:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return refuse(
        "period.parse",
        (f"期间“{shown}”", "无法识别", "请写成 2026年、2026年上半年、2026年第二季度、2026年6月 或 2026年第23周 的形式"),
        (f'period "{shown}"', "cannot be read", "Write it like 2026, 2026H1, 2026Q2, 2026-06 or 2026W23"),
    )
