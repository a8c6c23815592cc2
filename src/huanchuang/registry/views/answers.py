"""A list as a file to download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, override

from huanchuang.files.views import to_save
from huanchuang.orm import clock
from huanchuang.registry.queries.export import About, as_csv, as_jsonl, as_xlsx, pieces
from huanchuang.registry.queries.listing import Column

A = TypeVar("A", bound=HttpResponseBase)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
}


def as_file(
    form: str, label: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], about: About = ()
) -> HttpResponse:
    """The rows of a list in the form asked for; 404 for a form that there is not. A workbook says on a last sheet what
    the list is (`about`)."""
    if form not in TYPES:
        raise Http404
    if form == "csv":
        data = as_csv(columns, rows)
    else:
        data = as_jsonl(columns, rows) if form == "jsonl" else as_xlsx(columns, rows, label, about)
    return _named(HttpResponse(data, content_type=TYPES[form]), form, label)


def as_stream(
    form: str, label: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """The same as csv or jsonl, leaving while it is read: the first bytes come at once, memory stays small. When
    something fails on the way the connection breaks, and the browser says that the file is not whole."""
    made = StreamingHttpResponse(_spoken(pieces(form, columns, rows)), content_type=TYPES[form])
    return _named(made, form, label)


def _spoken(several: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces made in the language of the request, whatever the thread speaks by the time they are sent."""
    return _in_language(get_language(), several)


def _in_language(language: str | None, several: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with override(language):
            piece = next(several, None)
        if piece is None:
            return
        yield piece


def _named(answer: A, form: str, label: str) -> A:
    return to_save(answer, f"{label}-{clock.today().isoformat()}.{form}")
