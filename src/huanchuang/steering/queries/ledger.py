"""The ledger: lines that a person may see, narrowed, each with its light, a page at a time.

The light is computed, so it cannot be asked of the database: the few columns it needs are fetched for all lines that
fit, the lights are put on, and only the lines of the page are then fetched whole. Ten questions, however long it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Exists, Prefetch, QuerySet, Value

from huanchuang.accounts.models import Role, User
from huanchuang.steering.models import Plan, Responsibility, State, Target
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.light import Colour, Light
from huanchuang.steering.queries.rollup import Rolled
from huanchuang.steering.queries.standing import lit
from huanchuang.steering.queries.visibility import own_lines, visible_targets
from huanchuang.steering.queries.words import goal, reason, recurrence

PAGE = 50
NOBODYS = Value(False, BooleanField())
"""For lists that do not tell the own lines from others'."""
URGENCY = {Colour.RED: 0, Colour.AMBER: 1, Colour.GREY: 2, Colour.GREEN: 3}
STATES = {state: place for place, state in enumerate(State.values)}


@dataclass(frozen=True)
class Row:
    """A line as it stands in the list, in the sheet and in the API."""

    target: Target
    light: Light
    leads: tuple[Responsibility, ...]
    co_units: tuple[Responsibility, ...]
    mine: bool = False
    rolled: Rolled | None = None
    """How far the line is by its parts, where it has any."""

    @property
    def reason(self) -> str:
        """Why the light stands as it does."""
        return reason(self.light)

    @property
    def goal(self) -> str:
        """The figure to be reached."""
        return goal(self.target.value, self.target.value_max, self.target.comparator, self.target.unit)

    @property
    def due(self) -> str:
        """The deadline as text: a date, 每年, or nothing."""
        if self.target.due_on:
            return self.target.due_on.isoformat()
        return recurrence(self.target.recurring)


@dataclass(frozen=True)
class Ledger:
    """What fits the question: the page, and how many lines there are of each colour."""

    page: Page[Row]
    count: int
    lights: dict[str, int]
    """Colour → lines, before the light itself narrows."""
    filters: Filters
    as_of: dt.date


@dataclass(frozen=True)
class _Slim:
    pk: int
    light: Light
    mine: bool
    key: tuple[Any, ...]
    rolled: Rolled | None


class Rows(Sequence[Row]):
    """Rows that are counted at once and fetched whole only when a slice of them is asked for."""

    def __init__(self, slim: list[_Slim]) -> None:
        self._slim = slim

    def __len__(self) -> int:
        return len(self._slim)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        return _rows(self._slim[place]) if isinstance(place, slice) else _rows([self._slim[place]])[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(_rows(self._slim))


def ledger(user: User, filters: Filters, as_of: dt.date, page: str | int = 1, size: int = PAGE) -> Ledger:
    """One page of the ledger as a person may see it."""
    chosen, lights = _chosen(user, filters, as_of)
    return Ledger(Paginator(Rows(chosen), size).get_page(page), len(chosen), lights, filters, as_of)


def all_rows(user: User, filters: Filters, as_of: dt.date) -> list[Row]:
    """Everything that fits, for the sheet: exactly what the list shows, all pages."""
    chosen, _ = _chosen(user, filters, as_of)
    return [row for start in range(0, len(chosen), 500) for row in _rows(chosen[start : start + 500])]


def lights_of(user: User, filters: Filters, as_of: dt.date) -> dict[str, int]:
    """Colour → lines that fit, without fetching them."""
    return _chosen(user, filters, as_of)[1]


def rows_of(targets: QuerySet[Target], as_of: dt.date, sort: str = "position") -> Rows:
    """Rows for lines that were chosen elsewhere, in the order of the text or by deadline (`due`)."""
    slim = _slim(targets, NOBODYS, as_of, sort)
    return Rows(sorted(slim, key=lambda one: one.key))


def rows_until(targets: QuerySet[Target], as_of: dt.date, ends: Sequence[dt.date]) -> tuple[Rows, ...]:
    """Lines with a deadline, by deadline, cut into lists: up to the first end, after it up to the second, and so on."""
    slim = sorted(_slim(targets.filter(due_on__lte=ends[-1]), NOBODYS, as_of, "due"), key=lambda one: one.key)
    starts = (dt.date.min, *ends[:-1])
    return tuple(
        Rows([one for one in slim if start < one.key[0] <= end])
        for start, end in zip(starts, ends, strict=True)
    )


def urgent_rows(targets: QuerySet[Target], as_of: dt.date, until: dt.date) -> Rows:
    """Of the lines given those that are red, then those that fall due by a day, each by deadline."""
    slim = _slim(targets, NOBODYS, as_of, "due")
    urgent = [one for one in slim if one.light.colour == Colour.RED or one.key[0] <= until]
    return Rows(sorted(urgent, key=lambda one: (one.light.colour != Colour.RED, one.key)))


def _chosen(user: User, filters: Filters, as_of: dt.date) -> tuple[list[_Slim], dict[str, int]]:
    mine = own_lines(user)
    targets = filters.narrow(visible_targets(user), as_of)
    if filters.mine:
        targets = targets.filter(mine)
    own_first = user.role == Role.REPORTER and not filters.sort
    slim = _slim(targets, mine, as_of, filters.sort.removeprefix("-") or "position")
    lights = Counter(one.light.colour.value for one in slim)
    fitting = [one for one in slim if not filters.light or one.light.colour == filters.light]
    fitting.sort(key=lambda one: one.key, reverse=filters.sort.startswith("-"))
    if own_first:
        fitting.sort(key=lambda one: not one.mine)
    return fitting, {colour.value: lights[colour.value] for colour in Colour}


def _slim(targets: QuerySet[Target], mine: Exists | Value, as_of: dt.date, sort: str) -> list[_Slim]:
    return [
        _Slim(
            one.values["pk"],
            one.light,
            one.values["mine"],
            (*_sort_key(sort, one.values, one.light), one.values["plan_id"], one.values["position"]),
            one.rolled,
        )
        for one in lit(targets, as_of, mine=mine)
    ]


def _sort_key(sort: str, values: dict[str, Any], lamp: Light) -> tuple[Any, ...]:
    if sort == "due":
        return (values["due_on"] or dt.date.max,)
    if sort == "light":
        return (URGENCY[lamp.colour], values["due_on"] or dt.date.max)
    if sort == "percent":
        return (-1 if values["percent"] is None else values["percent"],)
    if sort == "state":
        return (STATES[values["state"]],)
    return ()


def _rows(slim: Iterable[_Slim]) -> list[Row]:
    chosen: Sequence[_Slim] = list(slim)
    # All lines of a plan share one Plan, and its text, which is as long as the plan, stays in the database.
    duties = Responsibility.objects.select_related("organisation").defer("organisation__search_text")
    whole = Target.objects.select_related("item", "parent").prefetch_related(
        Prefetch("plan", Plan.objects.defer("text")), Prefetch("responsibilities", duties)
    )
    by_id = whole.in_bulk([one.pk for one in chosen])
    return [_row(by_id[one.pk], one) for one in chosen]


def _row(target: Target, one: _Slim) -> Row:
    duties = list(target.responsibilities.all())
    leads = tuple(duty for duty in duties if duty.duty == "lead")
    others = tuple(duty for duty in duties if duty.duty != "lead")
    return Row(target, one.light, leads, others, one.mine, one.rolled)
