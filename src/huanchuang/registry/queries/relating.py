"""Which relations can be made from an entry, by whom, and what stands at the other end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huanchuang.accounts.models import User
from huanchuang.registry.models import Entry, Relation
from huanchuang.registry.queries.kinds import KINDS, RELATION_TYPES, Kind, RelationType, kind_of
from huanchuang.registry.queries.links import entries_of
from huanchuang.registry.queries.visibility import may_change_entry


@dataclass(frozen=True)
class Choice:
    """One way in which an entry can stand to entries of a kind: the type, the direction, the kind of the other end."""

    type: RelationType
    outward: bool
    kind: Kind

    @property
    def code(self) -> str:
        """Its value in a form, `inventor-of:in:person`; what stands last is the kind to be suggested."""
        return f"{self.type.name}:{'out' if self.outward else 'in'}:{self.kind.name}"

    @property
    def label(self) -> str:
        """How it reads on the page of the entry at hand: 完成人、发明人：人员."""
        return f"{self.type.forward if self.outward else self.type.backward}：{self.kind.label}"

    def ends(self, entry: Entry, other: Entry) -> tuple[Entry, Entry]:
        """From-end and to-end."""
        return (entry, other) if self.outward else (other, entry)


def choices_for(entry: Entry) -> Sequence[Choice]:
    """Every relation that an entry of this kind can stand in; one that reads the same from both ends is offered once."""
    mine = kind_of(entry).name
    found = []
    for type_ in RELATION_TYPES.values():
        if mine in type_.sources:
            found += [Choice(type_, True, KINDS[name]) for name in type_.targets]
        if mine in type_.targets and not (type_.forward == type_.backward and mine in type_.sources):
            found += [Choice(type_, False, KINDS[name]) for name in type_.sources]
    return found


def may_relate(user: User, type_: RelationType, from_entry: Entry, to_entry: Entry) -> bool:
    """Whether a person may make or end such a relation: who may change one of its ends.

    Where the relation opens what is confidential (an inventor sees the achievement), it is the to-end that counts.
    """
    if may_change_entry(user, to_entry):
        return True
    return not type_.opens and may_change_entry(user, from_entry)


def ends_of(user: User, relation: Relation) -> tuple[Entry, Entry] | None:
    """Both ends of a relation; None where the person may not know of one of them."""
    known = entries_of(user, (relation.from_subject, relation.to_subject))
    one, other = known.get(relation.from_subject), known.get(relation.to_subject)
    return (one, other) if one is not None and other is not None else None
