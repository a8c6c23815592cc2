"""What keeps work going when a worker dies: called by the ticker every few seconds."""

from __future__ import annotations

import logging
import time

from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huanchuang.audit.services import SYSTEM, record
from huanchuang.jobs import effects
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.services.ending import finish
from huanchuang.jobs.services.queue import enqueue, still_waits
from huanchuang.jobs.services.run import perform

log = logging.getLogger(__name__)

ATTEMPTS = 3
_last_call: dict[str, float] = {}


def reclaim() -> int:
    """Queue again every job whose lease ran out, from its cursor; after three attempts it has failed.

    A queued job is looked at too: its task is gone when the worker died between taking the task and taking the job.
    Returns how many jobs were queued again.
    """
    overdue = Q(lease_until__lt=timezone.now())
    stopped = Job.objects.filter(overdue, state=State.RUNNING)
    waiting = Job.objects.filter(overdue, state=State.QUEUED)
    return sum(_take_up(job) for job in stopped) + sum(_queue_lost_task(job) for job in waiting)


def _take_up(job: Job) -> bool:
    if job.cancel_asked_at:
        finish(job, State.CANCELLED)
        return False
    if job.attempts >= ATTEMPTS:
        finish(job, State.FAILED, problem=_given_up(job))
        return False
    with transaction.atomic():
        freed = Job.objects.filter(
            pk=job.pk, state=State.RUNNING, holder=job.holder, lease_until=job.lease_until
        ).update(state=State.QUEUED, holder="", updated_at=timezone.now())
        if not freed:
            return False
        record(
            SYSTEM, "jobs.job.reclaim", job.subject, after={"attempts": job.attempts, "cursor": job.cursor}
        )
        enqueue(job)
    log.warning("job %s (%s): its worker went silent, queued again", job.pk, job.kind)
    return True


def _queue_lost_task(job: Job) -> bool:
    if still_waits(job):
        return False
    enqueue(job)
    return True


def _given_up(job: Job) -> tuple[str, str]:
    return (
        f"{job.title}：处理程序中断了{ATTEMPTS}次，已停止重试；已完成的部分不会丢失。请检查文件是否过大或损坏后重新提交，或联系管理员。",
        f"{job.title}: the worker broke off {ATTEMPTS} times and gave up; what was finished is kept. Check whether the "
        "file is too large or damaged and submit again, or ask the administrator.",
    )


def work_off() -> int:
    """Do all queued jobs here and now, without a worker (tests, setting up the demonstration). Returns how many."""
    count = 0
    while waiting := list(Job.objects.filter(state=State.QUEUED).order_by("id").values_list("pk", flat=True)):
        for job_id in waiting:
            perform(job_id)
        count += len(waiting)
    return count


@effects.every(24 * 3600, "jobs.forget_tasks")
def forget_tasks() -> None:
    """Remove ended tasks older than a week from the queue of django-tasks; the jobs stay."""
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)


def tick() -> None:
    """Reclaim, then the regular work that slices registered, each no more often than it asked for.

    A failure of one is logged and leaves the others alone.
    """
    for name, (seconds, function) in {"jobs.reclaim": (0.0, reclaim), **effects.regular}.items():
        if time.monotonic() - _last_call.get(name, float("-inf")) < seconds:
            continue
        _last_call[name] = time.monotonic()
        try:
            function()
        except Exception:
            log.exception("regular work %s failed", name)
