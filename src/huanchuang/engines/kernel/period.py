"""Stretches of time that reports and targets speak of: year, half, quarter, month, ISO week, and cumulative since a date.

A period has first and last day (both included) and a `code` that is stored and read back without loss:
2026, 2026H1, 2026Q2, 2026-06, 2026W23, 2025-01-01..2026-06 (cumulative from a day through the end of a period).
Periods sort by their first day, then their last. Reading Chinese forms is in `period_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from huanchuang.engines.kernel.period_words import code_of, make_code
from huanchuang.engines.kernel.problem import ProblemError, refuse

KINDS = ("year", "half", "quarter", "month", "week", "since")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_MARKS = {"year": "", "half": "H", "quarter": "Q", "month": "-", "week": "W"}
_NAMES = {
    "year": ("年", "year"),
    "half": ("半年", "half-year"),
    "quarter": ("季度", "quarter"),
    "month": ("月", "month"),
}
_CODE = re.compile(r"(\d{4})(?:([HQW])(\d{1,2})|-(\d\d))?", re.ASCII)
_ZH = {
    "year": "{y}年",
    "half": "{y}年{half}半年",
    "quarter": "{y}年第{quarter}季度",
    "month": "{y}年{n}月",
    "week": "{y}年第{n}周",
}
_EN = {
    "year": "{y}",
    "half": "H{n} {y}",
    "quarter": "Q{n} {y}",
    "month": "{month} {y}",
    "week": "week {n} of {y}",
}
_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of days; made by the class methods below, which keep its four parts in agreement."""

    start: date
    end: date
    kind: str
    code: str

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return _calendar("year", year, 1)

    @classmethod
    def half(cls, year: int, number: int) -> Period:
        """The first or second half of a year."""
        return _calendar("half", year, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Quarter 1 to 4 of a year."""
        return _calendar("quarter", year, number)

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        """Month 1 to 12 of a year."""
        return _calendar("month", year, number)

    @classmethod
    def week(cls, year: int, number: int) -> Period:
        """The ISO week, Monday to Sunday; week 1 holds the first Thursday of the year."""
        try:
            start = date.fromisocalendar(_checked_year(year), number, 1)
        except ValueError:
            raise _outside(f"{year}年第{number}周", "没有这一周", "there is no such week") from None
        return cls(start, start + timedelta(days=6), "week", make_code("W", year, number))

    @classmethod
    def since(cls, start: date, through: Period) -> Period:
        """Cumulative: from the day `start` through the last day of the period `through`."""
        if through.kind == "since" or start > through.end:
            raise _outside(
                f"{start}..{through.code}",
                "起点晚于终点，或终点本身是累计期",
                "it begins after its end, or ends with a cumulative period",
            )
        return cls(start, through.end, "since", f"{start.isoformat()}..{through.code}")

    @classmethod
    def containing(cls, day: date, kind: str) -> Period:
        """The period of a kind (year, half, quarter, month, week) that holds a day."""
        if kind == "week":
            year, week, _ = day.isocalendar()
            return cls.week(year, week)
        if kind not in _MONTHS:
            raise ValueError(f"no calendar period of kind {kind!r}; kinds: {', '.join(KINDS[:-1])}")
        return _calendar(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)

    @classmethod
    def from_code(cls, code: str) -> Period:
        """The period of a stored code; ProblemError for anything else."""
        first, dots, last = code.partition("..")
        match = _CODE.fullmatch(last if dots else first)
        if not match:
            raise _no_code(code)
        through = _of_code(match)
        if not dots:
            return through
        try:
            return cls.since(date.fromisoformat(first), through)
        except ValueError:
            raise _no_code(code) from None

    @classmethod
    def parse(cls, text: str, reference: date | None = None) -> Period:
        """The period written in `text` (2026年第二季度, 2026上半年, 二〇二六年, 2026-06, a code …).

        Words such as 今年 or 上季度 need `reference`, the date they are said on. ProblemError where it cannot be read.
        """
        return cls.from_code(code_of(text, reference))

    @property
    def number(self) -> int:
        """Which half, quarter, month or week of its year it is; 1 for a year and for a cumulative period."""
        if self.kind == "week":
            return self.start.isocalendar().week
        return (self.start.month - 1) // _MONTHS[self.kind] + 1 if self.kind in _MONTHS else 1

    @property
    def through(self) -> Period:
        """The period whose end a cumulative period shares; the period itself for the other kinds."""
        return Period.from_code(self.code.partition("..")[2]) if self.kind == "since" else self

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def contains(self, other: date | Period) -> bool:
        """Whether a day, or every day of another period, lies in it."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def next(self) -> Period:
        """The period after it; for a cumulative one, the same start through the next period."""
        if self.kind == "since":
            return Period.since(self.start, self.through.next())
        return Period.containing(self.end + timedelta(days=1), self.kind)

    def previous(self) -> Period:
        """The period before it; a cumulative one that has only one part has none before it (ProblemError)."""
        if self.kind == "since":
            return Period.since(self.start, self.through.previous())
        return Period.containing(self.start - timedelta(days=1), self.kind)

    def year_before(self) -> Period:
        """The same period one year earlier, for 同比; week 53 compares with the last week of the year before."""
        if self.kind == "since":
            return Period.since(_year_earlier(self.start), self.through.year_before())
        if self.kind == "week":
            year = self.start.isocalendar().year - 1
            return Period.week(year, min(self.number, date(year, 12, 28).isocalendar().week))
        return _calendar(self.kind, self.start.year - 1, self.number)

    def label(self, language: str = "zh") -> str:
        """The period in words of a language."""
        english = language.startswith("en")
        if self.kind == "since":
            end = self.through.label(language)
            return (
                f"{self.start} through {end}"
                if english
                else f"{self.start.year}年{self.start.month}月{self.start.day}日至{end}"
            )
        year = self.start.isocalendar().year if self.kind == "week" else self.start.year
        form = (_EN if english else _ZH)[self.kind]
        return form.format(
            y=year,
            n=self.number,
            half="上下"[self.number > 1],
            quarter="一二三四"[(self.number - 1) % 4],
            month=_EN_MONTHS[self.start.month - 1],
        )

    def __str__(self) -> str:
        return self.code


def _calendar(kind: str, year: int, number: int) -> Period:
    months = _MONTHS[kind]
    _checked_year(year)
    if not 1 <= number <= 12 // months:
        name, name_en = _NAMES[kind]
        raise _outside(f"{year}年{number}{name}", f"没有这个{name}", f"there is no such {name_en}")
    start = date(year, (number - 1) * months + 1, 1)
    following = date(year + number * months // 12, number * months % 12 + 1, 1)
    return Period(start, following - timedelta(days=1), kind, make_code(_MARKS[kind], year, number))


def _of_code(match: re.Match[str]) -> Period:
    year = int(match[1])
    if match[4]:
        return Period.month(year, int(match[4]))
    if not match[2]:
        return Period.year(year)
    make = {"H": Period.half, "Q": Period.quarter, "W": Period.week}[match[2]]
    return make(year, int(match[3]))


def _year_earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def _checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside(
            f"{year}年",
            f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间",
            f"the year must be from {FIRST_YEAR} to {LAST_YEAR}",
        )
    return year


def _outside(where: str, what: str, what_en: str) -> ProblemError:
    return refuse(
        "period.outside",
        (f"期间“{where}”", what, "请改正年份或序号"),
        (f'period "{where}"', what_en, "Correct the year or the number"),
    )


def _no_code(code: str) -> ProblemError:
    return refuse(
        "period.code",
        (
            f"期间编码“{code}”",
            "不是期间编码",
            "请用 2026、2026H1、2026Q2、2026-06、2026W23 或 2025-01-01..2026-06 的形式",
        ),
        (
            f'period code "{code}"',
            "is not a period code",
            "Use 2026, 2026H1, 2026Q2, 2026-06, 2026W23 or 2025-01-01..2026-06",
        ),
    )
