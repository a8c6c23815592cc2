"""The ledger as a list and as a sheet, and what is due."""

from __future__ import annotations

import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.packs.ledgers import ledger_rules
from huanchuang.steering.queries.choices import choices, columns, slip_chips
from huanchuang.steering.queries.due import due_lists
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import PAGE, all_rows, ledger
from huanchuang.steering.queries.plans import plan_in_question
from huanchuang.steering.queries.sheet import sheet_rows, sheet_title
from huanchuang.steering.queries.slips import slips_for
from huanchuang.steering.queries.visibility import sees_whole_ledger
from huanchuang.steering.queries.workbook import write_ledger


@require_safe
@requires("steering.ledger.view")
def show(request: HttpRequest) -> HttpResponse:
    """The ledger: narrowed and sorted as the address says, fifty lines a page."""
    user, today = signed_in(request), clock.today()
    filters = Filters.from_query(request.GET)
    found = ledger(user, filters, today, request.GET.get("page", 1))
    context = {
        "ledger": found,
        "plan": plan_in_question(user, filters.plan),
        "choices": choices(user, filters, found),
        "columns": columns(request.GET),
        "may_upload": allows(user, "steering.plan.upload"),
        "whole": sees_whole_ledger(user),
        "query": request.GET.urlencode(),
        "narrowed": filters != Filters(plan=filters.plan, sort=filters.sort),
    }
    return render(request, "steering/ledger.html", context)


@require_safe
@requires("steering.ledger.export")
def export(request: HttpRequest) -> HttpResponse:
    """Exactly what the list shows, all pages, as 工作台账."""
    user, today = signed_in(request), clock.today()
    filters = Filters.from_query(request.GET)
    rows = sheet_rows(all_rows(user, filters, today))
    title, note, name = sheet_title(plan_in_question(user, filters.plan), len(rows), today)
    book = io.BytesIO()
    write_ledger(rows, title, note, book)
    return made(book.getvalue(), name)


@require_safe
@requires("steering.ledger.view")
def due(request: HttpRequest) -> HttpResponse:
    """What is late, what is due within 7 and within 30 days."""
    user, today = signed_in(request), clock.today()
    return render(
        request,
        "steering/due.html",
        {
            "lists": due_lists(user, today),
            "today": today,
            "may_subscribe": allows(user, "steering.calendar.follow"),
        },
    )


@require_safe
@requires("steering.slip.view")
def slips(request: HttpRequest) -> HttpResponse:
    """The slips that went out (催办单), newest first, with whether the unit has answered."""
    stage, unanswered = request.GET.get("stage", ""), request.GET.get("open", "") == "1"
    found = slips_for(signed_in(request), stage, unanswered)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page", 1)),
        "count": found.count(),
        "chips": slip_chips(),
        "rules": ledger_rules().slips,
    }
    return render(request, "steering/slips.html", context)
