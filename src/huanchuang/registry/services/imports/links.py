"""Names in a sheet that point at other entries, resolved for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import Field, Kind, kind_named
from huanchuang.registry.queries.organisations import organisations_of, resolve_units
from huanchuang.registry.services.imports import refusals
from huanchuang.registry.services.imports.known import AT_ONCE, scope


@dataclass
class Links:
    """Resolves the names that link fields hold. `own` are rows of the same sheet by their normalised title.

    A person who writes for their own units only may name only these as owner; other names are refused in the same words
    whether they are in the register or not.
    """

    user: User | None
    kind: Kind
    is_bound: bool
    own: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def load(self, wanted: Iterable[tuple[Field, str]]) -> None:
        """Look up names, each once."""
        by_target: dict[str, set[str]] = {}
        for one, text in wanted:
            if (one.target, text) not in self._known:
                by_target.setdefault(one.target, set()).add(text)
        for target, texts in by_target.items():
            found = _units(texts) if target == "organisation" else self._titled(kind_named(target), texts)
            for text in texts:
                self._known[target, text] = found.get(text, [])

    def _titled(self, kind: Kind, texts: set[str]) -> dict[str, list[Entry]]:
        keys = {text: names.normalise(text) for text in texts}
        wanted = sorted(set(keys.values()) - {""})
        by_key: dict[str, list[Entry]] = {}
        for first in range(0, len(wanted), AT_ONCE):
            among = scope(self.user, kind).filter(retired_on__isnull=True)
            for entry in among.filter(title_key__in=wanted[first : first + AT_ONCE]):
                by_key.setdefault(entry.title_key, []).append(entry)
        return {text: by_key.get(key, []) for text, key in keys.items()}

    def resolve(self, one: Field, text: str, owner: Entry | None = None) -> Entry | int:
        """The entry that a text means, or the number of the row of the same sheet that will make it. ProblemError otherwise."""
        found = self._known.get((one.target, text), [])
        if len(found) > 1 and owner is not None:
            found = [entry for entry in found if getattr(entry, "owner_id", None) == owner.pk] or found
        if one.name == self.kind.owner_field and self.is_bound:
            return self._own_unit(found, text)
        if len(found) == 1:
            return found[0]
        row = self.own.get(names.normalise(text)) if one.target == self.kind.name else None
        if row is not None and not found:
            return row
        is_unit = one.target == "organisation"
        raise ProblemError(refusals.not_found(text, is_unit=is_unit, several_fit=len(found) > 1))

    def _own_unit(self, found: list[Entry], text: str) -> Entry:
        if len(found) == 1 and found[0].pk in self._own_units:
            return found[0]
        raise ProblemError(refusals.OTHER_UNIT)

    @cached_property
    def _own_units(self) -> set[int]:
        mine = organisations_of(self.user) if self.user is not None else Organisation.objects.none()
        return set(mine.values_list("pk", flat=True))


def _units(texts: Iterable[str]) -> dict[str, list[Entry]]:
    wanted = sorted(texts)
    found: dict[str, Organisation | None] = {}
    for first in range(0, len(wanted), AT_ONCE):
        found |= resolve_units(wanted[first : first + AT_ONCE])
    return {text: [unit] for text, unit in found.items() if unit is not None}
