"""Vocabularies of the shape ``calendar``: public holidays and make-up working days as announced year by year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import (
    Field,
    Located,
    day,
    list_of,
    located,
    optional,
    record,
    required,
    text,
    whole,
)
from huanchuang.packs.tree import Mapping

SATURDAY = 5
_DAYS_BEFORE_NEW_YEAR = 7


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row, both ends included, weekends among them."""

    name: str
    first: date
    last: date

    def days(self) -> tuple[date, ...]:
        return tuple(
            self.first + timedelta(days=offset) for offset in range((self.last - self.first).days + 1)
        )


@dataclass(frozen=True, slots=True)
class Year:
    """The arrangement of one year: the notices it rests on, the holidays, the weekend days worked in exchange."""

    year: int
    notices: tuple[str, ...]
    holidays: tuple[Located[Holiday], ...]
    workdays: tuple[Located[date], ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The announced years of one pack. Years that are missing count Monday to Friday and are provisional."""

    vocabulary: str
    shape: str
    years: tuple[Located[Year], ...]


def calendar_of(lists: Iterable[Years]) -> WorkCalendar:
    """Returns the working-day calendar of some packs; a later pack replaces the days of an earlier one."""
    days: dict[date, bool] = {}
    known: set[int] = set()
    for year in (entry.value for years in lists for entry in years.years):
        known.add(year.year)
        days.update({off: False for holiday in year.holidays for off in holiday.value.days()})
        days.update({worked.value: True for worked in year.workdays})
    return WorkCalendar(days, frozenset(known))


_HOLIDAY: dict[str, Field[Any]] = {"name": required(text(40)), "first": required(day), "last": required(day)}
_YEAR: dict[str, Field[Any]] = {
    "year": required(whole(1949, 2199)),
    "notices": required(list_of(text(100), least=1)),
    "holidays": required(list_of(located(record(Holiday, _HOLIDAY)), least=1)),
    "workdays": optional(list_of(located(day)), default=()),
}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "years": required(list_of(located(record(Year, _YEAR)), least=1)),
}


def read(body: Mapping, folder: PackFolder) -> Years:
    """Returns the years of one pack, checked: days in their year, none arranged twice, only weekends worked."""
    found = record(Years, _FIELDS, elsewhere=HEADER_KEYS)(body)
    gather = Gather()
    seen: set[int] = set()
    for entry in found.years:
        if entry.value.year in seen:
            gather.add("year-twice", entry.place, year=entry.value.year)
        seen.add(entry.value.year)
        _check(entry.value, gather)
    gather.settle()
    return found


def answer(years: Years, case: Case) -> str:
    """Answers the questions of example cases: ``workday`` of a day, ``add`` of “2026-09-30 + 1”, ``provisional`` of a year."""
    calendar = calendar_of((years,))
    form = re.fullmatch(r"(\d{4})(?:-(\d\d)-(\d\d)(?: \+ (\d{1,3}))?)?", case.of)
    if form is None or case.ask not in ("workday", "add", "provisional"):
        raise refusal(
            "bad-question", case.place, ask=f"{case.ask} {case.of}", known="workday、add、provisional"
        )
    if case.ask == "provisional":
        return _yes_no(calendar.is_provisional(int(form[1])))
    start = date.fromisoformat(case.of[:10])
    if case.ask == "add":
        return calendar.add_workdays(start, int(form[4] or 0)).day.isoformat()
    return _yes_no(calendar.is_workday(start))


def _yes_no(truth: bool) -> str:
    return "是" if truth else "否"


def _check(year: Year, gather: Gather) -> None:
    arranged: set[date] = set()
    for holiday in year.holidays:
        if holiday.value.last < holiday.value.first:
            gather.add("holiday-order", holiday.place, first=holiday.value.first, last=holiday.value.last)
            continue
        if outside := _outside(year.year, (holiday.value.first, holiday.value.last)):
            gather.add("outside-year", holiday.place, day=outside, year=year.year)
            continue
        twice = arranged.intersection(holiday.value.days())
        if twice:
            gather.add("day-twice", holiday.place, day=min(twice))
        arranged.update(holiday.value.days())
    for worked in year.workdays:
        if outside := _outside(year.year, (worked.value,)):
            gather.add("outside-year", worked.place, day=outside, year=year.year)
        elif worked.value in arranged:
            gather.add("day-twice", worked.place, day=worked.value)
        elif worked.value.weekday() < SATURDAY:
            gather.add("make-up-on-weekday", worked.place, day=worked.value)
        arranged.add(worked.value)


def _outside(year: int, days: tuple[date, ...]) -> date | None:
    """Returns the first day that neither lies in the year nor in the week before it (New Year's days may)."""
    first = date(year, 1, 1) - timedelta(days=_DAYS_BEFORE_NEW_YEAR)
    return next((found for found in days if not first <= found <= date(year, 12, 31)), None)
