"""Runs: all organisations put to all policies as a job; the result is kept as a file of columns."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.files.services import attach, keep_made, workplace
from huanchuang.jobs.services import Run as JobRun
from huanchuang.jobs.services import perform, start
from huanchuang.policies.models import Run
from huanchuang.policies.queries.library import in_force
from huanchuang.policies.queries.population import asked_organisations, results_of
from huanchuang.policies.queries.runs import counts_of
from huanchuang.policies.queries.together import with_together

JOB = "policies.run"
EARLIEST = dt.date(2000, 1, 1)


def begin_run(user: User, as_of: dt.date, *, inline: bool = False) -> Run:
    """Put every organisation in force to every policy in force on a day; while such a run is under way, that one is it.

    ProblemError for a day without policies.
    """
    if as_of < EARLIEST or not in_force(as_of):
        raise refuse(
            "policies.run.day",
            ("基准日", f"{as_of}没有有效的政策", "请换一个日期；政策的有效期见政策库"),
            ("As of", f"no policy is in force on {as_of}", "Choose another day; the library shows the terms"),
        )
    actor = actor_of(user)
    with transaction.atomic():
        run = Run.objects.create(as_of=as_of, asked_at=timezone.now(), asked_by_name=actor.name)
        title = _("政策测算（基准日 %(day)s）") % {"day": as_of.isoformat()}
        job = start(JOB, actor, {"run": run.pk}, title, run.subject, user.pk, dedupe=as_of.isoformat())
        if job.payload["run"] != run.pk:
            run.delete()
            return Run.objects.get(pk=job.payload["run"])
        run.job = job
        run.save(update_fields=["job"])
        audit.record(actor, "policies.run.start", run.subject, after={"as_of": as_of.isoformat()})
    if inline and run.job is not None:
        perform(run.job.pk)
        run.refresh_from_db()
    return run


def carry_out(job: JobRun) -> dict[str, Any]:
    """The body: nothing is kept before the end, so a run that is taken over begins anew."""
    run = Run.objects.get(pk=job.payload["run"])
    answer = {"url": reverse("policies:run", args=[run.pk]), "text": run.as_of.isoformat()}
    if run.file_id is not None:
        return answer
    every = asked_organisations()
    total = every.count()
    listed = in_force(run.as_of)  # once: a publication meanwhile must not change what this run asks
    answers = results_of(
        every, listed, run.as_of, lambda done: job.progress(done, max(total, done), _("逐家测算"))
    )
    frame = with_together(answers, listed)
    path = workplace() / f"run-{run.pk}-{job.job.holder}.parquet"
    try:
        frame.write_parquet(path)
        stored = keep_made(path, f"policy-run-{run.pk}.parquet", job.actor)
    finally:
        path.unlink(missing_ok=True)
    with transaction.atomic():
        attach(stored, run.subject, job.actor)
        run.file = stored
        run.organisations = frame.height
        run.definitions = [
            {"policy": one.id, "version": one.policy.version, "digest": one.pack.hash} for one in listed
        ]
        run.counts = counts_of(frame, listed) if frame.height else {}
        run.save(update_fields=["file", "organisations", "definitions", "counts"])
    return answer
