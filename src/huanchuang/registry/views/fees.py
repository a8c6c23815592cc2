"""Yearly fees: what falls due within 90 days and what is overdue."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.orm import clock
from huanchuang.registry.queries import fees as known
from huanchuang.registry.queries.paging import PAGE_SIZE
from huanchuang.registry.views.answers import as_file


def _asked(request: HttpRequest) -> known.Asked:
    state = request.GET.get("status", "")
    return known.Asked(
        day=clock.today(),
        state=state if state in known.STATES else "due",
        text=request.GET.get("q", "").strip()[:80],
    )


@require_safe
@requires("registry.fee.view")
def entries(request: HttpRequest) -> HttpResponse:
    """The fees of one's own units, of all for the authority; the most urgent first."""
    user, asked = signed_in(request), _asked(request)
    found = Paginator(known.fee_list(user, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(found)
    context = {
        "page": found,
        "asked": asked,
        "rows": list(zip(rows, known.rows_of(rows, asked.day), strict=True)),
        "groups": known.chips(user, asked),
        "may_pay": allows(user, "registry.patent.pay-fee"),
        "address": request.GET.urlencode(),
    }
    return render(request, "registry/fees.html", context)


@require_safe
@requires("registry.fee.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file."""
    asked = _asked(request)
    found = known.fee_list(signed_in(request), asked).iterator(chunk_size=2000)
    return as_file(form, _("年费"), known.COLUMNS, known.rows_of(found, asked.day))
