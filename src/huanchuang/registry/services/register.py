"""Register, change and retire an organisation, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import NameKey, Organisation
from huanchuang.registry.services import checks
from huanchuang.registry.services.prepare import name_keys, set_derived


def register_organisation(actor: audit.Actor, **values: Any) -> Organisation:
    """Add an organisation to the register; `values` are fields of Organisation, `name` and `kind` at least.

    Raises ProblemError for values the vocabulary does not know, and `checks.AlreadyRegistered`, which names the
    organisation that is already there, for a name or code that is taken.
    """
    cleaned = checks.cleaned(values)
    organisation = Organisation(**{"confirmed_on": clock.today(), "confirmed_by": actor.name, **cleaned})
    set_derived(organisation)
    with transaction.atomic():
        checks.refuse_duplicate(organisation)
        try:
            with transaction.atomic():
                organisation.save(force_insert=True)
        except IntegrityError:  # another registration of the same one came between the look and the insert
            checks.refuse_duplicate(organisation)
            raise
        _rewrite_names(organisation)
        after = {field: checks.plain(getattr(organisation, field)) for field in cleaned}
        audit.record(actor, "registry.organisation.register", organisation.subject, after=after)
    return organisation


def change_organisation(
    actor: audit.Actor, organisation: Organisation, expected_version: int, **values: Any
) -> Organisation:
    """Change fields of an organisation that was read at `expected_version`; the change also confirms the record.

    Raises EditedMeanwhile when somebody else changed it since, ProblemError as `register_organisation` does.
    Values that are equal to the stored ones are no change; nothing is written when there is none.
    """
    cleaned = checks.cleaned(values, organisation)
    with transaction.atomic():
        stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before, after = _differences(stored, cleaned)
        if not after and stored.version == expected_version:
            return stored
        for field, value in cleaned.items():
            setattr(stored, field, value)
        stored.confirmed_on, stored.confirmed_by = clock.today(), actor.name
        set_derived(stored)
        checks.refuse_duplicate(stored)
        save_versioned(stored, expected_version)
        _rewrite_names(stored)
        audit.record(actor, "registry.organisation.change", stored.subject, before=before, after=after)
    return stored


def retire_organisation(
    actor: audit.Actor, organisation: Organisation, expected_version: int, reason: str
) -> Organisation:
    """Take an organisation out of force today, with a reason; its record, facts and history stay.

    Raises ProblemError without a reason or when it is retired already, EditedMeanwhile as above.
    """
    checks.refuse_retiring(organisation, reason)
    with transaction.atomic():
        stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
        stored.retired_on, stored.retired_because = clock.today(), reason.strip()
        save_versioned(stored, expected_version)
        after = {"retired_on": stored.retired_on.isoformat(), "retired_because": stored.retired_because}
        audit.record(
            actor, "registry.organisation.retire", stored.subject, after=after, note=stored.retired_because
        )
    return stored


def _differences(stored: Organisation, cleaned: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [field for field, value in cleaned.items() if getattr(stored, field) != value]
    before = {field: checks.plain(getattr(stored, field)) for field in changed}
    return before, {field: checks.plain(cleaned[field]) for field in changed}


def _rewrite_names(organisation: Organisation) -> None:
    organisation.name_keys.all().delete()
    NameKey.objects.bulk_create(name_keys(organisation))
