"""Entries of the register that a new row may be, though nothing sure says so: shown, never decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huanchuang.accounts.models import User
from huanchuang.registry.models import Entry, Organisation, Person, Titled
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.organisations import resolve_units
from huanchuang.registry.services.imports.importer import Checked
from huanchuang.registry.services.imports.known import AT_ONCE, scope

MOST = 3
ANOTHER_NAME = ("名称是它的简称、别名或旧称", "The name is a short, other or former name of it")
SAME_TITLE = ("名称相同，单位不同", "The same name with another owner")
SAME_PHONE = ("姓名和电话相同，单位不同", "The same name and telephone with another unit")


def possible_entries(
    user: User | None, kind: Kind, rows: Sequence[Checked]
) -> Iterable[tuple[Checked, list[list[str]]]]:
    """The rows that may be in the register already, with the entries that they may be."""
    if not rows:
        return
    if kind.model is Organisation:
        yield from _by_other_names(rows)
    elif issubclass(kind.model, Titled):
        yield from _by_title(user, kind, rows)


def _by_other_names(rows: Sequence[Checked]) -> Iterable[tuple[Checked, list[list[str]]]]:
    names = sorted({row.title for row in rows})
    found: dict[str, Organisation | None] = {}
    for first in range(0, len(names), AT_ONCE):
        found |= resolve_units(names[first : first + AT_ONCE])
    for row in rows:
        hit = found.get(row.title)
        if hit is not None and hit.retired_on is None and not _has_other_code(row.entry, hit):
            yield row, [[hit.subject, hit.name, *ANOTHER_NAME]]


def _has_other_code(entry: Organisation, hit: Organisation) -> bool:
    return entry.uscc is not None and hit.uscc is not None and entry.uscc != hit.uscc


def _by_title(
    user: User | None, kind: Kind, rows: Sequence[Checked]
) -> Iterable[tuple[Checked, list[list[str]]]]:
    keys = sorted({row.entry.title_key for row in rows})
    by_key: dict[str, list[Entry]] = {}
    for first in range(0, len(keys), AT_ONCE):
        among = scope(user, kind).filter(title_key__in=keys[first : first + AT_ONCE], retired_on__isnull=True)
        for entry in among:
            by_key.setdefault(entry.title_key, []).append(entry)
    for row in rows:
        why = SAME_PHONE if kind.model is Person else SAME_TITLE
        hits = [hit for hit in by_key.get(row.entry.title_key, []) if _may_be(row.entry, hit)]
        if hits:
            yield row, [[hit.subject, kind.title(hit), *why] for hit in hits[:MOST]]


def _may_be(entry: Entry, hit: Entry) -> bool:
    """Many people share a name: only one with the same telephone or address may be the same."""
    if not isinstance(entry, Person) or not isinstance(hit, Person):
        return True
    return bool((entry.phone and entry.phone == hit.phone) or (entry.email and entry.email == hit.email))
