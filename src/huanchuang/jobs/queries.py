"""Reading jobs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from huanchuang.accounts.models import Role, User
from huanchuang.jobs.models import Job, State


def visible_to(user: User) -> QuerySet[Job]:
    """Jobs that `user` may see: the own ones and those asked for together with others; an administrator sees all."""
    if user.role == Role.ADMINISTRATOR:
        return Job.objects.all()
    watched = Job.objects.filter(watchers=user).values("pk")
    return Job.objects.filter(Q(owner=user) | Q(pk__in=watched))


def jobs_of(user: User) -> QuerySet[Job]:
    """The jobs that `user` asked for, newest first."""
    watched = Job.objects.filter(watchers=user).values("pk")
    return Job.objects.filter(Q(owner=user) | Q(pk__in=watched))


def may_cancel(user: User, job: Job) -> bool:
    """Whether `user` may call the job off: its owner and administrators."""
    return job.owner_id == user.pk or user.role == Role.ADMINISTRATOR


@dataclass(frozen=True)
class Progress:
    """How far a job is. Seconds are whole; None is not known (not begun, number of steps unknown)."""

    percent: int | None
    elapsed: int | None
    remaining: int | None


def progress(job: Job, now: dt.datetime | None = None) -> Progress:
    """How far `job` is, and how long it will still take if it goes on at its pace so far."""
    moment = job.finished_at or now or timezone.now()
    elapsed = max(0, int((moment - job.started_at).total_seconds())) if job.started_at else None
    percent = min(100, job.done * 100 // job.total) if job.total else None
    if job.state == State.DONE:
        percent = 100
    remaining = None
    if job.state == State.RUNNING and elapsed and job.total and 0 < job.done <= job.total:
        remaining = elapsed * (job.total - job.done) // job.done
    return Progress(percent, elapsed, remaining)
