"""Which entry of the register a row of a sheet is, by what identifies entries of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Entry, Merge, Person
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.sameness.judged import kept_for
from huanchuang.registry.queries.visibility import visible

Key = tuple[Any, ...]
AT_ONCE = 500
"""Values asked for in one question; both databases take more, their planners do not like it."""


@dataclass(frozen=True)
class Hit:
    """An entry that a row may be; `through` is one that was merged into it and by which it was found."""

    entry: Entry
    through: Entry | None = None

    @property
    def named(self) -> Entry:
        """The entry whose names and numbers were met."""
        return self.through or self.entry


@dataclass(frozen=True)
class Found:
    """What was found for a row: the one entry it is, or several that it may be, or one that stands in its way."""

    entry: Entry | None = None
    through: Entry | None = None
    several: int = 0
    in_the_way: Entry | None = None
    columns: tuple[str, ...] = ()


def scope(user: User | None, kind: Kind) -> QuerySet[Any]:
    """The entries that an import may know of: those the person sees; all for the operator of the server."""
    return kind.model._default_manager.all() if user is None else visible(user, kind)


class Known:
    """Entries by what identifies them: those in the register, and rows of the same sheet as they come.

    An entry that was merged into another leads to that one: a sheet from before the merge still fits.
    """

    def __init__(self, user: User | None, kind: Kind) -> None:
        self._user, self._kind = user, kind
        self._by: dict[tuple[str, ...], dict[Key, list[Hit]]] = {columns: {} for columns in kind.identity}
        self._loaded: set[int] = set()

    def load(self, entries: Sequence[Entry]) -> None:
        """Look up the stored entries that any of these may be: one question for each way of identifying."""
        found: dict[int, Entry] = {}
        for columns in self._kind.identity:
            pivot = next(column for column in columns if not _is_link(self._kind, column))
            wanted = {key_part(entry, pivot) for entry in entries} - {None, ""}
            found |= {entry.pk: entry for entry in self._stored(pivot, wanted)}
        fresh = [entry for key, entry in found.items() if key not in self._loaded]
        self._loaded |= set(found)
        standing = self._standing([entry for entry in fresh if entry.retired_on is not None])
        for entry in fresh:
            if entry.retired_on is None:
                self.add(entry)
            elif entry.pk in standing:
                self._enter(Hit(standing[entry.pk], entry), self._kind.identity)
            else:  # a code stays with its body even when that is out of force
                self._enter(Hit(entry), [columns for columns in self._kind.identity if columns == ("uscc",)])

    def _stored(self, pivot: str, wanted: Iterable[Any]) -> Iterable[Entry]:
        values = sorted(wanted, key=str)
        for first in range(0, len(values), AT_ONCE):
            chunk = values[first : first + AT_ONCE]
            yield from scope(self._user, self._kind).filter(**{f"{pivot}__in": chunk})

    def _standing(self, retired: Sequence[Entry]) -> dict[int, Entry]:
        """For entries that were merged into others: those that stand for them now, as far as the person may know of them."""
        lost = [entry.subject for entry in retired]
        merged = set(Merge.objects.filter(lost__in=lost, undone_at=None).values_list("lost", flat=True))
        kept = {entry.pk: kept_for(entry.subject) for entry in retired if entry.subject in merged}
        keys = {key for subject in kept.values() if (key := key_of_subject(subject)) is not None}
        entries = scope(self._user, self._kind).filter(retired_on=None).in_bulk(keys)
        return {
            key: entries[to] for key, subject in kept.items() if (to := key_of_subject(subject)) in entries
        }

    def add(self, entry: Entry) -> None:
        """Know one more entry: a stored one, or the one that a row will make."""
        self._enter(Hit(entry), self._kind.identity)

    def _enter(self, hit: Hit, ways: Iterable[tuple[str, ...]]) -> None:
        for columns in ways:
            key = key_of(self._kind, hit.named, columns)
            if key is not None:
                self._by[columns].setdefault(key, []).append(hit)

    def find(self, entry: Entry) -> Found:
        """The entry that this unsaved one is, going from the surest way of identifying to the least."""
        for place, columns in enumerate(self._kind.identity):
            key = key_of(self._kind, entry, columns)
            if key is None:
                continue
            hits = self._by[columns].get(key, [])
            same = [hit for hit in hits if not self._differs(entry, hit.named, self._kind.identity[:place])]
            same = _narrowed(entry, _each_once(same))
            if len(same) == 1:
                return Found(same[0].entry, same[0].through, columns=columns)
            if same:
                return Found(several=len(same), columns=columns)
            if hits and columns in self._kind.unique_columns:
                return Found(in_the_way=hits[0].entry, columns=columns)
        return Found()

    def _differs(self, entry: Entry, hit: Entry, surer: Iterable[tuple[str, ...]]) -> bool:
        """Whether a surer way says that the two are not the same: both have a number, and not the same one."""
        for columns in surer:
            one, other = key_of(self._kind, entry, columns), key_of(self._kind, hit, columns)
            if one is not None and other is not None and one != other:
                return True
        return False


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    """An entry met by its own name goes before the same one met through a merge."""
    found: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.through is not None):
        found.setdefault(id(hit.entry) if hit.entry.pk is None else hit.entry.pk, hit)
    return list(found.values())


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


def _narrowed(entry: Entry, hits: list[Hit]) -> list[Hit]:
    """Of several people of one name in one unit, the one with the same telephone or address."""
    if len(hits) < 2 or not isinstance(entry, Person):
        return hits
    for name in ("phone", "email"):
        said = getattr(entry, name)
        alike = [hit for hit in hits if said and getattr(hit.named, name) == said]
        if len(alike) == 1:
            return alike
    return hits
