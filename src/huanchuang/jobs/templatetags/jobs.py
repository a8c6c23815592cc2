"""How a job is shown: the partial with its progress, and spans of time in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.jobs.models import Job, State
from huanchuang.jobs.queries import may_cancel, progress
from huanchuang.orm.language import language

register = template.Library()

TONES = {
    State.QUEUED: "grey",
    State.RUNNING: "blue",
    State.DONE: "green",
    State.FAILED: "red",
    State.CANCELLED: "plain",
}


@register.inclusion_tag("jobs/_state.html")
def job_progress(job: Job) -> dict[str, Any]:
    """State, bar, times and result of a job: the part that is fetched again every second."""
    return {
        "job": job,
        "far": progress(job),
        "tone": TONES[State(job.state)],
        "problem": problem_of(job),
    }


@register.simple_tag
def problem_of(job: Job) -> str:
    """Why a job failed, in the reader's language."""
    english = language() == "en"
    return job.problem_en if english else job.problem_zh


@register.inclusion_tag("jobs/_cancel.html", takes_context=True)
def job_cancel(context: RequestContext, job: Job) -> dict[str, Any]:
    """The button that calls a job off, for whom may; it stands beside the part that changes, so that it keeps the focus."""
    user = getattr(context.get("request"), "user", None)
    under_way = not job.is_finished and job.cancel_asked_at is None
    shown = under_way and isinstance(user, User) and may_cancel(user, job)
    return {"job": job, "shown": shown, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def job_status(job: Job) -> dict[str, str]:
    """Word and tone of a job's state for the `status` tag."""
    return {"word": job.get_state_display(), "tone": TONES[State(job.state)]}


@register.filter
def span(seconds: int | None) -> str:
    """A span of time in words, at most two units: 45 秒, 3 分 5 秒, 2 小时 10 分. Unknown: a dash."""
    if seconds is None:
        return "—"
    if seconds < 60:
        return _("%(seconds)s 秒") % {"seconds": seconds}
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": minutes, "seconds": rest}
    hours, rest = divmod(minutes, 60)
    return _("%(hours)s 小时 %(minutes)s 分") % {"hours": hours, "minutes": rest}


@register.filter
def time_taken(job: Job) -> int | None:
    """Seconds that the job has taken so far, or took in all; None before it begins."""
    return progress(job).elapsed
