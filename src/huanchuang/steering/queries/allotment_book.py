"""配档表 as an Excel workbook: A3 landscape, one page wide, the head on every page. Plain values in, a file out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from huanchuang.engines.sheets.look import A3, Look, height_of, new_book, plain, print_setup

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
LINE_HEIGHT, LEAST = 12.5, 28.0
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
    """Write the table."""
    with new_book(where) as book:
        sheet, look = book.add_worksheet("配档表"), Look(book, font_size=9, valign="vcenter")
        last = len(HEADS) + len(months) - 1
        heading = look.bare(font_name="黑体", font_size=18, align="center", valign="vcenter")
        sheet.merge_range(0, 0, 0, last, "", heading)
        sheet.write_string(0, 0, plain(title), heading)
        sheet.write_string(1, 0, plain(note), look.bare(font_name="宋体", font_size=9))
        sheet.set_row(0, 32)
        sheet.set_row(2, 22)
        for column, (name, width) in enumerate([*HEADS, *((month, MONTH_WIDTH) for month in months)]):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, name, look.head(align="center"))
        for number, line in enumerate(lines, 3):
            sheet.set_row(number, _height(line))
            for column, text in enumerate(line.texts):
                look.write(sheet, number, column, text)
            for column, cell in enumerate(line.months, len(HEADS)):
                look.write(sheet, number, column, cell.text, **_fill(cell))
        sheet.freeze_panes(3, 2)
        print_setup(sheet, A3, 2, "&C第 &P 页，共 &N 页")
        sheet.print_area(0, 0, len(lines) + 2, last)


def _fill(cell: BookCell) -> dict[str, str]:
    if cell.done:
        return {"bg_color": DONE}
    return {"bg_color": WAY} if cell.under_way else {}


def _height(line: BookLine) -> float:
    widths = [*(width for _name, width in HEADS), *(MONTH_WIDTH for _month in line.months)]
    texts = [*line.texts, *(cell.text for cell in line.months)]
    return height_of(zip(texts, widths, strict=True), LINE_HEIGHT, LEAST)
