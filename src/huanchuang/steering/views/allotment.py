"""配档表: the table of a year, its cells edited in place, as Excel and as Word."""

from __future__ import annotations

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.steering.models import Target
from huanchuang.steering.queries.allotment import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    Allotment,
    allotment,
    cell_of,
    node_day,
)
from huanchuang.steering.queries.allotment_book import write_book
from huanchuang.steering.queries.allotment_paper import allotment_paper
from huanchuang.steering.queries.allotment_rows import book_lines, months_of, titles
from huanchuang.steering.queries.choices import allotment_choices
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import rows_of
from huanchuang.steering.queries.plans import plan_in_question
from huanchuang.steering.services.measure import NodeGiven, drop_node, set_node
from huanchuang.steering.views.target import line


@require_safe
@requires("steering.ledger.view")
def show(request: HttpRequest) -> HttpResponse:
    """The table of one year."""
    user = signed_in(request)
    filters = Filters.from_query(request.GET)
    context = {
        "table": _table(request),
        "plan": plan_in_question(user, filters.plan),
        "filters": filters,
        "choices": allotment_choices(user, filters),
        "may_edit": allows(user, "steering.target.measure"),
        "query": request.GET.urlencode(),
    }
    return render(request, "steering/allotment.html", context)


@require_safe
@requires("steering.ledger.export")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same table as a workbook (xlsx) or paper (docx) for A3."""
    table = _table(request)
    plan = plan_in_question(signed_in(request), Filters.from_query(request.GET).plan)
    title, note, name = titles(plan, table)
    lines, months = book_lines(table), months_of(table)
    if form == "docx":
        return made(allotment_paper(lines, title, note, months), f"{name}.docx")
    if form == "xlsx":
        book = io.BytesIO()
        write_book(lines, title, note, months, book)
        return made(book.getvalue(), f"{name}.xlsx")
    raise Http404


@form_page
@requires("steering.target.measure")
def cell(request: HttpRequest, pk: int, year: int, month: int) -> HttpResponse:
    """One cell as a small form; saved, it is the cell again. Without words the node goes."""
    if not (1 <= month <= MONTHS and FIRST_YEAR <= year <= LAST_YEAR):
        raise Http404
    found, problem = line(request, pk), ""
    if request.method == "POST":
        try:
            _set(request, found, year, month)
        except ProblemError as wrong:
            problem = wrong.text(language())
    row = rows_of(Target.objects.filter(pk=pk), clock.today())[0]
    context = {
        "cell": cell_of(found, row, year, month),
        "target": found,
        "year": year,
        "may_edit": True,
        "editing": request.method != "POST" or bool(problem),
        "problem": problem,
        "day": node_day(found, year, month),
    }
    template = "steering/_cell.html" if request.headers.get("HX-Request") else "steering/cell.html"
    return render(
        request, template, context, status=422 if problem and not request.headers.get("HX-Request") else 200
    )


def _set(request: HttpRequest, found: Target, year: int, month: int) -> None:
    user, words, day = signed_in(request), request.POST.get("text", "").strip(), node_day(found, year, month)
    present = found.nodes.filter(due_on__year=year, due_on__month=month).order_by("-due_on").first()
    at = present.due_on if present is not None else day
    value, percent = (present.value, present.percent) if present is not None else (None, None)
    if words or value is not None or percent is not None:
        set_node(user, found, NodeGiven(at, words, value, percent))
    else:
        drop_node(user, found, at)


def _table(request: HttpRequest) -> Allotment:
    today = clock.today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    chosen = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
    return allotment(signed_in(request), Filters.from_query(request.GET), chosen, today)
