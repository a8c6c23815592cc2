"""Who belongs to an organisation: joining and leaving."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.audit import services as audit
from huanchuang.orm import clock
from huanchuang.registry.models import Membership, Organisation


def join(
    actor: audit.Actor, user: User, organisation: Organisation, post: str = "", since: dt.date | None = None
) -> Membership:
    """Let a user belong to an organisation from a day on (today when not said); a lasting membership stays as it is."""
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(
            user=user,
            organisation=organisation,
            until=None,
            defaults={"post": post.strip(), "since": since or clock.today()},
        )
        if made:
            after = {"user": user.username, "post": membership.post, "since": membership.since.isoformat()}
            audit.record(actor, "registry.membership.join", organisation.subject, after=after)
    return membership


def leave(actor: audit.Actor, membership: Membership, until: dt.date | None = None) -> Membership:
    """End a membership; `until` is its last day (yesterday when not said, but not before it began).

    Ending it yesterday takes the right away at once. A membership that has ended stays as it is.
    """
    with transaction.atomic():
        stored = (
            Membership.objects.select_for_update()
            .select_related("organisation", "user")
            .get(pk=membership.pk)
        )
        if stored.until is None:
            stored.until = max(until or clock.today() - dt.timedelta(days=1), stored.since)
            stored.version += 1
            stored.save()
            after = {"user": stored.user.username, "until": stored.until.isoformat()}
            audit.record(actor, "registry.membership.leave", stored.organisation.subject, after=after)
    return stored
