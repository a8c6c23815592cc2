"""News from below: a job that took long enough to be left alone tells its owner how it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from huanchuang.jobs.effects import finished
from huanchuang.jobs.models import Job, State
from huanchuang.notices.services import notify

WORTH_TELLING = timedelta(seconds=20)
"""Shorter jobs end before the page is left."""

_WORDS = {State.DONE: "已完成", State.FAILED: "未成功"}


@receiver(finished, dispatch_uid="notices.job_finished")
def tell_owner(sender: type[Job], job: Job, **_news: Any) -> None:
    """Tell the owner of a job that failed or took long; a cancelled one needs no word."""
    word = _WORDS.get(State(job.state))
    if word is None or job.owner is None:
        return
    took = job.finished_at - job.created_at if job.finished_at else timedelta()
    if job.state == State.FAILED or took >= WORTH_TELLING:
        link = reverse("jobs:show", args=[job.pk])
        notify([job.owner], "jobs.job.finished", f"{job.title}：{word}", link=link, dedupe=f"job:{job.pk}")
