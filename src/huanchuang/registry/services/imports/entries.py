"""The ten kinds of entries as importers: rows checked against the register, written, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor
from huanchuang.engines.sheets import Table, Wanted
from huanchuang.packs import vocabulary
from huanchuang.registry.models import ImportRow
from huanchuang.registry.queries.imports.shown import Shown, shown_rows
from huanchuang.registry.queries.imports.template import template_of
from huanchuang.registry.queries.kinds import KINDS, Field, Kind, Shape
from huanchuang.registry.queries.kinds.values import code_name, tree_of
from huanchuang.registry.services.imports.checking import EntryChecker
from huanchuang.registry.services.imports.importer import Checked, Order, Reading, Target, offer
from huanchuang.registry.services.imports.undoing import take_back
from huanchuang.registry.services.imports.writing import write

FEW = 60
"""Vocabularies of at most so many codes are offered to choose from."""


@dataclass(frozen=True)
class EntryImporter:
    """Sheets of one kind of entries."""

    kind: Kind

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def deed(self) -> str:
        return f"registry.{self.kind.name}.import"

    @property
    def label(self) -> str | Promise:
        return self.kind.label

    @property
    def icon(self) -> str:
        return self.kind.icon

    def list_url(self) -> str:
        return reverse(f"registry:{self.kind.plural}")

    def targets(self, table: Table | None, user: User | None) -> Sequence[Target]:
        return [
            Target(
                name=one.name,
                label=one.label,
                group=one.group,
                hint=one.hint,
                is_required=self.kind.must_say(one),
                is_money=one.shape is Shape.MONEY,
                choices=choices_of(one),
                may_be_constant=one.name != self.kind.title_field
                and one.shape not in (Shape.USCC, Shape.IP_NUMBER),
            )
            for one in self.kind.settable
        ]

    def wanted(self, table: Table) -> Sequence[Wanted]:
        with override("zh-hans"):
            labels = {one.name: str(one.label) for one in self.kind.settable}
        with override("en"):
            english = {one.name: str(one.label) for one in self.kind.settable}
        needed = [one.name for one in self.kind.settable if self.kind.must_say(one)]
        found = vocabulary.register_columns().wanted(self.name, labels, needed)
        return [replace(one, names=(*one.names, english[one.field])) for one in found]

    def missing(self, reading: Reading) -> Sequence[str]:
        surest = {columns[0] for columns in self.kind.identity if len(columns) == 1}
        known_by = {self.kind.title_field, *surest} & set(self.kind.by_name)
        if known_by & set(reading.columns.values()):
            return []
        return [str(self.kind.by_name[self.kind.title_field].label)]

    def checker(self, order: Order) -> EntryChecker:
        return EntryChecker(self.kind, order)

    def take(self, actor: Actor, order: Order, checked: Sequence[Checked]) -> None:
        write(actor, self.kind, checked, order.source)

    def undo(self, actor: Actor, rows: Sequence[ImportRow]) -> None:
        take_back(actor, self.kind, rows)

    def shown(self, rows: Sequence[ImportRow]) -> Sequence[Sequence[Shown]]:
        return shown_rows(self.kind, rows)

    def template(self) -> bytes:
        return template_of(self.kind)


def choices_of(field: Field) -> Sequence[tuple[str, str]]:
    """Code and name of what a field of codes may hold, in the reader's language; none for long vocabularies."""
    if field.shape not in (Shape.CODE, Shape.CODES):
        return ()
    tree = tree_of(field)
    return [(one.code, code_name(tree, one.code)) for one in tree] if len(tree) <= FEW else ()


def offer_entries() -> None:
    """Let every kind be imported."""
    for kind in KINDS.values():
        offer(EntryImporter(kind))


__all__ = ["EntryImporter", "choices_of", "offer_entries"]
