"""Asking for work and calling it off."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor, record
from huanchuang.jobs.models import UNFINISHED, Job, State
from huanchuang.jobs.services.ending import finish
from huanchuang.jobs.services.queue import enqueue
from huanchuang.jobs.services.run import lease, perform


def start(
    kind: str,
    actor: Actor,
    payload: dict[str, Any],
    title: str,
    subject: str = "",
    owner_id: int | None = None,
    *,
    dedupe: str = "",
    inline: bool = False,
) -> Job:
    """Write the job and queue its task in one transaction, so that neither can exist without the other.

    While a job of the same `kind` and `dedupe` key is unfinished (a double click), that one is returned.
    The owner is `owner_id`, else the user whose id the actor carries. `inline` does the work before returning.
    """
    owner = owner_id if owner_id is not None else _user_id(actor)
    try:
        with transaction.atomic():
            job = _write(kind, actor, payload, title, subject, owner, dedupe)
            if not inline:
                enqueue(job)
    except IntegrityError:
        if (same := _same_unfinished(kind, dedupe, owner)) is not None:
            return same
        raise
    if inline:
        perform(job.pk)
    job.refresh_from_db()
    return job


def _write(
    kind: str, actor: Actor, payload: dict[str, Any], title: str, subject: str, owner: int | None, dedupe: str
) -> Job:
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        about=subject,
        payload=payload,
        dedupe=dedupe,
        actor_id=actor.id,
        actor_name=actor.name,
        owner_id=owner,
        lease_until=timezone.now() + lease(),
    )
    record(actor, "jobs.job.start", job.subject, after={"kind": kind, "title": job.title, "about": subject})
    return job


def _same_unfinished(kind: str, dedupe: str, owner: int | None) -> Job | None:
    job = Job.objects.filter(kind=kind, dedupe=dedupe, state__in=UNFINISHED).first() if dedupe else None
    if job is not None and owner is not None and owner != job.owner_id:
        job.watchers.add(owner)
    return job


def _user_id(actor: Actor) -> int | None:
    if not actor.id.isdigit():
        return None
    return User.objects.filter(pk=int(actor.id)).values_list("pk", flat=True).first()


@transaction.atomic
def cancel(job: Job, actor: Actor) -> Job:
    """Cancel a job: at once while it waits, at its next report of progress while it runs. Ended jobs stay."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.is_finished or locked.cancel_asked_at:
        return locked
    locked.cancel_asked_at = timezone.now()
    locked.save(update_fields=["cancel_asked_at", "updated_at"])
    record(actor, "jobs.job.cancel", locked.subject, before={"state": locked.state})
    if locked.state == State.QUEUED:
        finish(locked, State.CANCELLED)
        locked.refresh_from_db()
    return locked
