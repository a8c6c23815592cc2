"""The ten kinds of entries, each described once: lists, pages, forms, sheets, exports and the API all read from here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds.field import Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind
from huanchuang.registry.queries.kinds.needs import NEED
from huanchuang.registry.queries.kinds.offers import DOCUMENT, EQUIPMENT, FINANCE_PRODUCT, SERVICE, SPACE
from huanchuang.registry.queries.kinds.organisation import ORGANISATION
from huanchuang.registry.queries.kinds.people import PERSON
from huanchuang.registry.queries.kinds.relations import RELATION_TYPES, RelationType
from huanchuang.registry.queries.kinds.results import ACHIEVEMENT, PATENT

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        ORGANISATION, PERSON, ACHIEVEMENT, PATENT, NEED, EQUIPMENT, SERVICE, FINANCE_PRODUCT, SPACE, DOCUMENT,
    )
}  # fmt: skip


def kind_named(name: str) -> Kind:
    """The kind of that name; KeyError where there is none."""
    return KINDS[name]


def kind_of(entry: Entry) -> Kind:
    """The kind of an entry."""
    return KINDS[entry.kind_name()]


@cache
def _by_prefix() -> Mapping[str, Kind]:
    return {kind.subject_prefix: kind for kind in KINDS.values()}


def kind_of_subject(subject: str) -> Kind | None:
    """The kind that a subject (`registry.need:7`) belongs to; None for subjects of other slices."""
    return _by_prefix().get(subject.partition(":")[0])


__all__ = [
    "ACHIEVEMENT",
    "DOCUMENT",
    "EQUIPMENT",
    "FINANCE_PRODUCT",
    "KINDS",
    "NEED",
    "ORGANISATION",
    "PATENT",
    "PERSON",
    "RELATION_TYPES",
    "SERVICE",
    "SPACE",
    "Field",
    "Kind",
    "RelationType",
    "Shape",
    "key_of_subject",
    "kind_named",
    "kind_of",
    "kind_of_subject",
]
