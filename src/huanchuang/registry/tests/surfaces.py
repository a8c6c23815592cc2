"""Every way in which an entry of the register is shown, each read back into field → text, for any signed-in client."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.listing import columns_of

Shown = Mapping[str, str] | None
"""Field → text; None where the entry is not shown at all."""


def body(answer: Any) -> bytes:
    """Everything an answer carries, a streamed one read to its end, a workbook unpacked."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if not name.startswith("docProps/")]
            return b"\n".join(archive.read(name) for name in names)
    return content


def every_column(kind: Kind) -> str:
    """The address of a list that shows every column it can."""
    return "&".join(["status=all", *(f"column={column.code}" for column in columns_of(kind))])


def in_list(client: Client, kind: Kind, entry: Entry, words: str = "") -> Shown:
    """The row of the entry in the list with all columns."""
    page = client.get(f"{reverse(f'registry:{kind.plural}')}?{every_column(kind)}{words}")
    codes = [column.code for column in columns_of(kind) if column.code != kind.title_field]
    for row, cells in page.context["rows"]:
        if row.pk == entry.pk:
            return {kind.title_field: kind.title(row), **dict(zip(codes, cells, strict=True))}
    return None


def on_page(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The fields on the page of the entry."""
    page = client.get(entry.get_absolute_url())
    if page.status_code == 404:
        return None
    return {
        line.field.name: line.text or "；".join(line.parts)
        for _heading, lines in page.context["groups"]
        for line in lines
    }


def in_history(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The fields on the page of sources and history."""
    page = client.get(reverse(f"registry:{kind.name}-history", kwargs={"pk": entry.pk}))
    if page.status_code in (403, 404):
        return None
    return {field.name: text for field, text, _known in page.context["rows"]}


def _file(client: Client, kind: Kind, form: str) -> bytes:
    address = reverse(f"registry:{kind.name}-export", kwargs={"form": form})
    answer = client.get(f"{address}?{every_column(kind)}")
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content


def _row(kind: Kind, entry: Entry, heads: list[str], rows: list[list[Any]]) -> Shown:
    by_title = {column.title: column.code for column in columns_of(kind)}
    for row in rows:
        shown = {by_title[head]: str(cell) for head, cell in zip(heads, row, strict=True)}
        if shown[kind.title_field] == kind.title(entry):
            return shown
    return None


def in_csv(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The row in the exported csv."""
    heads, *rows = csv.reader(io.StringIO(_file(client, kind, "csv").decode("utf-8-sig")))
    return _row(kind, entry, heads, rows)


def in_xlsx(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The row in the exported workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(_file(client, kind, "xlsx")))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    return _row(kind, entry, heads, rows)


def in_jsonl(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The line in the exported JSON lines."""
    for line in _file(client, kind, "jsonl").decode().splitlines():
        shown: dict[str, str] = json.loads(line)
        if shown[kind.title_field] == kind.title(entry):
            return shown
    return None


def in_api(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The values that the API gives of the entry alone."""
    answer = client.get(f"/api/v1/registry/{kind.plural}/{entry.pk}")
    return _said(answer.json()) if answer.status_code == 200 else None


def in_api_list(client: Client, kind: Kind, entry: Entry) -> Shown:
    """The values that the API gives of the entry in the list."""
    for one in client.get(f"/api/v1/registry/{kind.plural}", {"status": "all"}).json()["entries"]:
        if one["id"] == entry.pk:
            return _said(one)
    return None


def _said(one: Mapping[str, Any]) -> Shown:
    return {name: "" if value in (None, "", []) else str(value) for name, value in one["values"].items()}


SURFACES: Mapping[str, Callable[[Client, Kind, Entry], Shown]] = {
    "list": in_list,
    "page": on_page,
    "history": in_history,
    "csv": in_csv,
    "xlsx": in_xlsx,
    "jsonl": in_jsonl,
    "api": in_api,
    "api list": in_api_list,
}
TABLES = frozenset({"list", "csv", "xlsx", "jsonl"})
"""Surfaces that show columns: nothing long."""
