"""Register many entries of a kind at once: one transaction, one audit entry; those already there stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.orm import clock
from huanchuang.orm.statistics import MANY, refresh_statistics
from huanchuang.registry.models import Entry, NameKey, Organisation, Revision
from huanchuang.registry.queries.kinds import ORGANISATION, Kind
from huanchuang.registry.queries.whole import open_entries
from huanchuang.registry.services import checks, revise
from huanchuang.registry.services.entries import plain_values
from huanchuang.registry.services.prepare import name_keys, set_derived

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Registered:
    """How many entries a bulk load added, and how many were there already."""

    added: int
    known: int
    entries: tuple[Entry, ...] = ()
    """Those that were added, with their keys."""


def register_many(
    actor: audit.Actor,
    kind: Kind,
    rows: Iterable[Mapping[str, Any]],
    digest: str,
    note: str = "",
    source: str = "",
) -> Registered:
    """Add the entries that are not there yet, as the kind's unique columns say; `digest` is the sha256 of their source.

    Raises ProblemError for the first row that `register` would refuse; nothing is written then.
    Rows that repeat an earlier row of the same load count as known.
    """
    made = [_made(actor, kind, row) for row in rows]
    with transaction.atomic():
        fresh = _not_there(kind, made)
        create_all(actor, kind, fresh, "register", source)
        if fresh:
            subject = note or kind.subject_prefix
            audit.record_bulk(actor, f"registry.{kind.name}.register_many", subject, digest, len(fresh))
        if len(fresh) >= MANY:
            refresh_statistics(kind.model)
    return Registered(len(fresh), len(made) - len(fresh), tuple(entry for entry, _ in fresh))


def register_organisations(
    actor: audit.Actor, rows: Iterable[Mapping[str, Any]], digest: str, note: str = ""
) -> Registered:
    """`register_many` for organisations."""
    return register_many(actor, ORGANISATION, rows, digest, note)


Made = tuple[Entry, dict[str, Any]]
"""An unsaved entry and the cleaned values it was made from."""


def create_all(actor: audit.Actor, kind: Kind, made: Sequence[Made], deed: str, source: str) -> None:
    """Insert prepared entries with their names and revisions. Call it inside a transaction."""
    entries = [entry for entry, _ in made]
    kind.model._default_manager.bulk_create(entries, batch_size=AT_ONCE)
    spellings = [key for entry in entries if isinstance(entry, Organisation) for key in name_keys(entry)]
    NameKey.objects.bulk_create(spellings, batch_size=2000)
    Revision.objects.bulk_create(
        [
            revise.revision(actor, entry, deed, plain_values(kind, said), source or entry.source)
            for entry, said in made
        ],
        batch_size=AT_ONCE,
    )


def _made(actor: audit.Actor, kind: Kind, row: Mapping[str, Any]) -> Made:
    values = checks.cleaned(kind, row)
    entry = kind.model(**{"confirmed_on": clock.today(), "confirmed_by": actor.name, **values})
    set_derived(kind, entry)
    return entry, {name: value for name, value in values.items() if name in kind.by_name}


def _not_there(kind: Kind, made: list[Made]) -> list[Made]:
    known = {columns: _stored(kind, columns) for columns in kind.unique_columns}
    fresh: list[Made] = []
    for entry, values in made:
        if revise.is_hidden(entry):  # a secret claims nothing, and nothing that is there tells of it
            fresh.append((entry, values))
            continue
        keys = {columns: key_in(entry, columns) for columns in kind.unique_columns}
        if any(key is not None and key in known[columns] for columns, key in keys.items()):
            continue
        for columns, key in keys.items():
            if key is not None:
                known[columns].add(key)
        fresh.append((entry, values))
    return fresh


def _stored(kind: Kind, columns: tuple[str, ...]) -> set[tuple[Any, ...]]:
    rows = open_entries(kind).order_by()
    if columns != ("uscc",):  # a code stays with its body even when that is retired
        rows = rows.filter(retired_on__isnull=True)
    return {tuple(getattr(part, "text", part) for part in row) for row in rows.values_list(*columns)}


def key_in(entry: Entry, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """What identifies an entry in these columns, links as keys; None where one of them is empty."""
    parts = [getattr(entry, column) for column in columns]
    if any(part is None or part == "" for part in parts):
        return None
    return tuple(part.pk if isinstance(part, Entry) else getattr(part, "text", part) for part in parts)
