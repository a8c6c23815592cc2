"""Checked rows written: new entries made, known ones changed, each with its revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from huanchuang.audit.services import Actor
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile, key_of_subject
from huanchuang.registry.models import Entry, NameKey, Organisation, Outcome, Revision
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.kinds.values import plain_value, value_of_plain
from huanchuang.registry.services import revise
from huanchuang.registry.services.bulk import AT_ONCE, Made, create_all
from huanchuang.registry.services.imports import refusals
from huanchuang.registry.services.imports.importer import CellProblem, Checked
from huanchuang.registry.services.prepare import name_keys, refresh_belongings, set_derived
from huanchuang.registry.services.sameness import put_forward


def write(actor: Actor, kind: Kind, checked: Sequence[Checked], source: str) -> None:
    """Write new and changed rows. Call it inside a transaction. A row that the database refuses becomes a problem."""
    fresh = [one for one in checked if one.outcome == Outcome.NEW.value]
    _create(actor, kind, fresh, source)
    changed = [one for one in checked if one.outcome == Outcome.CHANGED.value]
    change_all(actor, kind, [(one.entry, values_of(kind, one.values)) for one in changed], "import", source)
    for one in changed:
        one.version = one.entry.version


def values_of(kind: Kind, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values of plain ones; links as the keys of their columns."""
    found: dict[str, Any] = {}
    for name, value in plain.items():
        one = kind.by_name[name]
        if one.target:
            found[f"{name}_id"] = int(str(value).partition(":")[2]) if value else None
        else:
            found[name] = value_of_plain(one, value)
    return found


def _create(actor: Actor, kind: Kind, fresh: Sequence[Checked], source: str) -> None:
    for one in fresh:
        one.entry.confirmed_on, one.entry.confirmed_by = clock.today(), actor.name
    made: list[Made] = [(one.entry, _said(kind, one)) for one in fresh]
    try:
        with transaction.atomic():
            create_all(actor, kind, made, "import", source)
    except (
        IntegrityError
    ):  # an entry this person does not know of, or one that came meanwhile: which row is it?
        for one, each in zip(fresh, made, strict=True):
            _create_one(actor, kind, one, each, source)
    for one in fresh:
        if one.outcome == Outcome.NEW.value:
            one.subject, one.version = one.entry.subject, one.entry.version
            _put_forward(actor, kind, one)


def _put_forward(actor: Actor, kind: Kind, one: Checked) -> None:
    """A new entry that may be there already is put forward to be compared."""
    keys = [key for subject, *_ in one.possible if (key := key_of_subject(subject)) is not None]
    for other in kind.model._default_manager.filter(pk__in=keys):
        put_forward(actor, one.entry, other)


def _create_one(actor: Actor, kind: Kind, one: Checked, made: Made, source: str) -> None:
    one.entry.pk = None
    try:
        with transaction.atomic():
            create_all(actor, kind, [made], "import", source)
    except IntegrityError:
        one.outcome = Outcome.PROBLEM.value
        one.problems.append(
            CellProblem.at(one.row, None, kind.title_field, ("", ""), one.title, refusals.REFUSED)
        )


def _said(kind: Kind, one: Checked) -> dict[str, Any]:
    return {name: getattr(one.entry, name) for name in one.values}


SPELLED = frozenset({"name", "short_name", "aliases", "region"})
"""Fields from which the spellings of an organisation are made."""
CALLED = frozenset({"name", "short_name"})
"""Those by which its belongings are found."""


def change_all(
    actor: Actor,
    kind: Kind,
    changes: Sequence[tuple[Entry, dict[str, Any]]],
    deed: str,
    source: str,
    note: str = "",
) -> None:
    """Change many entries, each with a revision; `changes` hold columns of the model. Call it inside a transaction.

    The entries get the versions and values that are stored then. Raises EditedMeanwhile where somebody changed one since
    it was read.
    """
    respelled: list[Organisation] = []
    renamed: list[Organisation] = []
    revisions: list[Revision] = []
    for entry, values in changes:
        for column, value in values.items():
            setattr(entry, column, value)
        entry.confirmed_on, entry.confirmed_by = clock.today(), actor.name
        set_derived(kind, entry)
        _store(kind, entry)
        said = {column.removesuffix("_id"): None for column in values}
        plain = {
            name: plain_value(kind.by_name[name], getattr(entry, name))
            for name in said
            if name in kind.by_name
        }
        revisions.append(revise.revision(actor, entry, deed, plain, source or entry.source, note))
        if isinstance(entry, Organisation) and SPELLED & set(values):
            respelled.append(entry)
            renamed.extend([entry] if CALLED & set(values) else [])
    Revision.objects.bulk_create(revisions, batch_size=AT_ONCE)
    _respell(respelled)
    for entry in renamed:
        refresh_belongings(entry)


def _store(kind: Kind, entry: Entry) -> None:
    """Write all columns, derived ones too, if nobody wrote the entry since it was read. Raises EditedMeanwhile."""
    before = entry.version
    entry.version += 1
    columns = {
        column.attname: getattr(entry, column.attname)
        for column in kind.model._meta.concrete_fields
        if not column.primary_key and column.attname not in ("created_at", "updated_at")
    }
    stored = kind.model._default_manager.filter(pk=entry.pk, version=before)
    if not stored.update(updated_at=timezone.now(), **columns):
        raise EditedMeanwhile(entry)


def _respell(respelled: Sequence[Organisation]) -> None:
    """Keep the spellings of organisations in step with their names."""
    if respelled:
        NameKey.objects.filter(organisation__in=respelled).delete()
        spellings = [key for organisation in respelled for key in name_keys(organisation)]
        NameKey.objects.bulk_create(spellings, batch_size=2000)
