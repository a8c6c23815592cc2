"""Which entry of the register a row of a sheet is, by what identifies entries of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.registry.models import Entry, Person
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.visibility import visible

Key = tuple[Any, ...]
AT_ONCE = 500
"""Values asked for in one question; both databases take more, their planners do not like it."""


@dataclass(frozen=True)
class Found:
    """What was found for a row: the one entry it is, or several that it may be, or one that stands in its way."""

    entry: Entry | None = None
    several: int = 0
    in_the_way: Entry | None = None
    columns: tuple[str, ...] = ()


def scope(user: User | None, kind: Kind) -> QuerySet[Any]:
    """The entries that an import may know of: those the person sees; all for the operator of the server."""
    return kind.model._default_manager.all() if user is None else visible(user, kind)


class Known:
    """Entries by what identifies them: those in the register, and rows of the same sheet as they come."""

    def __init__(self, user: User | None, kind: Kind) -> None:
        self._user, self._kind = user, kind
        self._by: dict[tuple[str, ...], dict[Key, list[Entry]]] = {columns: {} for columns in kind.identity}

    def load(self, entries: Sequence[Entry]) -> None:
        """Look up the stored entries that any of these may be: one question for each way of identifying."""
        known = {
            entry.pk
            for by_key in self._by.values()
            for found in by_key.values()
            for entry in found
            if entry.pk
        }
        stored: dict[int, Entry] = {}
        for columns in self._kind.identity:
            pivot = next(column for column in columns if not _is_link(self._kind, column))
            wanted = {key_part(entry, pivot) for entry in entries} - {None, ""}
            for entry in self._stored(columns, pivot, wanted):
                stored.setdefault(entry.pk, entry)
        for entry in stored.values():
            if entry.pk not in known:
                self.add(entry)

    def _stored(self, columns: tuple[str, ...], pivot: str, wanted: Iterable[Any]) -> Iterable[Entry]:
        among = scope(self._user, self._kind)
        if columns != ("uscc",):  # a code stays with its body even when that is retired
            among = among.filter(retired_on__isnull=True)
        values = sorted(wanted, key=str)
        for first in range(0, len(values), AT_ONCE):
            yield from among.filter(**{f"{pivot}__in": values[first : first + AT_ONCE]})

    def add(self, entry: Entry) -> None:
        """Know one more entry: a stored one, or the one that a row will make."""
        for columns, by_key in self._by.items():
            key = key_of(self._kind, entry, columns)
            if key is not None:
                by_key.setdefault(key, []).append(entry)

    def find(self, entry: Entry) -> Found:
        """The entry that this unsaved one is, going from the surest way of identifying to the least."""
        for place, columns in enumerate(self._kind.identity):
            key = key_of(self._kind, entry, columns)
            if key is None:
                continue
            hits = self._by[columns].get(key, [])
            same = [hit for hit in hits if not self._differs(entry, hit, self._kind.identity[:place])]
            same = _narrowed(entry, same)
            if len(same) == 1:
                return Found(same[0], columns=columns)
            if same:
                return Found(several=len(same), columns=columns)
            if hits and columns in self._kind.unique_columns:
                return Found(in_the_way=hits[0], columns=columns)
        return Found()

    def _differs(self, entry: Entry, hit: Entry, surer: Iterable[tuple[str, ...]]) -> bool:
        """Whether a surer way says that the two are not the same: both have a number, and not the same one."""
        for columns in surer:
            one, other = key_of(self._kind, entry, columns), key_of(self._kind, hit, columns)
            if one is not None and other is not None and one != other:
                return True
        return False


def key_of(kind: Kind, entry: Entry, columns: tuple[str, ...]) -> Key | None:
    """The values of columns; None where one other than the owner is empty. Without an owner, entries without one are alike."""
    parts = []
    for column in columns:
        part = key_part(entry, column)
        if (part is None or part == "") and not _is_link(kind, column):
            return None
        parts.append(part)
    return tuple(parts)


def key_part(entry: Entry, column: str) -> Any:
    """The value of one column, comparable: the key of a link, the text of a code."""
    value = getattr(entry, f"{column}_id", None) if hasattr(entry, f"{column}_id") else getattr(entry, column)
    return getattr(value, "text", value)


def _is_link(kind: Kind, column: str) -> bool:
    return column in kind.by_name and bool(kind.by_name[column].target)


def _narrowed(entry: Entry, hits: list[Entry]) -> list[Entry]:
    """Of several people of one name in one unit, the one with the same telephone or address."""
    if len(hits) < 2 or not isinstance(entry, Person):
        return hits
    for name in ("phone", "email"):
        said = getattr(entry, name)
        alike = [hit for hit in hits if said and getattr(hit, name) == said]
        if len(alike) == 1:
            return alike
    return hits
