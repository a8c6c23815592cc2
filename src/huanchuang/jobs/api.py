"""Jobs over the API: how far, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
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
    user = request.user
    if not isinstance(user, User) or not allows(user, "jobs.job.view"):
        raise PermissionDenied
    found = queries.visible_to(user).filter(pk=job_id).first()
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
