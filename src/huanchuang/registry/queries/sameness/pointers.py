"""Every column that can point at an entry, wherever it stands.

Found generically: foreign keys by Django's own account of who points at a model (hidden ones of upper slices
included), names of rows by the `SubjectField` columns that are no history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from huanchuang.orm.fields import SubjectField
from huanchuang.registry.models import Entry, NameKey

DERIVED = (NameKey,)
"""Tables that are written anew from the entry's own fields."""


@dataclass(frozen=True)
class Pointer:
    """A column that can point at an entry, by key or by name."""

    model: type[models.Model]
    column: str
    by_name: bool

    def value(self, entry: Entry) -> object:
        """What the column holds when it points at an entry."""
        return entry.subject if self.by_name else entry.pk

    def rows(self, entry: Entry) -> models.QuerySet[models.Model]:
        """The rows that point at an entry."""
        return self.model._default_manager.filter(**{self.column: self.value(entry)})


def pointers(entry: Entry) -> Iterator[Pointer]:
    """Every column that can point at an entry of this kind, in a fixed order."""
    for relation in sorted(
        _relations(entry), key=lambda one: (one.related_model._meta.label, one.field.name)
    ):
        if relation.related_model not in DERIVED:
            yield Pointer(relation.related_model, relation.field.attname, by_name=False)
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        for column in model._meta.concrete_fields:
            if isinstance(column, SubjectField) and not column.history:
                yield Pointer(model, column.attname, by_name=True)


def _relations(entry: Entry) -> Iterable[models.ManyToOneRel]:
    return [
        one for one in entry._meta.get_fields(include_hidden=True) if isinstance(one, models.ManyToOneRel)
    ]
