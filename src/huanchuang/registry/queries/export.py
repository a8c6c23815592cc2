"""The list as a file: exactly the rows and columns that are shown, and nothing a spreadsheet would run.

A cell that begins with = + - @, a tab or a line break is a formula to a spreadsheet. In csv such a cell gets an
apostrophe in front (OWASP, CSV injection); in xlsx every cell is written as text, which is never evaluated.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

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
Rows = Iterable[Sequence[str]]
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def as_csv(columns: Sequence[Column], rows: Rows) -> bytes:
    """UTF-8 with a byte order mark, so that Excel and WPS read the Chinese right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return (BOM + text.getvalue()).encode("utf-8")


def as_jsonl(columns: Sequence[Column], rows: Rows) -> bytes:
    """One JSON object a line, by the names of the fields; nothing a program would have to guess."""
    codes = [column.code for column in columns]
    lines = (json.dumps(dict(zip(codes, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def as_xlsx(columns: Sequence[Column], rows: Rows, title: str) -> bytes:
    """A workbook with one sheet, a frozen header and a filter; numbers as numbers, everything else as text."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({**FACE, "bold": True, "bg_color": "#EEF0F2", "valign": "vcenter"})
        body = book.add_format(FACE)
        last = 0
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column, place))
        sheet.set_row(0, 22)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, head)
        for last, row in enumerate(rows, start=1):
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                if cell and column.is_number and len(cell) <= DIGITS_OF_A_NUMBER:
                    sheet.write_number(last, place, float(cell), body)
                else:
                    sheet.write_string(last, place, cell, body)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        _print_setup(sheet)
    return file.getvalue()


DIGITS_OF_A_NUMBER = 15
"""More digits than a spreadsheet keeps would be rounded: such a figure is written as text."""


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
