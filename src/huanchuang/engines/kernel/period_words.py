"""Reading periods as people write them: 2026年第二季度, 2026上半年, 二〇二六年六月, 2026W23, 今年前三季度, 2025年以来至2026年6月.

The result is the code of the period, which `Period.from_code` checks and turns into the value. Words that point at the moment
of speaking (今年, 上季度, 本月) need a reference date; without one they are refused, because a paper read next year must give
the same answer as today.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from huanchuang.engines.kernel.numerals import CHINESE, fold, parse_number
from huanchuang.engines.kernel.problem import ProblemError, refuse

LONGEST = 40
MONTHS = {"": 12, "H": 6, "Q": 3, "-": 1}
"""The mark of a kind in a code, and its months."""

_YEAR_WORDS = {
    "前年": -2, "去年": -1, "上年度": -1, "上一年": -1, "上年": -1, "今年": 0, "本年度": 0, "本年": 0, "当年": 0, "明年": 1, "下一年": 1,
}  # fmt: skip
_YEAR_WORD = re.compile("|".join(_YEAR_WORDS))
_NEAR_PART = re.compile(r"(本|当|这|上一|下一|上|下)个?(半年|季度|月份|月|周|星期)")
_MARKS = {"半年": "H", "季度": "Q", "月份": "-", "月": "-", "周": "W", "星期": "W"}
_SHIFTS = {"上": -1, "下": 1}
_PLAN = re.compile(r"[“\"]?(十[一二三四五六]?)五[”\"]?(?:期间|时期|规划期)?")
_FIVE_YEARS_FROM = {
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
    "十六": 2031,
}
_CHINESE_NUMBER = re.compile(rf"[{CHINESE}]+")
_WITHOUT_YEAR = re.compile(r"[上下]半年|[前第]\d|\d{1,2}(?:月|季|[-—–~至到])", re.ASCII)

_YEAR = r"(?P<year>\d{4})(?:年度|年)?"
_FORMS = tuple(
    (re.compile(pattern, re.ASCII), mark)
    for pattern, mark in (
        (rf"{_YEAR}(?:全年)?", ""),
        (rf"{_YEAR}的?(?P<half>[上下])半年度?", "H"),
        (r"(?P<year>\d{4})[-.]?H(?P<n>\d)", "H"),
        (rf"{_YEAR}第?(?P<n>\d)季度?", "Q"),
        (r"(?P<year>\d{4})[-.]?Q(?P<n>\d)", "Q"),
        (r"(?P<year>\d{4})年(?P<n>\d{1,2})月份?", "-"),
        (r"(?P<year>\d{4})[-/.](?P<n>\d{1,2})", "-"),
        (r"(?P<year>(?:19|20|21)\d\d)(?P<n>0[1-9]|1[0-2])", "-"),
        (rf"{_YEAR}第?(?P<n>\d{{1,2}})周", "W"),
        (r"(?P<year>\d{4})-?W(?P<n>\d{1,2})", "W"),
        (rf"{_YEAR}1月?[-—–~至到](?P<n>\d{{1,2}})月份?", "..-"),
        (rf"{_YEAR}前(?P<n>\d)个?季度", "..Q"),
        (rf"{_YEAR}前(?P<n>\d{{1,2}})个?月", "..-"),
    )
)
_SINCE = re.compile(r"(?:自|从)?(.+?)(?:以来|起)(?:[,，]?(?:截至|至|到)(.+))?")
_FROM_DAY = re.compile(r"(?:自|从)?(\d{4}年\d{1,2}月\d{1,2}日)(?:至|到)(.+)", re.ASCII)
_DAY = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?", re.ASCII)
_CODE = re.compile(r"(\d{4})([HQ-]?)(\d*)", re.ASCII)


def code_of(text: str, reference: date | None = None) -> str:
    """The code of the period in `text`; ProblemError that shows the accepted forms where it cannot be read."""
    plain = "".join(fold(text).split())
    if len(plain) > LONGEST:
        raise _unreadable(text)
    plan = _PLAN.fullmatch("".join(text.split()))
    if plan:
        first = _FIVE_YEARS_FROM[plan[1]]
        return f"{first}-01-01..{first + 4}"
    if ".." in plain:
        return plain
    since = _FROM_DAY.fullmatch(plain) or _SINCE.fullmatch(plain.removesuffix("期间"))
    return (
        _cumulative(since, text, reference) if since else _read(plain.removesuffix("期间"), text, reference)
    )


def make_code(mark: str, year: int, number: int) -> str:
    """The code of a calendar period from its mark ("" year, H, Q, "-" month, W)."""
    return {"": f"{year}", "-": f"{year}-{number:02d}", "W": f"{year}W{number:02d}"}.get(
        mark, f"{year}{mark}{number}"
    )


def _read(plain: str, text: str, reference: date | None) -> str:
    near = _NEAR_PART.fullmatch(plain)
    if near and plain not in ("上半年", "下半年"):
        return _near(_MARKS[near[2]], _SHIFTS.get(near[1][0], 0), _needed(reference, text))
    word = _YEAR_WORD.match(plain)
    if word:
        plain = f"{_needed(reference, text).year + _YEAR_WORDS[word[0]]}年{plain[word.end() :]}"
    plain = _CHINESE_NUMBER.sub(lambda found: f"{parse_number(found[0]):f}", plain)
    if _WITHOUT_YEAR.match(plain):
        plain = f"{_needed(reference, text).year}年{plain}"
    for pattern, mark in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            return _from_form(match, mark)
    raise _unreadable(text)


def _from_form(match: re.Match[str], mark: str) -> str:
    year, parts = int(match["year"]), match.groupdict()
    half = parts.get("half")
    number = (1 if half == "上" else 2) if half else int(parts.get("n") or 1)
    code = make_code(mark.removeprefix(".."), year, number)
    return f"{year}-01-01..{code}" if mark.startswith("..") else code


def _near(mark: str, shift: int, day: date) -> str:
    """The period of a kind around a day, or the one before or after it."""
    if mark == "W":
        year, week, _ = (day + timedelta(weeks=shift)).isocalendar()
        return make_code(mark, year, week)
    per_year = 12 // MONTHS[mark]
    index = day.year * per_year + (day.month - 1) // MONTHS[mark] + shift
    return make_code(mark, index // per_year, index % per_year + 1)


def _cumulative(match: re.Match[str], text: str, reference: date | None) -> str:
    day = _DAY.fullmatch(match[1])
    try:
        start = date(*map(int, day.groups())) if day else _first_day(_read(match[1], text, reference))
    except ValueError:
        raise _unreadable(text) from None
    through = _read(match[2], text, reference) if match[2] else _near("-", 0, _needed(reference, text))
    return f"{start.isoformat()}..{through}"


def _first_day(code: str) -> date:
    match = _CODE.fullmatch(code)
    if not match:
        raise ValueError(code)
    return date(int(match[1]), (int(match[3] or 1) - 1) * MONTHS[match[2]] + 1, 1)


def _needed(reference: date | None, text: str) -> date:
    if reference is None:
        raise refuse(
            "period.reference",
            (f"期间“{text}”", "是相对说法，不知以哪一天为准", "请写明年份，或给出基准日期"),
            (
                f'period "{text}"',
                "is relative and has no date to count from",
                "Write the year, or give the reference date",
            ),
        )
    return reference


def _unreadable(text: str) -> ProblemError:
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return refuse(
        "period.parse",
        (
            f"期间“{shown}”",
            "无法识别",
            "请写成 2026年、2026年上半年、2026年第二季度、2026年6月 或 2026年第23周 的形式",
        ),
        (f'period "{shown}"', "cannot be read", "Write it like 2026, 2026H1, 2026Q2, 2026-06 or 2026W23"),
    )
