"""Bring a plan in: keep the file, start the reading, note its failure."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.files import services as files
from huanchuang.jobs import services as jobs
from huanchuang.steering.models import Plan, PlanState

PLAN_KINDS = frozenset({"docx", "pdf", "html", "txt", "md", "xlsx"})
READ_JOB = "steering.read_plan"


def upload_plan(user: User, upload: UploadedFile[bytes] | bytes, name: str, *, inline: bool = False) -> Plan:
    """Keep a plan's file and start reading it. The same file again gives the plan that is there already.

    A plan whose reading failed is read once more. Raises ProblemError when the file is refused.
    """
    actor = actor_of(user)
    stored = files.store(upload, name, actor, accept=PLAN_KINDS)
    with transaction.atomic():
        plan, new = Plan.objects.get_or_create(
            file_digest=stored.digest, defaults={"title": stored.name, "file": stored, "uploaded_by": user}
        )
        if new:
            files.attach(stored, plan.subject, actor)
            audit.record(
                actor,
                "steering.plan.upload",
                plan.subject,
                after={"file": stored.name, "digest": stored.digest},
            )
        if plan.state == PlanState.FAILED:
            Plan.objects.filter(pk=plan.pk).update(state=PlanState.READING, failure="")
    plan.refresh_from_db()
    if plan.state == PlanState.READING:
        _start_reading(plan, user, inline=inline)
    return plan


def _start_reading(plan: Plan, user: User, *, inline: bool) -> None:
    """Ask for the job; while one is under way the same one is given, so asking twice does no harm."""
    job = jobs.start(
        READ_JOB,
        actor_of(user),
        {"plan": plan.pk},
        f"读取《{plan.title}》",
        subject=plan.subject,
        owner_id=user.pk,
        dedupe=str(plan.pk),
        inline=inline,
    )
    Plan.objects.filter(pk=plan.pk).update(job_id=job.pk)
    plan.refresh_from_db()


@transaction.atomic
def note_failure(plan: Plan, actor: audit.Actor, why: str) -> None:
    """The reading came to nothing; the plan says why and may be uploaded again. A plan that is read stays as it is."""
    reading = Plan.objects.filter(pk=plan.pk, state=PlanState.READING)
    if reading.update(state=PlanState.FAILED, failure=why):
        audit.record(actor, "steering.plan.fail", plan.subject, note=why)
