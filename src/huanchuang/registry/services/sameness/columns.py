"""The columns of a row as plain values, so that a merge can write down what it changed and put it back exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from huanchuang.engines.kernel import Money, Uscc
from huanchuang.registry.models import Entry

LEFT_OUT = frozenset({"id", "created_at", "updated_at", "version", "name_key", "title_key", "search_text"})
"""What every save changes, and what is derived from the other columns."""
Snapshot = dict[str, Any]
Change = list[Any]
"""[before, after], plain."""


def snapshot(entry: Entry) -> Snapshot:
    """Column → plain value."""
    return {
        column.attname: plain(getattr(entry, column.attname))
        for column in entry._meta.concrete_fields
        if column.name not in LEFT_OUT
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Change]:
    """Column → [before, after] where the two differ."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def put_back(entry: Entry, changed: Mapping[str, Change]) -> list[str]:
    """Give columns their earlier value where they still have the one that the merge gave them; returns those that
    somebody changed since, which stay. Names that the merge added to a list are taken out of it all the same."""
    stayed = []
    for name, (before, after) in changed.items():
        now = plain(getattr(entry, name))
        if now == after:
            setattr(entry, name, value_of(_column(entry, name), before))
        elif isinstance(now, list) and isinstance(before, list) and isinstance(after, list):
            added = [one for one in after if one not in before]
            setattr(entry, name, [one for one in now if one not in added])
        else:
            stayed.append(name)
    return stayed


def _column(entry: Entry, attname: str) -> models.Field[Any, Any]:
    return next(column for column in entry._meta.concrete_fields if column.attname == attname)


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, Uscc):
        return value.text
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def value_of(column: models.Field[Any, Any], stored: Any) -> Any:
    """The value that `plain` wrote."""
    return column.to_python(stored)


def unique_columns(model: type[Entry]) -> Iterable[str]:
    """Columns whose values no two rows share, not even retired ones: a value has to leave one row to enter the other."""
    return (
        column.attname for column in model._meta.concrete_fields if column.unique and not column.primary_key
    )
