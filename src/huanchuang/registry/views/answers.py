"""A list as a file to download, and whole numbers from an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from huanchuang.orm import clock
from huanchuang.registry.queries.export import as_csv, as_jsonl, as_xlsx
from huanchuang.registry.queries.listing import Column

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
}


def as_file(form: str, label: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The rows of a list in the form asked for; 404 for a form that there is not."""
    if form not in TYPES:
        raise Http404
    if form == "csv":
        data = as_csv(columns, rows)
    else:
        data = as_jsonl(columns, rows) if form == "jsonl" else as_xlsx(columns, rows, label)
    response = HttpResponse(data, content_type=TYPES[form])
    name = f"{label}-{clock.today().isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "no-store"
    return response


def day_in(text: str) -> dt.date | None:
    """The day that an address names, 2026-03-31; None for what is no day of our time."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9000 else None
