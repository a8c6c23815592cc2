"""Register, change, confirm and retire an entry of any kind: one transaction, one revision, one audit entry each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile, save_versioned
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind, kind_of
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.services import checks, revise
from huanchuang.registry.services.prepare import refresh_belongings, rewrite_names, set_derived

REFRESHING = frozenset({"name", "short_name", "is_confidential"})
"""Fields on which what is stored of other entries depends."""


def register(
    actor: audit.Actor, kind: Kind, values: Mapping[str, Any], source: str = "", deed: str = "register"
) -> Entry:
    """Add an entry; `values` are fields of the kind, its required ones at least.

    `source` says where the values come from where the entry's own field `source` does not. Raises ProblemError for
    values that cannot be kept, and `checks.AlreadyRegistered`, which holds the entry that is there already.
    """
    cleaned = checks.cleaned(kind, values)
    entry = kind.model(**{"confirmed_on": clock.today(), "confirmed_by": actor.name, **cleaned})
    set_derived(kind, entry)
    with transaction.atomic():
        checks.refuse_duplicate(kind, entry)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:  # another registration of the same one came between the look and the insert
            checks.refuse_duplicate(kind, entry)
            raise
        rewrite_names(entry)
        plain = plain_values(kind, {name: getattr(entry, name) for name in cleaned if name in kind.by_name})
        revise.note(actor, entry, deed, plain, source or entry.source)
        audit.record(actor, f"registry.{kind.name}.{deed}", entry.subject, after=revise.told(entry, plain))
    return entry


def draft(kind: Kind, values: Mapping[str, Any]) -> Entry:
    """The entry as `register` would add it, not stored; refused as there."""
    entry = kind.model(**checks.cleaned(kind, values))
    set_derived(kind, entry)
    checks.refuse_duplicate(kind, entry)
    return entry


def change(
    actor: audit.Actor,
    entry: Entry,
    expected_version: int,
    values: Mapping[str, Any],
    source: str = "",
    note: str = "",
    deed: str = "change",
) -> Entry:
    """Change fields of an entry that was read at `expected_version`; the change also confirms it.

    Raises EditedMeanwhile when somebody else changed it since, ProblemError as `register` does.
    Values that are equal to the stored ones are no change; nothing is written when there is none.
    """
    kind = kind_of(entry)
    cleaned = checks.cleaned(kind, values, entry)
    with transaction.atomic():
        stored = kind.model._default_manager.select_for_update().get(pk=entry.pk)
        changed = [name for name, value in cleaned.items() if getattr(stored, name) != value]
        if not changed and stored.version == expected_version:
            return stored
        before = plain_values(kind, {name: getattr(stored, name) for name in changed})
        for name, value in cleaned.items():
            setattr(stored, name, value)
        stored.confirmed_on, stored.confirmed_by = clock.today(), actor.name
        set_derived(kind, stored)
        checks.refuse_duplicate(kind, stored)
        save_versioned(stored, expected_version)
        rewrite_names(stored)
        if not REFRESHING.isdisjoint(changed):
            refresh_belongings(stored)
        after = plain_values(kind, {name: getattr(stored, name) for name in changed})
        revise.note(actor, stored, deed, after, source or stored.source, note)
        audit.record(
            actor, f"registry.{kind.name}.{deed}", stored.subject,
            before=revise.told(stored, before), after=revise.told(stored, after), note=revise.remark(stored, note),
        )  # fmt: skip
    return stored


def confirm(actor: audit.Actor, entry: Entry, expected_version: int) -> Entry:
    """Say that an entry is still right as it stands. Raises EditedMeanwhile when it is not what was looked at."""
    kind = kind_of(entry)
    with transaction.atomic():
        stored = kind.model._default_manager.select_for_update().get(pk=entry.pk)
        if stored.version != expected_version:
            raise EditedMeanwhile(stored)
        if (stored.confirmed_on, stored.confirmed_by) == (clock.today(), actor.name):
            return stored
        stored.confirmed_on, stored.confirmed_by = clock.today(), actor.name
        save_versioned(stored, expected_version)
        revise.note(actor, stored, "confirm", {}, "")
        audit.record(actor, f"registry.{kind.name}.confirm", stored.subject)
    return stored


def retire(actor: audit.Actor, entry: Entry, expected_version: int, reason: str) -> Entry:
    """Take an entry out of force today, with a reason; its record, facts and history stay.

    Raises ProblemError without a reason or when it is retired already, EditedMeanwhile as above.
    """
    kind = kind_of(entry)
    checks.refuse_retiring(kind, entry, reason)
    with transaction.atomic():
        stored = kind.model._default_manager.select_for_update().get(pk=entry.pk)
        checks.refuse_retiring(kind, stored, reason)
        stored.retired_on, stored.retired_because = clock.today(), reason.strip()
        set_derived(kind, stored)
        save_versioned(stored, expected_version)
        after = {"retired_on": stored.retired_on.isoformat(), "retired_because": stored.retired_because}
        revise.note(actor, stored, "retire", {}, "", stored.retired_because)
        audit.record(
            actor, f"registry.{kind.name}.retire", stored.subject,
            after=revise.told(stored, after), note=revise.remark(stored, stored.retired_because),
        )  # fmt: skip
    return stored


def plain_values(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as revisions keep them."""
    return {name: plain_value(kind.by_name[name], value) for name, value in values.items()}
