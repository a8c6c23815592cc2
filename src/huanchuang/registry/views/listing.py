"""The list of a kind and its export."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page
from huanchuang.registry.forms import asked_in
from huanchuang.registry.queries.export import FORMS
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.listing import (
    Column,
    cells,
    chips,
    columns_named,
    columns_of,
    links_loaded,
    listing,
    rows_of,
)
from huanchuang.registry.queries.paging import page_of
from huanchuang.registry.services.exports import start_export
from huanchuang.registry.views.answers import as_file, as_stream

AT_ONCE = 2000
"""Rows of a file that is made while the reader waits: a workbook of so many takes about a second."""


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
        "may_export_all": allows(user, "registry.district.export"),
        "may_register": allows(user, f"registry.{kind.name}.register"),
        "address": request.GET.urlencode(),
        "asked_words": [(word, text) for word, text in request.GET.items() if word not in ("column", "page")],
        "kept_words": [
            (word, text) for word, text in request.GET.items() if word not in ("q", "page", "column")
        ],
    }
    return render(request, "registry/list.html", context)


@form_page
def export(request: HttpRequest, kind: Kind, form: str) -> HttpResponseBase:
    """The same rows and columns as a file: at once where that takes a moment, csv and jsonl of any length while they are
    read; a long workbook is made in the background, after a word of confirmation."""
    if form not in FORMS:
        raise Http404
    user, columns = signed_in(request), _columns(request, kind)
    found = listing(user, kind, asked_in(kind, request.GET))
    if request.method == "POST":
        words = dict(request.GET.lists())
        job = start_export(user, kind, form, words, [column.code for column in columns])
        return redirect("jobs:show", pk=job.pk)
    count = found[: AT_ONCE + 1].count()
    if count > AT_ONCE and form == "xlsx":
        context = {"kind": kind, "count": found.count(), "address": request.GET.urlencode()}
        return render(request, "registry/export_long.html", context)
    rows, answer = rows_of(user, kind, columns, found), as_file if count <= AT_ONCE else as_stream
    return answer(form, str(kind.label), columns, rows)


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
