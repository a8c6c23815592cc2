"""A spreadsheet as it comes: told from other files by its content, its sheets listed, one of them read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath

from huanchuang.engines.sheets.cells import Sheet
from huanchuang.engines.sheets.delimited import read_delimited
from huanchuang.engines.sheets.limits import Limits
from huanchuang.engines.sheets.package import WORKBOOK, Package, SheetPart
from huanchuang.engines.sheets.refusals import no_such_sheet, refusal
from huanchuang.engines.sheets.workbook import read_worksheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"GIF8")
_WEB = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml[^>]*>\s*<(html|Workbook))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of a book and whether the book hides it."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A spreadsheet that was recognised: `kind` is xlsx or csv, a csv is one sheet named for the file."""

    name: str
    kind: str
    sheets: tuple[SheetName, ...]
    data: bytes = field(repr=False)
    parts: tuple[SheetPart, ...] = ()

    @property
    def first(self) -> str:
        """The first sheet that is shown, the first of all where none is."""
        shown = [sheet.name for sheet in self.sheets if not sheet.is_hidden]
        return shown[0] if shown else self.sheets[0].name


def open_book(data: bytes, name: str = "", limits: Limits | None = None) -> Book:
    """The book in a file's bytes; `name` is used in messages. Raises ProblemError for everything that is no xlsx or csv."""
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise refusal("empty", name)
    if data.startswith(_OLE):
        raise refusal("old", name)
    if data.startswith(_ZIP):
        return _xlsx(data, name, limits or Limits())
    if data.startswith(_OTHERS):
        raise refusal("other", name)
    if _WEB.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise refusal("web", name)
    return Book(name, "csv", (SheetName(PurePath(name).stem or "csv"),), data)


def read_sheet(book: Book, sheet: str = "", limits: Limits | None = None) -> Sheet:
    """The cells of a sheet, of the first shown one where none is named. Raises ProblemError beyond the limits."""
    limits = limits or Limits()
    name = sheet or book.first
    if name not in {entry.name for entry in book.sheets}:
        raise no_such_sheet(name, tuple(entry.name for entry in book.sheets if not entry.is_hidden))
    if book.kind == "csv":
        return read_delimited(book.data, name, book.name, limits)
    part = next(part for part in book.parts if part.name == name)
    return read_worksheet(book.data, part, book.name, limits)


def _xlsx(data: bytes, name: str, limits: Limits) -> Book:
    package = Package(data, name, limits.unpacked)
    if WORKBOOK not in package.names:
        if "xl/workbook.bin" in package.names:
            raise refusal("binary", name)
        raise refusal("ods" if "mimetype" in package.names else "other", name)
    parts = package.sheets()
    if not parts:
        raise refusal("no_sheet", name)
    sheets = tuple(SheetName(part.name, part.is_hidden) for part in parts)
    return Book(name, "xlsx", sheets, data, parts)
