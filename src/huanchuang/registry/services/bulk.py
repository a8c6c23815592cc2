"""Register many organisations at once: one transaction, one audit entry; those already there stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.orm import clock
from huanchuang.registry.models import NameKey, Organisation
from huanchuang.registry.services import checks
from huanchuang.registry.services.prepare import name_keys, set_derived

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Registered:
    """How many organisations a bulk load added, and how many were there already."""

    added: int
    known: int


def register_organisations(
    actor: audit.Actor, rows: Iterable[Mapping[str, Any]], digest: str, note: str = ""
) -> Registered:
    """Add the organisations that are not there yet, by code or name; `digest` is the sha256 of their source.

    Raises ProblemError for the first row that `register_organisation` would refuse; nothing is written then.
    Rows that repeat an earlier row of the same load count as known.
    """
    made = [_made(actor, row) for row in rows]
    with transaction.atomic():
        fresh = _not_there(made)
        Organisation.objects.bulk_create(fresh, batch_size=AT_ONCE)
        NameKey.objects.bulk_create([key for row in fresh for key in name_keys(row)], batch_size=AT_ONCE)
        if fresh:
            audit.record_bulk(
                actor,
                "registry.organisation.register_many",
                note or "registry.organisation",
                digest,
                len(fresh),
            )
    return Registered(len(fresh), len(made) - len(fresh))


def _made(actor: audit.Actor, row: Mapping[str, Any]) -> Organisation:
    values = {"confirmed_on": clock.today(), "confirmed_by": actor.name, **checks.cleaned(row)}
    organisation = Organisation(**values)
    set_derived(organisation)
    return organisation


def _not_there(made: list[Organisation]) -> list[Organisation]:
    stored = Organisation.objects.values_list("name_key", "uscc", "retired_on")
    names = {name for name, _, retired_on in stored if retired_on is None}
    codes = {code.text for _, code, _ in stored if code}
    fresh: list[Organisation] = []
    for row in made:
        code = row.uscc.text if row.uscc else ""
        if row.name_key in names or code in codes:
            continue
        names.add(row.name_key)
        codes |= {code} - {""}
        fresh.append(row)
    return fresh
