"""The list of organisations and its export."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows
from huanchuang.accounts.views.gate import requires
from huanchuang.orm import clock
from huanchuang.registry.forms import asked_in
from huanchuang.registry.queries.export import as_csv, as_xlsx
from huanchuang.registry.queries.listing import COLUMNS, PAGE_SIZE, Column, columns_named, listing
from huanchuang.registry.queries.page import filter_groups, more_groups
from huanchuang.registry.views import signed_in

REMEMBERED = "registry.columns"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@requires("registry.organisation.view")
def organisations(request: HttpRequest) -> HttpResponse:
    """The list: search, chips, sort and columns in the address, fifty rows a page."""
    user = signed_in(request)
    asked = asked_in(request.GET)
    page = Paginator(listing(user, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    columns = _columns(request)
    context = {
        "page": page,
        "asked": asked,
        "heads": [_head(request, column, asked.sort) for column in columns],
        "rows": [(row, [column.cell(row) for column in columns[1:]]) for row in page],
        "groups": filter_groups(user),
        "more_groups": more_groups(user),
        "columns": [(column, column in columns) for column in COLUMNS[1:]],
        "may_register": allows(user, "registry.organisation.register"),
        "address": request.GET.urlencode(),
        "asked_words": [(word, text) for word, text in request.GET.items() if word not in ("column", "page")],
    }
    return render(request, "registry/organisations.html", context)


@require_safe
@requires("registry.organisation.export")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows and columns as a file."""
    if form not in TYPES:
        raise Http404
    columns = _columns(request)
    rows = listing(signed_in(request), asked_in(request.GET)).iterator(chunk_size=2000)
    data = as_csv(columns, rows) if form == "csv" else as_xlsx(columns, rows, str(_("主体")))
    response = HttpResponse(data, content_type=TYPES[form])
    name = f"{_('主体名录')}-{clock.today().isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "no-store"
    return response


def _columns(request: HttpRequest) -> list[Column]:
    """The columns named in the address, which are remembered; else those of last time; else the usual ones."""
    named: Iterable[str] = request.GET.getlist("column")
    if named:
        request.session[REMEMBERED] = [column.code for column in columns_named(named)]
    return columns_named(request.session.get(REMEMBERED, ()))


def _head(request: HttpRequest, column: Column, sort: str) -> dict[str, object]:
    """A heading that sorts: pressing it again turns the order round."""
    query = request.GET.copy()
    query.pop("page", None)
    descending = sort == column.sort
    query["sort"] = f"-{column.sort}" if descending else column.sort
    order = "ascending" if descending else "descending" if sort == f"-{column.sort}" else ""
    return {"title": column.title, "url": f"?{query.urlencode()}", "order": order}
