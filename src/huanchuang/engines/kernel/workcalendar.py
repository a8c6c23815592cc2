"""Working days of a country: weekdays, less public holidays, plus the weekend days worked in exchange.

The days come from outside (the vocabulary national.work-calendar), because the State Council announces them year by year.
A year that is not announced yet counts Monday to Friday and is marked provisional, so that a deadline in it can be
computed now and looked at again later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, order=True, slots=True)
class Workday:
    """A computed working day; `provisional` where a year on the way to it is not announced yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`days`: exceptions, True for a working day and False for a holiday; `known_years`: those announced."""

    days: Mapping[date, bool]
    known_years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        return self.days.get(day, day.weekday() < SATURDAY)

    def is_provisional(self, year: int) -> bool:
        """Whether the holidays of the year are not announced yet."""
        return year not in self.known_years

    def add_workdays(self, day: date, count: int) -> Workday:
        """The `count`-th working day after `day` (before it for a negative count).

        The day itself is not counted, as a period begins on the day after the event (Civil Code art. 201);
        0 gives the day itself if it is worked, else the next working day.
        """
        step = -ONE_DAY if count < 0 else ONE_DAY
        current, left = day, abs(count)
        while left or not self.is_workday(current):
            current += step
            left -= left > 0 and self.is_workday(current)
        return Workday(current, self._provisional(day, current))

    def workdays_between(self, after: date, through: date) -> int:
        """How many working days lie after `after` up to and including `through`; negative where `through` is earlier."""
        if through < after:
            return -self.workdays_between(through - ONE_DAY, after - ONE_DAY)
        span = (through - after).days
        return sum(self.is_workday(after + timedelta(days=offset)) for offset in range(1, span + 1))

    def _provisional(self, first: date, last: date) -> bool:
        years = range(min(first.year, last.year), max(first.year, last.year) + 1)
        return any(self.is_provisional(year) for year in years)
