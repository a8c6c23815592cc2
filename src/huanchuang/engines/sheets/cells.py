"""The plain values of a sheet: what stands in a cell, where it stands, what is merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from huanchuang.engines.kernel.problem import Problem, ProblemText


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose value cannot be taken: `mark` is the error it shows (#REF!), or "" for a formula never calculated."""

    mark: str = ""

    def problem(self, where: str, where_en: str) -> Problem:
        """What is wrong with the cell at a place, and what to do."""
        if self.mark:
            what, what_en = f"公式出错，显示为 {self.mark}", f"its formula shows the error {self.mark}"
            remedy, remedy_en = "请改正公式或直接填写数值", "Correct the formula or write the value itself"
        else:
            what, what_en = "公式没有算出结果", "its formula was never calculated"
            remedy = "请用 Excel 或 WPS 打开并保存一次，或直接填写数值"
            remedy_en = "Open and save the file in Excel or WPS once, or write the value itself"
        english = ProblemText(where_en, what_en, remedy_en)
        return Problem(where, what, remedy, "sheets.broken" if self.mark else "sheets.uncalculated", english)


Cell = str | int | float | bool | date | datetime | time | timedelta | Broken | None
"""What a cell holds. Texts are trimmed; percentages of an xlsx are texts such as 25%; an empty cell is None."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done or found while reading, told to the person who sent the sheet."""

    code: str
    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """The note in the language asked for."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, row by row from A1; rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Rows that the sheet hides, counted from 0."""
    counts_from_1904: bool = False
    """Whether bare serial numbers of days count from 1904 (old Macintosh files)."""
    notes: tuple[Note, ...] = field(default=())

    def cell(self, row: int, column: int) -> Cell:
        """The value at a place, None beyond the edge."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    @cached_property
    def width(self) -> int:
        """Columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)


def letters(column: int) -> str:
    """The name of a column counted from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 0: (0, 0) is A1."""
    return f"{letters(column)}{row + 1}"


_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of an address such as B12; None for anything else."""
    match = _REFERENCE.fullmatch(reference.upper())
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), 160, 12288), " ") | dict.fromkeys(
    (0xFEFF, 0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFFFE, 0xFFFF),
    "",
)
_UNSEEN.update({10: "\n", 13: "\n", 9: " "})


def tidy(text: str) -> str | None:
    """A text without invisible characters and blanks around it; None where nothing is left."""
    if not text.isprintable() or "\u3000" in text or "\xa0" in text:
        text = text.replace("\r\n", "\n").replace("_x000D_", "").translate(_UNSEEN)
        text = text.encode("utf-8", "ignore").decode()  # halves of characters that some programs leave behind
    return text.strip() or None
