"""Everything that points at an entry, made to point at another one, and back.

What that is `queries.sameness.pointers` finds generically, so that a table added tomorrow moves too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, transaction

from huanchuang.orm.fields import SubjectField
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.sameness.pointers import Pointer, pointers

AT_ONCE = 500
Group = tuple[str, str, list[int]]
"""Model label, column, keys of its rows: plain, as a merge keeps it."""


@dataclass
class Moved:
    """What moved, and what stayed because the kept entry has its like."""

    moved: list[Group] = field(default_factory=list)
    stayed: list[Group] = field(default_factory=list)


def move(lost: Entry, kept: Entry) -> Moved:
    """Let everything that points at `lost` point at `kept`. Call it inside a transaction."""
    result = Moved()
    for pointer in pointers(lost):
        rows = pointer.model._default_manager.filter(**{pointer.column: pointer.value(lost)})
        keys = sorted(rows.values_list("pk", flat=True))
        keys, held = _without_loops(pointer, keys, lost, kept)
        done = repoint(pointer, keys, kept)
        late = [key for key in keys if key not in done]
        _note(result.moved, pointer, sorted(done))
        _note(result.stayed, pointer, sorted([*held, *late]))
    return result


def move_back(group: Group, lost: Entry, kept: Entry) -> tuple[Collection[int], Collection[int]]:
    """Let the rows of a group that still point at `kept` point at `lost` again: (went back, could not)."""
    label, column, keys = group
    pointer = _pointer(label, column)
    here: list[int] = []
    for first in range(0, len(keys), AT_ONCE):
        some = {"pk__in": keys[first : first + AT_ONCE], pointer.column: pointer.value(kept)}
        here += pointer.model._default_manager.filter(**some).values_list("pk", flat=True)
    done = repoint(pointer, sorted(here), lost)
    return done, [key for key in here if key not in done]


def _pointer(label: str, attname: str) -> Pointer:
    model = apps.get_model(label)
    column = next(one for one in model._meta.concrete_fields if one.attname == attname)
    return Pointer(model, attname, isinstance(column, SubjectField))


def repoint(pointer: Pointer, keys: list[int], target: Entry) -> set[int]:
    """Point rows at an entry: all at once where nothing stands against it, else one by one; returns those that moved."""
    if not keys:
        return set()
    if _written(pointer, keys, target):
        return set(keys)
    return {key for key in keys if _written(pointer, [key], target)}


def _written(pointer: Pointer, keys: list[int], target: Entry) -> bool:
    try:
        with transaction.atomic():
            for first in range(0, len(keys), AT_ONCE):
                rows = pointer.model._default_manager.filter(pk__in=keys[first : first + AT_ONCE])
                rows.update(**{pointer.column: pointer.value(target)})
    except IntegrityError:  # the target has its like already
        return False
    return True


def _without_loops(
    pointer: Pointer, keys: list[int], lost: Entry, kept: Entry
) -> tuple[list[int], list[int]]:
    """(rows that may move, rows that must stay): an entry never stands above itself nor in a relation to itself."""
    if pointer.by_name:
        others = [
            column.attname
            for column in pointer.model._meta.concrete_fields
            if isinstance(column, SubjectField) and column.attname != pointer.column and not column.history
        ]
        held: set[int] = set()
        for column in others:
            both = {pointer.column: lost.subject, column: kept.subject}
            held |= set(pointer.model._default_manager.filter(**both).values_list("pk", flat=True))
    else:
        held = _above(kept, pointer.column) if pointer.model is type(lost) else set()
    return [key for key in keys if key not in held], [key for key in keys if key in held]


def _above(entry: Entry, column: str) -> set[int]:
    """The entry and all that stand above it by a column of its own table."""
    found: set[int] = set()
    key: int | None = entry.pk
    while key is not None and key not in found:
        found.add(key)
        key = type(entry)._default_manager.filter(pk=key).values_list(column, flat=True).first()
    return found


def _note(groups: list[Group], pointer: Pointer, keys: list[int]) -> None:
    if keys:
        groups.append((pointer.model._meta.label_lower, pointer.column, keys))
