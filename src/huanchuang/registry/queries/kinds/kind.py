"""One kind of entries: its fields, what identifies an entry, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Field as Column
from django.utils.functional import Promise

from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries.kinds.field import Field, Shape


@dataclass(frozen=True)
class Kind:
    """A kind of entries of the register. `plural` is its place in addresses; `identity` lists, surest first, the
    columns that together say that two rows are one and the same entry."""

    model: type[Entry]
    plural: str
    label: str | Promise
    icon: str
    fields: tuple[Field, ...]
    title_field: str = "title"
    owner_field: str = "owner"
    identity: tuple[tuple[str, ...], ...] = (("owner", "title_key"),)
    unique: tuple[tuple[str, ...], ...] | None = None
    """Columns that two entries in force never share; `identity` where not said."""
    ordered: tuple[tuple[str, str], ...] = ()
    """Pairs of fields of which the first is never greater than the second."""
    counter: str | Promise = ""
    """How entries of this kind are counted: 家, 人, 项 …"""
    about: str | Promise = ""
    """One sentence for the empty list: what is kept here."""
    by_name: Mapping[str, Field] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})

    @property
    def name(self) -> str:
        """`finance-product`: its name in deeds, addresses, commands and files."""
        return self.model.kind_name()

    @cached_property
    def subject_prefix(self) -> str:
        """What a subject of this kind begins with, `registry.need`."""
        return self.model._meta.label_lower

    @property
    def unique_columns(self) -> tuple[tuple[str, ...], ...]:
        """Columns that two entries in force never share."""
        return self.identity if self.unique is None else self.unique

    @property
    def settable(self) -> Sequence[Field]:
        """Fields that a form or a sheet may set."""
        return [one for one in self.fields if one.typed]

    @property
    def links(self) -> Sequence[Field]:
        """Fields that point at other entries."""
        return [one for one in self.fields if one.shape is Shape.ENTRY]

    def start_of(self, field: Field) -> object:
        """What the model begins with in a field: the state of a new entry; None where it says nothing."""
        column = self.model._meta.get_field(field.name)
        return column.get_default() if isinstance(column, Column) and column.has_default() else None

    def must_say(self, field: Field) -> bool:
        """Whether a new entry must be told this: a required field that its model does not begin with."""
        return field.required and (field.is_list or self.start_of(field) in (None, ""))

    def title(self, entry: Entry) -> str:
        """What the entry is called."""
        return str(getattr(entry, self.title_field))

    def owner(self, entry: Entry) -> Organisation | None:
        """The organisation whose entry it is; an organisation owns itself."""
        if isinstance(entry, Organisation):
            return entry
        found = getattr(entry, self.owner_field)
        return found if isinstance(found, Organisation) else None

    def owner_id(self, entry: Entry) -> int | None:
        """The key of that organisation, without asking the database."""
        if isinstance(entry, Organisation):
            return entry.pk
        key = getattr(entry, f"{self.owner_field}_id")
        return key if isinstance(key, int) else None
