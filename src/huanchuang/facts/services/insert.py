"""Many new facts into the table at once.

Django builds an object and compiles a value for each of the fifteen columns of every row; for a million facts that
takes a minute and a half. Here the values go straight to the database, made by the same adapters of its backend:
by one prepared statement, on PostgreSQL by COPY (measured there: 21 µs a fact, against 77 µs by the statement).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

from huanchuang.audit.services import Actor
from huanchuang.facts.models import Fact
from huanchuang.facts.services.values import Said
from huanchuang.orm.inserting import insert_rows

_FIELDS = (
    "subject", "key", "period", "value", "number", "unit", "given", "source_kind", "source_link", "origin", "note",
    "recorded_at", "recorded_by", "recorded_by_name", "withdrawn_because",
)  # fmt: skip
"""The columns of a new fact; the others are empty until it ends."""


def insert_facts(actor: Actor, facts: Iterable[tuple[Said, dt.datetime]]) -> None:
    """Insert facts as current ones, each with the moment it is recorded at; inside the caller's transaction."""
    rows = _rows(actor, facts)
    if rows:
        column_of = {field.name: str(field.column) for field in Fact._meta.concrete_fields}
        insert_rows(Fact, [column_of[name] for name in _FIELDS], rows)


def _rows(actor: Actor, facts: Iterable[tuple[Said, dt.datetime]]) -> Sequence[tuple[Any, ...]]:
    column = Fact._meta.get_field("number")
    if not isinstance(column, models.DecimalField):
        raise TypeError("the column for sorting is not exact")
    digits, places = column.max_digits, column.decimal_places
    exact, moment = (
        connection.ops.adapt_decimalfield_value,
        lru_cache(connection.ops.adapt_datetimefield_value),
    )
    return [
        (
            said.subject, said.key, said.period.code, said.value,
            None if said.number is None else exact(said.number, digits, places),
            said.unit, said.given, said.source_kind, said.source_link, said.origin, said.note,
            moment(at), actor.id, actor.name, "",
        )
        for said, at in facts
    ]  # fmt: skip
