"""The trail for auditor and administrator: who did what, what stood before and after, and whether the chain is whole."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.audit import queries, services
from huanchuang.audit.models import Entry
from huanchuang.jobs.services import start
from huanchuang.web.forms import TrailForm
from huanchuang.web.queries.trail import rows
from huanchuang.web.tasks import VERIFY

PAGE = 50

AT_ONCE = 100_000
"""Entries that are proven while the person waits (about three seconds); a longer trail becomes a job."""


@requires("audit.trail.view")
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, filtered by person, deed, object and period."""
    return _page(request, None)


@requires("audit.trail.view")
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What one entry changed, for the why panel."""
    found = get_object_or_404(Entry, pk=pk)
    template = "web/_audit_entry.html" if request.headers.get("HX-Request") else "web/audit_entry.html"
    row = rows(signed_in(request), [found])[0]
    return render(request, template, {"entry": found, "changes": row.changes, "secret": row.secret})


@requires("audit.trail.verify")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Prove the trail: at once, or as a job when it is long."""
    if queries.size() <= AT_ONCE:
        return _page(request, services.verify())
    job = start(
        VERIFY, actor_of(request), {}, _("验证审计记录"), owner_id=signed_in(request).pk, dedupe="all"
    )
    return redirect("jobs:show", job.pk)


def _page(request: HttpRequest, proof: services.Verification | None) -> HttpResponse:
    form = TrailForm(request.GET)
    found = queries.trail(**form.wishes()) if form.is_valid() else Entry.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = rows(signed_in(request), page)
    context = {"form": form, "page_obj": page, "rows": shown, "chain": queries.chain(), "proof": proof}
    return render(request, "web/audit.html", context)
