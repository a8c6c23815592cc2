"""Register, change and retire an organisation, in the words that other slices use; `entries` does it for all kinds."""

from __future__ import annotations

from typing import Any, cast

from huanchuang.audit import services as audit
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.services import entries


def register_organisation(actor: audit.Actor, **values: Any) -> Organisation:
    """Add an organisation; `values` are its fields, `name` and `kind` at least. Errors as `entries.register`."""
    return cast(Organisation, entries.register(actor, ORGANISATION, values))


def change_organisation(
    actor: audit.Actor, organisation: Organisation, expected_version: int, **values: Any
) -> Organisation:
    """Change fields of an organisation that was read at `expected_version`. Errors as `entries.change`."""
    return cast(Organisation, entries.change(actor, organisation, expected_version, values))


def retire_organisation(
    actor: audit.Actor, organisation: Organisation, expected_version: int, reason: str
) -> Organisation:
    """Take an organisation out of force today, with a reason. Errors as `entries.retire`."""
    return cast(Organisation, entries.retire(actor, organisation, expected_version, reason))
