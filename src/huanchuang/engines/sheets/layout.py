"""The words by which the parts of an office's list are known, and the rows that are left when they are taken away."""

from __future__ import annotations

from dataclasses import dataclass

from huanchuang.engines.sheets.cells import Cell


@dataclass(frozen=True, slots=True)
class Layout:
    """The words a list is laid out with. They come from a pack; here is only what is done with them."""

    totals: tuple[str, ...] = ()
    """Words that begin a row of sums: 合计, 总计, 小计."""
    notes: tuple[str, ...] = ()
    """Words that begin the notes under a table: 注, 备注, 填表说明."""
    footers: tuple[str, ...] = ()
    """Labels of the lines at its foot: 填表人, 审核人, 联系电话."""
    blanks: tuple[str, ...] = ()
    """Signs that people write into a cell that has nothing: /, —."""
    endless: tuple[str, ...] = ()
    """Words for a day that never comes: 长期有效."""
    examples: tuple[str, ...] = ()
    """Words that begin the row of a template that only shows how to fill it in."""
    ignored: tuple[str, ...] = ()
    """Headings of columns that hold nothing to keep: 序号."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its number in the sheet (from 0) and its cells from column A."""

    index: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False

    @property
    def number(self) -> int:
        """The number that the sheet shows beside it."""
        return self.index + 1
