"""Jobs over the API: how far, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

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
    """One of the user's jobs (an administrator: any). 401 without sign-in; others' jobs are 404."""
    user = request.user
    if not isinstance(user, User):
        raise HttpError(401, "请先登录。")
    found = queries.visible_to(user).filter(pk=job_id).first() if allows(user, "jobs.job.view") else None
    if found is None:
        raise HttpError(404, f"没有编号为 {job_id} 的任务，或您无权查看。")
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
