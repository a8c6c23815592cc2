"""The end of a job: written once, by the run that holds it or by the service that gives it up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from huanchuang.audit.services import SYSTEM, record
from huanchuang.jobs import effects
from huanchuang.jobs.models import UNFINISHED, Job, State

WHOLE = {"done": Coalesce("total", "done")}
"""What is done is done to its last step, also when its report came too soon after the one before to be written."""


def finish(
    job: Job,
    state: State,
    *,
    result: dict[str, Any] | None = None,
    problem: tuple[str, str] = ("", ""),
    reference: str = "",
) -> bool:
    """Write the end of `job` if it is still unfinished and held under the token of `job`; tell the slices above.

    Returns False when another run has taken the job meanwhile; nothing is written then.
    """
    with transaction.atomic():
        moment = timezone.now()
        ended = Job.objects.filter(pk=job.pk, holder=job.holder, state__in=UNFINISHED).update(
            state=state,
            result=result or {},
            problem_zh=problem[0],
            problem_en=problem[1],
            reference=reference,
            finished_at=moment,
            updated_at=moment,
            lease_until=None,
            **(WHOLE if state == State.DONE else {}),
        )
        if not ended:
            return False
        record(
            SYSTEM, "jobs.job.finish", job.subject, before={"state": job.state}, after={"state": str(state)}
        )
        job.refresh_from_db()
        transaction.on_commit(lambda: _tell(job))
    return True


def _tell(job: Job) -> None:
    effects.finished.send_robust(sender=Job, job=job)
