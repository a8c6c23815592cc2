"""Give a person a private address for an organisation's calendar of windows, and take it away."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.queries.tokens import digest_of
from huanchuang.audit import services as audit
from huanchuang.policies.models import WindowKey
from huanchuang.registry.models import Organisation

BYTES = 32


@transaction.atomic
def give_address(user: User, organisation: Organisation) -> str:
    """A new secret for the address, shown this once; the one before stops to work."""
    _revoke(user, organisation)
    token = secrets.token_urlsafe(BYTES)
    WindowKey.objects.create(user=user, organisation=organisation, digest=digest_of(token))
    audit.record(actor_of(user), "policies.windows.give", organisation.subject)
    return token


@transaction.atomic
def revoke_address(user: User, organisation: Organisation) -> bool:
    """Let the address stop to work. Returns whether there was one."""
    revoked = _revoke(user, organisation)
    if revoked:
        audit.record(actor_of(user), "policies.windows.revoke", organisation.subject)
    return revoked


def _revoke(user: User, organisation: Organisation) -> bool:
    rows = WindowKey.objects.filter(user=user, organisation=organisation, revoked_at=None)
    return bool(rows.update(revoked_at=timezone.now()))
