"""How complete an entry is, and what to add first. Which fields count how much is said where the kinds are described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huanchuang.registry.models import Entry, Need
from huanchuang.registry.queries.kinds import Field, Kind, Shape, kind_of


@dataclass(frozen=True)
class Completeness:
    """`score` in whole percent; `missing` are the empty fields, those that count most first."""

    score: int
    missing: Sequence[Field]


def completeness(entry: Entry) -> Completeness:
    """How much of what others look for in an entry is filled in. An entry of a kind where nothing counts is complete."""
    kind = kind_of(entry)
    counted = [
        (field, weight) for field in kind.fields if (weight := weight_of(field)) and _belongs(field, entry)
    ]
    total = sum(weight for _field, weight in counted)
    missing = [(field, weight) for field, weight in counted if not _filled(field, entry)]
    lost = sum(weight for _field, weight in missing)
    heavy_first = sorted(missing, key=lambda pair: -pair[1])
    return Completeness(
        100 * (total - lost) // total if total else 100, [field for field, _weight in heavy_first]
    )


def weight_of(field: Field) -> int:
    """How much a field counts: as described, else three for what must be said, one for the rest, nothing for ticks."""
    if field.weight is not None:
        return field.weight
    if field.shape is Shape.YES_NO or field.name == "source":
        return 0
    return 3 if field.required else 1


def columns_needed(kind: Kind) -> Sequence[str]:
    """The columns that have to be read to answer."""
    return [field.name for field in kind.fields if weight_of(field)]


def _belongs(field: Field, entry: Entry) -> bool:
    if field.only is None:
        return True
    return all(getattr(entry, name) in codes for name, codes in field.only.items())


def _filled(field: Field, entry: Entry) -> bool:
    if field.shape is Shape.ENTRY:
        return getattr(entry, f"{field.name}_id") is not None
    if isinstance(entry, Need) and field.name == "budget" and entry.is_negotiable:
        return True
    return getattr(entry, field.name) not in (None, "", [])
