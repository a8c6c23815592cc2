"""工作台账 as an Excel workbook. Plain values in, a file out; no database.

Text is always written as text: a heading that begins with = is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from huanchuang.engines.sheets.look import A3, Look, height_of, new_book, plain, print_setup

COLUMNS = (
    ("序号", 6), ("任务", 26), ("目标", 28), ("牵头单位", 16), ("配合单位", 22), ("时限", 12),
    ("进展", 24), ("状态", 9), ("灯", 32), ("原文", 52), ("来源位置", 22),
)  # fmt: skip
FILLS = {"green": "#E9F5EE", "amber": "#FDF3E0", "red": "#FCECEC", "grey": "#EEF0F2"}


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
    with new_book(where) as book:
        sheet, look = book.add_worksheet("工作台账"), Look(book)
        last = len(COLUMNS) - 1
        heading = look.bare(font_name="黑体", font_size=16, align="center", valign="vcenter")
        sheet.merge_range(0, 0, 0, last, "", heading)
        sheet.write_string(0, 0, plain(f"{title} 工作台账"), heading)
        sheet.write_string(1, 0, plain(note), look.bare(font_name="宋体", font_size=10))
        sheet.set_row(0, 30)
        sheet.set_row(2, 24)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, name, look.head(align="center"))
        for line, row in enumerate(rows, 3):
            sheet.set_row(line, _height(row))
            look.write(sheet, line, 0, row.number, align="center")
            for column, value in enumerate(_values(row), 1):
                look.write(sheet, line, column, value, **_face(row, column, value))
        _frame(sheet, len(rows) + 2, last)


def _face(row: SheetRow, column: int, value: dt.date | str) -> dict[str, Any]:
    """The light's colour in its column; a mark that shows text which begins like a formula as text when it is edited."""
    if COLUMNS[column][0] == "灯":
        return {"bg_color": FILLS[row.light]} if row.light in FILLS else {}
    return {"quote_prefix": True} if isinstance(value, str) and value[:1] in set("=+-@") else {}


def _values(row: SheetRow) -> tuple[dt.date | str, ...]:
    return (
        row.task, row.target, row.leads, row.co_units, row.due, row.progress, row.state, row.light_word, row.quote, row.place,
    )  # fmt: skip


def _height(row: SheetRow) -> float:
    texts = [value if isinstance(value, str) else value.isoformat() for value in _values(row)]
    return height_of(zip(texts, (width for _name, width in COLUMNS[1:]), strict=True))


def _frame(sheet: Any, bottom: int, last: int) -> None:
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, bottom, last)
    print_setup(sheet, A3, 2, "&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, bottom, last)
