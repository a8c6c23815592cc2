"""The versions of definitions: those shipped with the product, and those published here, which go on from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from huanchuang.definitions.models import Published
from huanchuang.definitions.queries.newest import Mark, newest
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.packs.library import library
from huanchuang.packs.pack import Pack
from huanchuang.packs.texts import read_texts

KEPT = 8


@dataclass(frozen=True, eq=False)
class Version:
    """One version of a definition. `published` is None for one shipped with the product."""

    id: str
    pack: Pack | None
    published: Published | None = None
    problems: tuple[Problem, ...] = ()
    """Why it cannot be read any more, for instance a fact it asks for that is no longer known."""

    @property
    def number(self) -> str:
        """As the definition calls it: 1.0."""
        return self.published.version if self.published else self._shipped.version

    @property
    def digest(self) -> str:
        """The hash of its content."""
        return self.published.digest if self.published else self._shipped.hash

    @property
    def valid_from(self) -> dt.date | None:
        """Its first day; None where it always held."""
        return self.published.valid_from if self.published else self._shipped.valid_from

    @property
    def valid_to(self) -> dt.date | None:
        """Its last day; None where none is set."""
        return self.published.valid_to if self.published else self._shipped.valid_to

    @property
    def _shipped(self) -> Pack:
        if self.pack is None:
            raise LookupError(self.id)
        return self.pack

    def has_begun(self, day: dt.date) -> bool:
        """Whether its first day has come."""
        return self.valid_from is None or self.valid_from <= day

    def files(self) -> dict[str, str]:
        """Name → text."""
        if self.published:
            return dict(self.published.files)
        folder = self._shipped.path
        return {
            path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()
        }


def version_key(number: str) -> tuple[int, ...]:
    """Versions in their order: 1.10 is above 1.9, and 1 is 1.0."""
    parts = [int(part) for part in re.findall(r"\d+", number)[:3]]
    return tuple(parts + [0] * (3 - len(parts)))


def versions_of(kind: str) -> Mapping[str, Sequence[Version]]:
    """Id → its versions, the highest number at the end."""
    return _versions(kind, newest())


@lru_cache(KEPT)
def _versions(kind: str, until: Mark) -> Mapping[str, Sequence[Version]]:
    found: dict[str, list[Version]] = {pack.id: [Version(pack.id, pack)] for pack in library().all(kind)}
    rows = Published.objects.filter(kind=kind, pk__lte=until[0]).order_by("pk") if until else ()
    for row in rows:
        found.setdefault(row.pack, []).append(_read(row))
    return {name: sorted(every, key=_place) for name, every in found.items()}


def _place(one: Version) -> tuple[tuple[int, ...], int]:
    """By number, so that a newer one that comes with the product goes on from those published here."""
    return version_key(one.number), one.published.pk if one.published else 0


def _read(row: Published) -> Version:
    try:
        return Version(row.pack, read_texts(row.kind, row.pack, row.files), row)
    except ProblemError as error:
        return Version(row.pack, None, row, error.problems)


def deciding(versions: Sequence[Version], day: dt.date) -> Version:
    """The version that decides on a day: of those whose first day has come, the highest; before all, the first.

    It says itself when it has ended: an older version is not taken up again for that.
    """
    begun = [one for one in versions if one.has_begun(day)]
    return begun[-1] if begun else min(versions, key=lambda one: one.valid_from or dt.date.min)


def version_with(kind: str, digest: str) -> Version | None:
    """The version of a hash, as decisions name it."""
    every = (one for versions in versions_of(kind).values() for one in versions)
    return next((one for one in every if one.digest == digest), None)


def before(row: Published) -> Version | None:
    """The version that stood before a published one."""
    every = versions_of(row.kind).get(row.pack, ())
    place = next((number for number, one in enumerate(every) if one.digest == row.digest), 0)
    return every[place - 1] if place else None


def standing(versions: Sequence[Version], one: Version, day: dt.date) -> str:
    """How a version stands on a day: future, superseded, expired, broken or current."""
    if not one.has_begun(day):
        return "future"
    if deciding(versions, day) is not one:
        return "superseded"
    if one.pack is None:
        return "broken"
    return "expired" if one.valid_to is not None and one.valid_to < day else "current"
