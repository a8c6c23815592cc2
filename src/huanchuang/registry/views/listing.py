"""The list of a kind and its export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.orm import clock
from huanchuang.registry.forms import asked_in
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.export import as_csv, as_jsonl, as_xlsx
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.listing import (
    Column,
    cells,
    chips,
    columns_named,
    columns_of,
    links_loaded,
    listing,
)
from huanchuang.registry.queries.paging import page_of

AT_ONCE = 2000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
}


@require_safe
def entries(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The list: search, chips, sort and columns in the address, fifty rows a page."""
    user, asked, columns = signed_in(request), asked_in(kind, request.GET), _columns(request, kind)
    found = links_loaded(kind, columns, listing(user, kind, asked))
    page = page_of(found, request.GET.get("page"), searched=bool(asked.text))
    rows = list(page)
    groups = chips(user, kind)
    context = {
        "kind": kind,
        "kinds": [one for one in KINDS.values() if allows(user, f"registry.{one.name}.view")],
        "page": page,
        "asked": asked,
        "heads": [_head(request, column, asked.sort) for column in columns],
        "rows": list(zip(rows, (row[1:] for row in cells(user, kind, columns, rows)), strict=True)),
        "columns": [
            (column, column in columns) for column in columns_of(kind) if column.code != kind.title_field
        ],
        "numbers": [column.is_number for column in columns[1:]],
        "groups": groups[:2],
        "more_groups": groups[2:],
        "more_open": any(request.GET.get(group["name"]) for group in groups[2:]),
        "may_import": allows(user, f"registry.{kind.name}.import"),
        "may_register": allows(user, f"registry.{kind.name}.register"),
        "address": request.GET.urlencode(),
        "asked_words": [(word, text) for word, text in request.GET.items() if word not in ("column", "page")],
        "kept_words": [
            (word, text) for word, text in request.GET.items() if word not in ("q", "page", "column")
        ],
    }
    return render(request, "registry/list.html", context)


@require_safe
def export(request: HttpRequest, kind: Kind, form: str) -> HttpResponse:
    """The same rows and columns as a file."""
    if form not in TYPES:
        raise Http404
    user, columns = signed_in(request), _columns(request, kind)
    found = links_loaded(kind, columns, listing(user, kind, asked_in(kind, request.GET)))
    rows = _cells(user, kind, columns, found)
    if form == "csv":
        data = as_csv(columns, rows)
    else:
        data = as_jsonl(columns, rows) if form == "jsonl" else as_xlsx(columns, rows, str(kind.label))
    response = HttpResponse(data, content_type=TYPES[form])
    name = f"{kind.label}-{clock.today().isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "no-store"
    return response


def _cells(user: User, kind: Kind, columns: list[Column], found: QuerySet[Entry]) -> Iterator[list[str]]:
    rows = found.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        yield from cells(user, kind, columns, chunk)


def _columns(request: HttpRequest, kind: Kind) -> list[Column]:
    """The columns named in the address, which are remembered; else those of last time; else the usual ones."""
    remembered = f"registry.columns.{kind.name}"
    named: Iterable[str] = request.GET.getlist("column")
    if named:
        request.session[remembered] = [column.code for column in columns_named(kind, named)]
    return columns_named(kind, request.session.get(remembered, ()))


def _head(request: HttpRequest, column: Column, sort: str) -> dict[str, object]:
    """A heading that sorts, where its column has an order: pressing it again turns the order round."""
    if not column.sort:
        return {"title": column.title, "url": "", "order": "", "number": False}
    query = request.GET.copy()
    query.pop("page", None)
    descending = sort == column.sort
    query["sort"] = f"-{column.sort}" if descending else column.sort
    order = "ascending" if descending else "descending" if sort == f"-{column.sort}" else ""
    return {"title": column.title, "url": f"?{query.urlencode()}", "order": order, "number": column.is_number}
