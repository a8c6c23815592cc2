"""Give a person a private address for the calendar, and take it away."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.queries.tokens import digest_of
from huanchuang.audit import services as audit
from huanchuang.steering.models import CalendarKey

BYTES = 32


@transaction.atomic
def give_address(user: User) -> str:
    """A new secret for the address, shown this once; the one before stops to work."""
    _revoke(user)
    token = secrets.token_urlsafe(BYTES)
    CalendarKey.objects.create(user=user, digest=digest_of(token))
    audit.record(actor_of(user), "steering.calendar.give", user.subject)
    return token


@transaction.atomic
def revoke_address(user: User) -> bool:
    """Let the address of a person stop to work. Returns whether there was one."""
    revoked = _revoke(user)
    if revoked:
        audit.record(actor_of(user), "steering.calendar.revoke", user.subject)
    return revoked


def _revoke(user: User) -> bool:
    return bool(CalendarKey.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now()))
