"""All current facts of a subject as a table: one row for each key, one column for each period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Money, Period
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.access import Reader
from huanchuang.facts.queries.values import TRUST, current
from huanchuang.packs import vocabulary

YEARS_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """One fact as a cell shows it: text in the row's unit, and the exact value with its unit."""

    fact: Fact
    text: str
    exact: str


@dataclass(frozen=True)
class Row:
    """One key with its name and unit; for each period what the sources say, the most trusted first."""

    key: str
    name: str
    unit: str
    is_number: bool
    cells: Sequence[tuple[Period, Sequence[Shown]]]


@dataclass(frozen=True)
class Table:
    """Rows in the order of the dictionary, periods from the oldest to the newest."""

    periods: Sequence[Period]
    rows: Sequence[Row]
    as_of: dt.datetime | None
    hidden: int
    """How many facts the reader may not see."""


def table_of(reader: Reader, kind: str = "", newest: int = 0, known_at: dt.datetime | None = None) -> Table:
    """The facts of the reader's subject, those the reader may see; `kind` and `newest` narrow the periods.

    One question to the database, whatever the number of facts.
    """
    every = list(current(known_at).filter(subject=reader.subject))
    facts = [fact for fact in reader.readable(every) if not kind or fact.period.kind == kind]
    periods = sorted({fact.period for fact in facts})[-newest:]
    facts = [fact for fact in facts if fact.period in periods]
    by_key: dict[str, list[Fact]] = {}
    for fact in facts:
        by_key.setdefault(fact.key, []).append(fact)
    rows = [_row(key, by_key[key], periods) for key in _in_order(by_key)]
    as_of = max((fact.recorded_at for fact in facts), default=None)
    return Table(periods, rows, as_of, sum(not reader.reads_key(fact.key) for fact in every))


def _in_order(keys: Iterable[str]) -> list[str]:
    order = {key.code: place for place, key in enumerate(vocabulary.fact_dictionary())}
    return sorted(keys, key=lambda key: (order.get(key, len(order)), key))


def _row(key: str, facts: Sequence[Fact], periods: Sequence[Period]) -> Row:
    unit = facts[0].unit
    numbers = [fact.number for fact in facts if fact.number is not None]
    shown_unit = display_unit(unit, numbers)
    ranked = sorted(facts, key=lambda fact: TRUST.index(fact.source_kind))
    cells = [(period, [shown(fact, shown_unit) for fact in ranked if fact.period == period]) for period in periods]
    return Row(key, dictionary.name(key), shown_unit, bool(numbers), cells)


def display_unit(unit: str, numbers: Sequence[Decimal]) -> str:
    """Money of a myriad or more is shown in 万元; everything else in its own unit."""
    return "万元" if unit == "元" and numbers and max(abs(number) for number in numbers) >= 10_000 else unit


def shown(fact: Fact, unit: str) -> Shown:
    """A fact as text in the unit of its row; a yes or no in words; the exact value beside it."""
    exact = f"{fact.value}{fact.unit}"
    if fact.number is None:
        words = {"yes": _("是"), "no": _("否"), "true": _("是"), "false": _("否")}
        return Shown(fact, words.get(fact.value, fact.value), exact)
    if unit == fact.unit:
        return Shown(fact, f"{Decimal(fact.value):,f}", exact)
    return Shown(fact, f"{Money.from_unit(Decimal(fact.value), fact.unit).in_unit(unit):,f}", exact)
