"""What is known about very many organisations, as the columns in which the engine decides all policies at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression import Fact, Relation
from huanchuang.engines.expression.columns.facts import column_name, row_schema
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import Period
from huanchuang.packs.policies.relations import RELATIONS
from huanchuang.policies.queries.known import Subject

EPOCH = dt.date(1970, 1, 1)
TYPES: Mapping[str, type[pl.DataType]] = {
    "date": pl.Date, "yes-no": pl.Boolean, "code": pl.String, "text": pl.String, "number": pl.Int64,
}  # fmt: skip
KEY = "organisation"


def table_of(known: Sequence[Subject]) -> pl.DataFrame:
    """One row for each organisation, in their order: its key, and a column for every value that any of them has."""
    rows = len(known)
    facts: dict[str, Fact] = {}
    columns: dict[str, list[Plain | dt.date | None]] = {}
    for row, subject in enumerate(known):
        for name, fact, value in _cells(subject):
            if name not in columns:
                columns[name], facts[name] = [None] * rows, fact
            columns[name][row] = value
    series = [pl.Series(name, values, dtype=TYPES[facts[name].type.kind]) for name, values in columns.items()]
    keys = pl.Series(KEY, [one.organisation.pk for one in known], dtype=pl.Int64)
    return pl.DataFrame([keys, *series, *_related(known)])


def _related(known: Sequence[Subject]) -> Iterator[pl.Series]:
    """A column of lists for each relation that any of them has."""
    for relation in RELATIONS:
        if not any(relation.key in one.rows for one in known):
            continue
        dtype = pl.List(pl.Struct(row_schema(relation)))
        yield pl.Series(relation.key, [_listed(one, relation) for one in known], dtype=dtype)


def _listed(subject: Subject, relation: Relation) -> list[dict[str, Plain | dt.date | None]] | None:
    if relation.key not in subject.rows:
        return None
    return [
        {
            fact.key: None if (value := one.row.get(fact.key)) is None else _stored(fact, value)
            for fact in relation.fields
        }
        for one in subject.rows[relation.key]
    ]


def _cells(subject: Subject) -> Iterator[tuple[str, Fact, Plain | dt.date]]:
    for (_key, period), one in subject.taken.items():
        name = column_name(one.fact, Period.parse(period) if period else None)
        yield name, one.fact, _stored(one.fact, one.value)


def _stored(fact: Fact, value: Plain) -> Plain | dt.date:
    """A value as its column holds it: whole steps, a date, yes or no, a code."""
    if fact.type.kind == "date" and isinstance(value, int):
        return EPOCH + dt.timedelta(days=value)
    if fact.type.kind == "number" and not isinstance(value, str):
        return int(Fraction(value) / fact.step)
    return value
