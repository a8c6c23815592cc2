"""The list as a file: exactly the rows and columns that are shown, and nothing a spreadsheet would run.

A cell that begins with = + - @, a tab or a line break is a formula to a spreadsheet. In csv such a cell gets an
apostrophe in front (OWASP, CSV injection); in xlsx every cell is written as text, which is never evaluated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from huanchuang.registry.models import Organisation
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
WIDTHS = {
    "name": 38,
    "uscc": 22,
    "industry": 30,
    "short_name": 18,
    "region": 12,
    "kind": 18,
    "founded_on": 13,
}
"""Width of a column in characters by its code; others 16."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def as_csv(columns: Sequence[Column], rows: Iterable[Organisation]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel and WPS read the Chinese right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(column.title) for column in columns])
    for row in rows:
        writer.writerow([harmless(column.cell(row)) for column in columns])
    return (BOM + text.getvalue()).encode("utf-8")


def as_xlsx(columns: Sequence[Column], rows: Iterable[Organisation], title: str) -> bytes:
    """A workbook with one sheet, a frozen header and a filter; every cell is text."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        head = book.add_format({**FACE, "bold": True, "bg_color": "#EEF0F2", "valign": "vcenter"})
        body = book.add_format(FACE)
        last = 0
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column.code, 16))
        sheet.set_row(0, 22)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, str(column.title), head)
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                sheet.write_string(last, place, column.cell(row), body)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        _print_setup(sheet)
    return file.getvalue()


def _print_setup(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """A4 landscape, as wide as the sheet, the head and the page number on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
