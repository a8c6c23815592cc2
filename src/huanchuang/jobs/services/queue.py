"""The one task that the worker knows, and putting it into the queue."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from huanchuang.jobs.models import Job
from huanchuang.jobs.services.run import lease, perform


@task()
def run_job(job_id: int) -> None:
    """Take the job if it is free, and do its work. Never raises for a failing body."""
    perform(job_id)


def enqueue(job: Job) -> None:
    """Give the job to the worker (again)."""
    queued = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=str(queued.id), lease_until=timezone.now() + lease())


def still_waits(job: Job) -> bool:
    """Whether the task of `job` lies untouched in the queue."""
    if not job.task_id:
        return False
    try:
        return bool(run_job.get_result(job.task_id).status == TaskResultStatus.READY)
    except (TaskResultDoesNotExist, NotImplementedError):
        return False
