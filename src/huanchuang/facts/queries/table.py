"""All current facts of a subject as a table: one row for each key, one column for each period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Money, Period
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.access import Reader
from huanchuang.facts.queries.choices import Choices, choices_among, rank_by, standing_choices
from huanchuang.facts.queries.freshness import Freshness, freshness_of
from huanchuang.facts.queries.values import current
from huanchuang.orm import clock
from huanchuang.packs import vocabulary

YEARS_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """One fact as a cell shows it: text in the row's unit, and the exact value with its unit."""

    fact: Fact
    text: str
    exact: str
    freshness: Freshness | None = None
    """Of the newest value of a row; older ones are history and have none."""


@dataclass(frozen=True)
class Cell:
    """What the sources say for one key and period: the one that counts first."""

    period: Period
    shown: Sequence[Shown]
    chosen: bool = False
    """Whether a person chose the first."""

    @property
    def differs(self) -> bool:
        """Whether the sources say different things."""
        return len({(one.fact.value, one.fact.unit) for one in self.shown}) > 1


@dataclass(frozen=True)
class Row:
    """One key with its name and unit, and a cell for each period."""

    key: str
    name: str
    unit: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """Rows in the order of the dictionary, periods from the oldest to the newest; timeless rows have one cell, the newest."""

    periods: Sequence[Period]
    rows: Sequence[Row]
    timeless: Sequence[Row]
    as_of: dt.datetime | None
    hidden: int
    """How many facts the reader may not see."""

    @property
    def stale(self) -> int:
        """How many of the newest values have outlived their time."""
        firsts = (cell.shown[0] for row in (*self.rows, *self.timeless) for cell in row.cells if cell.shown)
        return sum(one.freshness is not None and one.freshness.is_stale for one in firsts)


def table_of(reader: Reader, kind: str = "", newest: int = 0, known_at: dt.datetime | None = None) -> Table:
    """The facts of the reader's subject, those the reader may see; `kind` and `newest` narrow the periods.

    Two questions to the database, whatever the number of facts.
    """
    every = list(current(known_at).filter(subject=reader.subject))
    choices = choices_among(standing_choices(known_at).filter(subject=reader.subject))
    on = timezone.localdate(known_at) if known_at else clock.today()
    facts = reader.readable(every)
    timeless = [fact for fact in facts if is_timeless(fact)]
    dated = [fact for fact in facts if not is_timeless(fact) and (not kind or fact.period.kind == kind)]
    periods = sorted({fact.period for fact in dated})[-newest:]
    shown_facts = [fact for fact in dated if fact.period in periods]
    return Table(
        periods=periods,
        rows=[_row(key, of_key, periods, choices, on) for key, of_key in _by_key(shown_facts)],
        timeless=[
            _row(key, of_key, [max(fact.period for fact in of_key)], choices, on)
            for key, of_key in _by_key(timeless)
        ],
        as_of=max((fact.recorded_at for fact in [*shown_facts, *timeless]), default=None),
        hidden=len(every) - len(facts),
    )


def is_timeless(fact: Fact) -> bool:
    """Whether the dictionary keeps no periods of a fact's key."""
    entry = dictionary.entry(fact.key)
    return entry is not None and entry.is_timeless


def _by_key(facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.key, []).append(fact)
    return [(key, groups[key]) for key in in_order(groups)]


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys in the order of the dictionary, those outside it at the end."""
    order = {key.code: place for place, key in enumerate(vocabulary.fact_dictionary())}
    return sorted(keys, key=lambda key: (order.get(key, len(order)), key))


def _row(key: str, facts: Sequence[Fact], periods: Sequence[Period], choices: Choices, on: dt.date) -> Row:
    numbers = [fact.number for fact in facts if fact.number is not None]
    unit = display_unit(facts[0].unit, numbers)
    newest = max(fact.period for fact in facts)
    texts = [
        replace(shown(fact, unit), freshness=freshness_of(fact, on) if fact.period == newest else None)
        for fact in sorted(facts, key=rank_by(choices))
    ]
    lined_up = _lined_up(texts) if numbers else texts
    cells = [
        _cell(period, [one for one in lined_up if one.fact.period == period], choices) for period in periods
    ]
    return Row(key, dictionary.name(key), unit, cells)


def _cell(period: Period, said: Sequence[Shown], choices: Choices) -> Cell:
    if not said:
        return Cell(period, said)
    first = said[0].fact
    made = choices.get((first.subject, first.key, period.code), ())
    return Cell(period, said, chosen=(first.source_kind, first.origin) in made)


def _lined_up(texts: Sequence[Shown]) -> list[Shown]:
    """The same figures with as many places as the longest of them, so that points stand below each other."""
    places = max(len(one.text.partition(".")[2]) for one in texts)
    return [
        replace(one, text=_padded(one.text, places)) if one.fact.number is not None else one for one in texts
    ]


def _padded(text: str, places: int) -> str:
    whole, _point, rest = text.partition(".")
    return f"{whole}.{rest:0<{places}}" if places else whole


def display_unit(unit: str, numbers: Sequence[Decimal]) -> str:
    """Money of a myriad or more is shown in 万元; everything else in its own unit."""
    return "万元" if unit == "元" and numbers and max(abs(number) for number in numbers) >= 10_000 else unit


def shown(fact: Fact, unit: str) -> Shown:
    """A fact as text in the unit of its row; a yes or no in words; the exact value beside it."""
    exact = f"{fact.value}{fact.unit}"
    if fact.number is None:
        words = {"yes": _("是"), "no": _("否")}
        return Shown(fact, words.get(fact.value, fact.value), exact)
    return Shown(fact, f"{in_unit(Decimal(fact.value), fact.unit, unit):,f}", exact)


def in_unit(number: Decimal, unit: str, wanted: str) -> Decimal:
    """An amount of money counted in another unit; everything else is counted so already."""
    return number if unit == wanted else Money.from_unit(number, unit).in_unit(wanted)
