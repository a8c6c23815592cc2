"""Exact arithmetic that all parts of this room share: rounding, and moving dates by the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from huanchuang.engines.expression.vocabulary import FIRST_DAY, LAST_DAY
from huanchuang.engines.kernel.workcalendar import WorkCalendar

Way = Literal["nearest", "down", "up"]
EPOCH = date(1970, 1, 1).toordinal()
_SATURDAY = 5
_MOST_SHIFT = 200_000
"""More than all days of the language."""


def rounded(value: Fraction | int, step: Fraction, way: Way) -> Fraction | int:
    """The multiple of `step` next to a value: a half goes away from zero; down and up mean lower and higher."""
    units = value / step
    if way == "down":
        whole = units.numerator // units.denominator
    elif way == "up":
        whole = -(-units.numerator // units.denominator)
    else:
        size = (2 * abs(units.numerator) + units.denominator) // (2 * units.denominator)
        whole = size if units >= 0 else -size
    found = whole * step
    return found.numerator if found.denominator == 1 else found


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + EPOCH)


def clamped(number: int) -> int:
    """A day number held within the years of the language."""
    return min(max(number, FIRST_DAY), LAST_DAY)


def months_later(number: int, months: int) -> int:
    """The same day some months later; the last of a month that has no such day."""
    day = day_of(number)
    position = day.year * 12 + day.month - 1 + months
    year, month = position // 12, position % 12 + 1
    if not 1 <= year <= 9999:
        return LAST_DAY if months > 0 else FIRST_DAY
    last = calendar.monthrange(year, month)[1]
    return clamped(day_number(date(year, month, min(day.day, last))))


def full_years(since: int, until: int) -> int:
    """Years that are full: the same day of the next year reached, the last of February for a leap day."""
    born, now = day_of(since), day_of(until)
    month_day = (born.month, born.day)
    if month_day == (2, 29) and not calendar.isleap(now.year):
        month_day = (2, 28)
    return now.year - born.year - ((now.month, now.day) < month_day)


def moved(number: int, count: int, unit: str, days: DayTable) -> int:
    """A day some years, months, days or working days later (earlier for a negative count)."""
    count = max(min(count, _MOST_SHIFT), -_MOST_SHIFT)
    if unit == "天":
        return clamped(number + count)
    if unit == "工作日":
        return days.later(number, count)
    return months_later(number, count * 12 if unit == "年" else count)


class DayTable:
    """Working days of all years of the language, counted once for both executions."""

    def __init__(self, calendar_: WorkCalendar) -> None:
        self.calendar = calendar_
        first, span = day_of(FIRST_DAY), LAST_DAY - FIRST_DAY + 1
        exceptions: Mapping[date, bool] = calendar_.days
        weekday = first.weekday()
        worked = [(weekday + offset) % 7 < _SATURDAY for offset in range(span)]
        for day, is_worked in exceptions.items():
            offset = day_number(day) - FIRST_DAY
            if 0 <= offset < span:
                worked[offset] = is_worked
        self.counts: list[int] = list(accumulate(worked, initial=0))
        """At d - FIRST_DAY + 1: how many working days there are up to and including d."""
        self.workdays: list[int] = [FIRST_DAY + offset for offset in range(span) if worked[offset]]

    def up_to(self, number: int) -> int:
        """How many working days there are up to and including a day (0 before the first day)."""
        return self.counts[max(number, FIRST_DAY - 1) - FIRST_DAY + 1]

    def later(self, number: int, count: int) -> int:
        """As `WorkCalendar.add_workdays`, held within the years of the language."""
        before = self.up_to(number - 1)
        index = before if count == 0 else self.up_to(number) + count - 1 if count > 0 else before + count
        return self.workdays[min(max(index, 0), len(self.workdays) - 1)]

    def between(self, after: int, through: int) -> int:
        """As `WorkCalendar.workdays_between`."""
        if through < after:
            return self.up_to(through - 1) - self.up_to(after - 1)
        return self.up_to(through) - self.up_to(after)

    def is_provisional(self, first: int, last: int) -> bool:
        """Whether a year on the way is not announced yet."""
        years = range(day_of(min(first, last)).year, day_of(max(first, last)).year + 1)
        return any(self.calendar.is_provisional(year) for year in years)


_PLAIN = WorkCalendar({}, frozenset())
_TABLES: dict[int, tuple[WorkCalendar, DayTable]] = {}


def day_table(work_calendar: WorkCalendar | None) -> DayTable:
    """The table of a calendar, kept for the last few calendars; without one Monday to Friday are worked."""
    calendar_ = work_calendar or _PLAIN
    kept = _TABLES.get(id(calendar_))
    if kept is None or kept[0] is not calendar_:
        if len(_TABLES) > 8:
            _TABLES.clear()
        kept = _TABLES[id(calendar_)] = (calendar_, DayTable(calendar_))
    return kept[1]
