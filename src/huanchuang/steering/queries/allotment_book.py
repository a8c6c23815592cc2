"""配档表 as an Excel workbook: A3 landscape, one page wide, the head on every page. Plain values in, a file out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

HEADS = (
    ("序号", 5),
    ("工作任务", 22),
    ("目标", 26),
    ("牵头单位", 13),
    ("配合单位", 15),
    ("责任领导", 9),
    ("时限", 11),
)
MONTH_WIDTH = 11
A3 = 8
LINE_HEIGHT, LEAST, MOST = 12.5, 28.0, 400.0
CELL_LIMIT = 32_767
WAY, DONE = "#EEF3FC", "#E9F5EE"


@dataclass(frozen=True)
class BookCell:
    """A month: its text, whether work goes on, whether all in it is done."""

    text: str
    under_way: bool
    done: bool


@dataclass(frozen=True)
class BookLine:
    """A row: what stands before the months, and the months."""

    texts: tuple[str, ...]
    months: tuple[BookCell, ...]


def write_book(
    lines: Sequence[BookLine], title: str, note: str, months: Sequence[str], where: str | IO[bytes]
) -> None:
    """Write the table. Text is always text: what begins with = is no formula."""
    book = xlsxwriter.Workbook(
        where, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("配档表")
    face = {
        "font_name": "宋体",
        "font_size": 9,
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "border_color": "#C8CDD3",
    }
    body, head = (
        book.add_format(face),
        book.add_format({**face, "bold": True, "bg_color": "#EEF0F2", "align": "center"}),
    )
    fills = {
        (way, done): book.add_format(
            {**face, **({"bg_color": DONE} if done else {"bg_color": WAY} if way else {})}
        )
        for way in (False, True)
        for done in (False, True)
    }
    last = len(HEADS) + len(months) - 1
    heading = book.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, last, "", heading)
    sheet.write_string(0, 0, _clean(title), heading)
    sheet.write_string(1, 0, _clean(note), book.add_format({"font_name": "宋体", "font_size": 9}))
    sheet.set_row(0, 32)
    sheet.set_row(2, 22)
    names = [*HEADS, *((month, MONTH_WIDTH) for month in months)]
    for column, (name, width) in enumerate(names):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    for number, line in enumerate(lines, 3):
        for column, text in enumerate(line.texts):
            sheet.write_string(number, column, _clean(text), body)
        for column, cell in enumerate(line.months, len(HEADS)):
            sheet.write_string(number, column, _clean(cell.text), fills[cell.under_way, cell.done])
        sheet.set_row(number, _height(line))
    _print_setup(sheet, len(lines) + 2, last)
    book.close()


def _print_setup(sheet: Any, bottom: int, last: int) -> None:
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, bottom, last)


def _height(line: BookLine) -> float:
    widths = [*(width for _name, width in HEADS), *(MONTH_WIDTH for _month in line.months)]
    texts = [*line.texts, *(cell.text for cell in line.months)]
    tallest = max(_rows(text, width) for text, width in zip(texts, widths, strict=True))
    return min(MOST, max(LEAST, tallest * LINE_HEIGHT + 4))


def _rows(text: str, width: int) -> int:
    """Lines that a text takes; a Chinese sign is two wide."""
    wide = (sum(2 if ord(sign) > 0x2E7F else 1 for sign in part) for part in text.split("\n"))
    return sum(max(1, -(-size // (width - 1))) for size in wide)


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= ord(" "))[:CELL_LIMIT]
