"""工作台账 as an Excel workbook. Plain values in, a file out; no database.

Text is always written as text: a heading that begins with = is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import xlsxwriter

COLUMNS = (
    ("序号", 6), ("任务", 26), ("目标", 28), ("牵头单位", 16), ("配合单位", 22), ("时限", 12),
    ("进展", 24), ("状态", 9), ("灯", 32), ("原文", 52), ("来源位置", 22),
)  # fmt: skip
FILLS = {"green": "#E9F5EE", "amber": "#FDF3E0", "red": "#FCECEC", "grey": "#EEF0F2"}
A3 = 8
LINE_HEIGHT = 13.5
MOST_HEIGHT = 400.0
"""Points; Excel takes at most 409."""
CELL_LIMIT = 32_767
"""Characters that one cell of Excel can hold."""


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet."""

    number: int
    task: str
    target: str
    leads: str
    co_units: str
    due: dt.date | str
    progress: str = ""
    state: str = ""
    light: str = ""
    light_word: str = ""
    quote: str = ""
    place: str = ""


def write_ledger(rows: Sequence[SheetRow], title: str, note: str, where: str | IO[bytes]) -> None:
    """Write rows as a workbook for A3 landscape: title, note, frozen header that repeats on each page."""
    book = xlsxwriter.Workbook(
        where, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("工作台账")
    face = {
        "font_name": "宋体",
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "border_color": "#C8CDD3",
    }
    centred = book.add_format({**face, "align": "center"})
    body, date = book.add_format(face), book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})
    head = book.add_format(
        {**face, "bold": True, "bg_color": "#EEF0F2", "valign": "vcenter", "align": "center"}
    )
    quoted = book.add_format({**face, "quote_prefix": True})
    lights = {name: book.add_format({**face, "bg_color": fill}) for name, fill in FILLS.items()}
    last = len(COLUMNS) - 1
    heading = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, "", heading)
    sheet.write_string(0, 0, _cell(f"{title} 工作台账"), heading)
    sheet.write_string(1, 0, _cell(note), book.add_format({"font_name": "宋体", "font_size": 10}))
    sheet.set_row(0, 30)
    sheet.set_row(2, 24)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    for line, row in enumerate(rows, 3):
        sheet.write_number(line, 0, row.number, centred)
        for column, value in enumerate(_values(row), 1):
            if isinstance(value, dt.date):
                sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), date)
            else:
                chosen = (
                    lights.get(row.light, body)
                    if COLUMNS[column][0] == "灯"
                    else quoted
                    if value[:1] in "=+-@"
                    else body
                )
                sheet.write_string(line, column, _cell(value), chosen)
        sheet.set_row(line, _height(row))
    _print_setup(sheet, len(rows) + 2, last)
    book.close()


def _values(row: SheetRow) -> tuple[dt.date | str, ...]:
    return (
        row.task, row.target, row.leads, row.co_units, row.due, row.progress, row.state, row.light_word, row.quote, row.place,
    )  # fmt: skip


def _height(row: SheetRow) -> float:
    """Points that the tallest cell of a row needs: office programs differ in fitting rows by themselves."""
    widths = [width for _name, width in COLUMNS[1:]]
    texts = [value if isinstance(value, str) else value.isoformat() for value in _values(row)]
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(MOST_HEIGHT, lines * LINE_HEIGHT + 4)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; a Chinese sign is two wide."""
    parts = (sum(2 if ord(sign) > 0x2E7F else 1 for sign in part) for part in text.split("\n"))
    return sum(max(1, -(-wide // (width - 1))) for wide in parts)


def _print_setup(sheet: xlsxwriter.worksheet.Worksheet, bottom: int, last: int) -> None:
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, bottom, last)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, bottom, last)


def _cell(text: str) -> str:
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= ord(" "))
    return kept[:CELL_LIMIT]
