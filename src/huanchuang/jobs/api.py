"""Jobs over the API: how far, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from huanchuang.accounts.views.calls import caller
from huanchuang.jobs import queries
from huanchuang.jobs.models import Job

router = Router(tags=["jobs"])


class JobOut(Schema):
    """A job. Seconds are whole; null is not known."""

    id: int
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    note: str
    percent: int | None
    elapsed_seconds: int | None
    remaining_seconds: int | None
    result: dict[str, object]
    problem: str
    problem_en: str
    created_at: dt.datetime
    finished_at: dt.datetime | None


@router.get("/{job_id}", response=JobOut, summary="任务的进度和结果")
def job(request: HttpRequest, job_id: int) -> JobOut:
    """One of the user's jobs (an administrator: any). Others' jobs are 404, as if they were not there."""
    user = caller(request, "jobs.job.view")
    found = queries.visible_to(user).filter(pk=job_id).first() if 0 < job_id < 2**63 else None
    if found is None:
        raise Http404
    return _shown(found)


def _shown(found: Job) -> JobOut:
    far = queries.progress(found)
    return JobOut(
        id=found.pk,
        kind=found.kind,
        title=found.title,
        state=found.state,
        done=found.done,
        total=found.total,
        note=found.note,
        percent=far.percent,
        elapsed_seconds=far.elapsed,
        remaining_seconds=far.remaining,
        result=found.result,
        problem=found.problem_zh,
        problem_en=found.problem_en,
        created_at=found.created_at,
        finished_at=found.finished_at,
    )
