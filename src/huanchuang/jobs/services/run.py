"""Doing a job: claim, work under a lease, end.

The claim and every later write name the token of this run. When a lease runs out and another run takes the job,
the token changes, and the earlier run, should it still live, fails at its next write with `LeaseLost`. A body that
writes its work and calls `Run.checkpoint` in one transaction therefore counts each step exactly once.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from huanchuang.audit.services import Actor
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.jobs import effects
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services.ending import finish

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.2
"""Seconds between two writes of progress, so that a body may report each of 100,000 steps."""


class Cancelled(Exception):
    """Somebody asked to cancel the job; the body lets this pass."""


class LeaseLost(Exception):
    """Another run has taken the job; this one must stop and write nothing."""


class Run:
    """What a body is given: the order, and the means to report, to save its place and to notice a cancel."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self.cursor: dict[str, Any] = job.cursor
        self.actor = Actor(job.actor_id, job.actor_name)
        self._reported = float("-inf")

    def progress(self, done: int, total: int | None, note: str = "") -> None:
        """Report `done` of `total` steps (None: not known) and renew the lease.

        Raises Cancelled when a cancel was asked for, LeaseLost when another run has the job.
        """
        now = time.monotonic()
        if now - self._reported < PROGRESS_EVERY and done != total:
            return
        self._reported = now
        self._write(done=done, total=total, note=note[:200])

    def checkpoint(self, cursor: dict[str, Any]) -> None:
        """Save where the next attempt goes on. Call it in the transaction that holds the work of this step.

        Raises as `progress` does; the step is then rolled back and will be done by whoever goes on.
        """
        self._write(cursor=cursor)
        self.cursor = cursor

    def _write(self, **values: Any) -> None:
        moment = timezone.now()
        held = Job.objects.filter(pk=self.job.pk, holder=self.job.holder, state=State.RUNNING)
        written = held.filter(cancel_asked_at=None).update(
            lease_until=moment + lease(), heartbeat_at=moment, updated_at=moment, **values
        )
        if written:
            return
        if held.exists():
            raise Cancelled
        raise LeaseLost


def lease() -> dt.timedelta:
    """How long a run may stay silent before another takes its job (60 s unless settings say otherwise)."""
    return dt.timedelta(seconds=settings.HUANCHUANG_JOB_LEASE)


def claim(job_id: int) -> Job | None:
    """Take a queued job, or None where there is nothing to take (done, cancelled, or held by another)."""
    moment = timezone.now()
    token = secrets.token_hex(12)
    taken = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING,
        holder=token,
        lease_until=moment + lease(),
        heartbeat_at=moment,
        started_at=moment,
        attempts=F("attempts") + 1,
        updated_at=moment,
    )
    return Job.objects.get(pk=job_id, holder=token) if taken else None


def perform(job_id: int) -> None:
    """Do the work of one job from its cursor and write how it ended."""
    job = claim(job_id)
    if job is None:
        return
    try:
        result = _work(job)
    except Cancelled:
        finish(job, State.CANCELLED)
    except LeaseLost:
        log.warning("job %s: another run has taken it, this one stops", job.pk)
    except ProblemError as error:
        finish(job, State.FAILED, problem=(error.text("zh"), error.text("en")))
    except Exception:
        _fail_unexpectedly(job)
    else:
        finish(job, State.DONE, result=result)


def _work(job: Job) -> dict[str, Any]:
    body = effects.bodies.get(job.kind)
    if body is None:
        raise LookupError(f"no body for jobs of kind {job.kind!r}")
    return body(Run(job)) or {}


def _fail_unexpectedly(job: Job) -> None:
    reference = secrets.token_hex(4).upper()
    log.exception("job %s (%s) failed unexpectedly, reference %s", job.pk, job.kind, reference)
    finish(
        job,
        State.FAILED,
        reference=reference,
        problem=(
            f"{job.title}：程序出错，已完成的部分不会丢失。请稍后重试；仍不成功时请把编号 {reference} 告诉管理员。",
            f"{job.title}: an unexpected error; what was finished is kept. Try again later; if it fails again, "
            f"give the administrator the reference {reference}.",
        ),
    )
