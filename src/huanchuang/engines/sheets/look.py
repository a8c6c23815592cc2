"""The one look of every workbook that the product makes, and what keeps a cell harmless.

Text is always written as text: what begins with = is no formula and no address becomes a link. Numbers are numbers, set
right and with the decimals they have, so that a sum over them is right. Rows get the height that their fullest cell
needs, because office programs differ in fitting rows by themselves. Paper is A4 or A3 across, one page wide, with the heading on
every page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook

Value = str | int | Decimal | dt.date | None
A3, A4 = 8, 9
FACE = {
    "font_name": "宋体",
    "font_size": 10,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#C8CDD3",
}
HEAD = {"bold": True, "bg_color": "#EEF0F2", "valign": "vcenter"}
DAY = {"num_format": "yyyy-mm-dd", "align": "left"}
SMALL = {"font_name": "宋体", "font_size": 9, "font_color": "#646B75"}
LINE = 13.5
"""Height of a line of the face, in points."""
MOST_HEIGHT = 400.0
"""Points; Excel takes at most 409."""
CELL_LIMIT = 32_767
"""Characters that one cell can hold."""
DIGITS = 15
"""More digits than a spreadsheet keeps would be rounded: such a number is written as text."""
_MOST_DECIMALS = 6
_WIDE = re.compile("[\u2e80-\U0010ffff]+")
"""Signs that are two wide: Chinese, and full-width punctuation."""


def new_book(target: str | Path | IO[bytes], **options: Any) -> Workbook:
    """A workbook in which no cell becomes a formula, a link or a number by its text; `options` are xlsxwriter's."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return Workbook(
        str(target) if isinstance(target, Path) else target, {"in_memory": True, **safe, **options}
    )


def plain(text: str) -> str:
    """The text without signs that a workbook cannot hold, cut at what a cell can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= ord(" "))[:CELL_LIMIT]


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes in a column `width` signs wide."""
    if len(text) * 2 < width and "\n" not in text:
        return 1
    return sum(max(1, -(-_breadth(part) // (width - 1))) for part in text.split("\n"))


def _breadth(part: str) -> int:
    return len(part) + sum(map(len, _WIDE.findall(part)))


def height_of(cells: Iterable[tuple[str, int]], line: float = LINE, least: float = 0.0) -> float:
    """Points that a row of (text, width of its column) needs."""
    most = max((lines_of(text, width) for text, width in cells), default=1)
    return min(MOST_HEIGHT, max(least, most * line + 4))


def number_format(value: int | Decimal) -> str:
    """Thousands apart and the decimals that the number has; `0.####` would leave a bare point behind whole numbers."""
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    decimals = min(_MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")


class Look:
    """The formats of one workbook, made as they are asked for; `face` changes the face of its cells."""

    def __init__(self, book: Workbook, **face: Any) -> None:
        self.book, self.face = book, {**FACE, **face}
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def cell(self, **more: Any) -> Any:
        """The format of a cell with what is given on top of the face."""
        return self._of({**self.face, **more})

    def head(self, **more: Any) -> Any:
        """The format of a heading."""
        return self.cell(**{**HEAD, **more})

    def bare(self, **face: Any) -> Any:
        """A format of its own, without the face: titles and notes around the table."""
        return self._of(face)

    def _of(self, face: dict[str, Any]) -> Any:
        key = tuple(sorted(face.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(face)
        return self._made[key]

    def write(self, sheet: Any, row: int, column: int, value: Value, **more: Any) -> None:
        """One value as what it is: text, number, day, or an empty cell. `more` changes the face of this cell."""
        if isinstance(value, dt.date):
            day = dt.datetime.combine(value, dt.time())
            sheet.write_datetime(row, column, day, self.cell(**{**DAY, **more}))
        elif isinstance(value, int | Decimal) and len(f"{value:f}".lstrip("-").replace(".", "")) <= DIGITS:
            face = {"num_format": number_format(value), "align": "right", **more}
            sheet.write_number(row, column, value, self.cell(**face))
        else:
            sheet.write_string(row, column, plain("" if value is None else f"{value}"), self.cell(**more))


def print_setup(sheet: Any, paper: int, heading: int, footer: str = "&C&P / &N") -> None:
    """Across, one page wide, the row `heading` and the number of the page on every page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(footer)
