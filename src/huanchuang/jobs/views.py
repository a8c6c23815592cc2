"""Pages of jobs: one job with its progress, and the list of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.jobs import queries, services
from huanchuang.jobs.models import Job

PER_PAGE = 50


@require_safe
@requires("jobs.job.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The jobs that the user asked for, newest first."""
    rows = Paginator(queries.jobs_of(signed_in(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"rows": rows})


@require_safe
@requires("jobs.job.view")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: how far, how long still, what came of it."""
    return render(request, "jobs/show.html", {"job": _visible(request, pk)})


@require_safe
@requires("jobs.job.view")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that changes, fetched every second; at the end the whole page is asked to load anew."""
    job = _visible(request, pk)
    response = render(request, "jobs/_polled.html", {"job": job})
    if job.is_finished:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@requires("jobs.job.cancel")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to cancel a job; the owner and an administrator may, who merely waits for it may not."""
    job = _visible(request, pk)
    if not queries.may_cancel(signed_in(request), job):
        raise Http404
    job = services.cancel(job, actor_of(request))
    said = _("任务已取消。") if job.is_finished else _("已请求取消，任务会在下一步停下。")
    messages.info(request, said)
    return redirect("jobs:show", pk=pk)


def _visible(request: HttpRequest, pk: int) -> Job:
    job = queries.visible_to(signed_in(request)).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job
