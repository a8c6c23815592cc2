"""Lists read by nobody in particular: what the district itself may hand out, secrets left out. For the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from huanchuang.accounts.models import User
from huanchuang.registry.queries import standing
from huanchuang.registry.queries.kinds import ACHIEVEMENT, PATENT, Kind
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.listing import (
    AT_ONCE,
    RETIRED,
    Asked,
    Column,
    links_loaded,
    listing,
    rows_of,
)


def open_entries(kind: Kind) -> QuerySet[Any]:
    """Entries that are no secret: what may be named to anybody who sees the kind at all."""
    every: QuerySet[Any] = kind.model._default_manager.all()
    if kind is ACHIEVEMENT:
        return every.filter(is_confidential=False)
    if kind is PATENT:
        return every.filter(Q(achievement=None) | Q(achievement__is_confidential=False))
    return every


def whole_columns(kind: Kind, *, personal: bool = False) -> list[Column]:
    """Every field, long ones too, so that an import can read the file again; personal data only where asked for."""
    shown = [one for one in kind.fields if personal or not one.personal]
    title = [one for one in shown if one.name == kind.title_field]
    return [Column(one) for one in (*title, *(one for one in shown if one not in title), RETIRED)]


def whole_rows(
    user: User | None, kind: Kind, columns: Sequence[Column], status: str = "all"
) -> Iterator[list[str]]:
    """The rows of a kind as a person sees them, else as the district does; by title."""
    if user is not None:
        return rows_of(user, kind, columns, listing(user, kind, Asked(status=status)))
    found = standing.with_status(kind, status, open_entries(kind)).order_by(kind.title_field, "id")
    rows = links_loaded(kind, columns, found).iterator(chunk_size=AT_ONCE)
    return ([show_value(column.field, getattr(row, column.code)) for column in columns] for row in rows)


def personal_columns(kind: Kind) -> list[str]:
    """The names of a kind's fields of personal data."""
    return [one.name for one in kind.fields if one.personal]
