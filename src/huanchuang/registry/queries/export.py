"""The list as a file: exactly the rows and columns that are shown, and nothing a spreadsheet would run.

A cell that begins with = + - @, a tab or a line break is a formula to a spreadsheet. In csv such a cell gets an
apostrophe in front (OWASP, CSV injection); in xlsx every cell is written as text, which is never evaluated.

Text files leave piece by piece while rows are read; a workbook is written row by row to the disk and is whole at its end.
Memory stays small whatever the number of rows.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO

import xlsxwriter

from huanchuang.registry.queries.listing import Column

BOM = "\ufeff"
A4 = 9
FACE = {
    "font_name": "宋体",
    "font_size": 10,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#C8CDD3",
}
TITLE_WIDTH, USUAL_WIDTH, NUMBER_WIDTH = 38, 18, 14
FORMS = ("xlsx", "csv", "jsonl")
PIECE = 500
"""Rows that leave together."""
MOST_ROWS = 1_048_575
"""Rows that a sheet can have below its head."""
DIGITS_OF_A_NUMBER = 15
"""More digits than a spreadsheet keeps would be rounded: such a figure is written as text."""
Rows = Iterable[Sequence[str]]
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def pieces(form: str, columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """A csv or jsonl file, some hundred rows at a time."""
    return csv_pieces(columns, rows) if form == "csv" else jsonl_pieces(columns, rows)


def csv_pieces(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel and WPS read the Chinese right."""
    yield (BOM + _csv([[column.title for column in columns]])).encode("utf-8")
    several = iter(rows)
    while some := list(islice(several, PIECE)):
        yield _csv([harmless(cell) for cell in row] for row in some).encode("utf-8")


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def jsonl_pieces(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """One JSON object a line, by the names of the fields; nothing a program would have to guess."""
    codes = [column.code for column in columns]
    several = iter(rows)
    while some := list(islice(several, PIECE)):
        lines = (json.dumps(dict(zip(codes, row, strict=True)), ensure_ascii=False) for row in some)
        yield "".join(f"{line}\n" for line in lines).encode("utf-8")


def as_csv(columns: Sequence[Column], rows: Rows) -> bytes:
    """The whole csv file."""
    return b"".join(csv_pieces(columns, rows))


def as_jsonl(columns: Sequence[Column], rows: Rows) -> bytes:
    """The whole jsonl file."""
    return b"".join(jsonl_pieces(columns, rows))


def as_xlsx(columns: Sequence[Column], rows: Rows, title: str) -> bytes:
    """The whole workbook."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, title)
    return file.getvalue()


def write_xlsx(target: Path | IO[bytes], columns: Sequence[Column], rows: Rows, title: str) -> None:
    """A workbook with a frozen header and a filter; numbers as numbers, everything else as text; more rows than a sheet
    can have go on to the next sheet."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    several = iter(rows)
    number, first = 1, next(several, None)
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
        head = book.add_format({**FACE, "bold": True, "bg_color": "#EEF0F2", "valign": "vcenter"})
        body = book.add_format(FACE)
        while number == 1 or first is not None:
            name = title[:31] if number == 1 else f"{title[:27]} {number}"
            some = islice(several if first is None else chain([first], several), MOST_ROWS)
            _sheet(book.add_worksheet(name), columns, some, head, body)
            number, first = number + 1, next(several, None)


def _sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[Column],
    rows: Rows,
    head: xlsxwriter.format.Format,
    body: xlsxwriter.format.Format,
) -> None:
    last = 0
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, place))
    sheet.set_row(0, 22)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.title, head)
    numbers = [column.is_number for column in columns]
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if cell and numbers[place] and len(cell) <= DIGITS_OF_A_NUMBER:
                sheet.write_number(last, place, float(cell), body)
            else:
                sheet.write_string(last, place, cell, body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    _print_setup(sheet)


def _width(column: Column, place: int) -> int:
    return TITLE_WIDTH if place == 0 else NUMBER_WIDTH if column.is_number else USUAL_WIDTH


def _print_setup(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """A4 landscape, as wide as the sheet, the head and the page number on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
