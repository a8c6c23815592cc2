"""Put a corrected version in the place of the one before: small ones at once, large ones as a job that can be watched."""

from __future__ import annotations

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.jobs import services as jobs
from huanchuang.jobs.models import Job
from huanchuang.steering.models import Revision, Target
from huanchuang.steering.queries.plans import TAKE_JOB

AT_ONCE = 400
"""Up to so many lines of both versions nobody has to wait for a worker."""


def ask_to_take_place(user: User, revision: Revision, *, accept_rest: bool) -> Job:
    """Ask for the job; asked again while it is under way (a double click), the same one is given."""
    lines = Target.objects.filter(plan__in=(revision.plan_id, revision.of_id)).count()
    return jobs.start(
        TAKE_JOB,
        actor_of(user),
        {"revision": revision.pk, "user": user.pk, "accept_rest": accept_rest},
        f"修订版《{revision.plan.title}》接替原版",
        subject=revision.plan.subject,
        owner_id=user.pk,
        dedupe=str(revision.pk),
        inline=lines <= AT_ONCE,
    )
