"""The table in a sheet: its columns with names and units, its rows with their numbers, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.engines.sheets.body import Body, body_of
from huanchuang.engines.sheets.cells import Cell, Note, Sheet, letters
from huanchuang.engines.sheets.find_header import Header, header_of
from huanchuang.engines.sheets.headings import split_heading, units_of_sheet
from huanchuang.engines.sheets.layout import Layout, Row

__all__ = ["Column", "Layout", "Row", "Table", "table_of"]
JOINT = "／"
"""Between the rows of a heading that has several."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands, its heading (rows joined, unit taken out), the rows of it, and the unit in it."""

    index: int
    heading: str
    parts: tuple[str, ...] = ()
    unit: str = ""

    @property
    def letter(self) -> str:
        """The name of the column in the sheet: A, B, AA."""
        return letters(self.index)


@dataclass(frozen=True)
class Table:
    """A table: `header` are the rows of its heading (from 0, first and last), `title` stands above it."""

    sheet: str
    title: str
    header: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)
    units: tuple[str, ...] = ()
    """Units that a line above the table names for all of it."""
    notes: tuple[Note, ...] = ()
    counts_from_1904: bool = False

    def money_unit(self, column: Column) -> str:
        """The unit of money of a column: that of its heading, else that of the sheet, "" where neither names one."""
        return next((unit for unit in (column.unit, *self.units) if unit in EXPONENTS), "")

    def samples(self, column: Column, count: int = 3) -> list[Cell]:
        """The first values of a column that are not empty, each once."""
        found: list[Cell] = []
        for row in self.rows:
            value = row.cells[column.index] if column.index < len(row.cells) else None
            if value is not None and value not in found:
                found.append(value)
            if len(found) == count:
                break
        return found


def table_of(sheet: Sheet, layout: Layout, known: Iterable[str] = ()) -> Table:
    """The table in a sheet; `known` are headings in the form of `plain_heading` that help to find it.

    ProblemError for an empty sheet, a sheet with only a title, and one where no row looks like a heading.
    """
    header = header_of(sheet, frozenset(known))
    above = _texts_above(sheet, header)
    columns = tuple(_columns(header))
    body = body_of(sheet, header, layout)
    return Table(
        sheet=sheet.name,
        title=next((text for text in above if not units_of_sheet(text)), ""),
        header=(header.first, header.last),
        columns=columns,
        rows=body.rows,
        units=tuple(unit for text in above for unit in units_of_sheet(text)),
        notes=(*sheet.notes, *_notes(header, columns, body)),
        counts_from_1904=sheet.counts_from_1904,
    )


def _texts_above(sheet: Sheet, header: Header) -> list[str]:
    """What stands above the heading, row by row; title rows of a list are few."""
    found: list[str] = []
    for row in sheet.rows[: header.first]:
        found.extend(cell for cell in row if isinstance(cell, str))
    return found


def _columns(header: Header) -> Iterable[Column]:
    for index, written in enumerate(header.parts):
        if not written:
            continue
        split = [split_heading(part) for part in written]
        names = _without_repetition([name for name, _ in split])
        unit = next((unit for _, unit in reversed(split) if unit), "")
        yield Column(index, JOINT.join(names), tuple(names), unit)


def _without_repetition(names: list[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        if name and (not kept or kept[-1] != name):
            kept.append(name)
    return kept


def _notes(header: Header, columns: tuple[Column, ...], body: Body) -> Iterable[Note]:
    if header.last > header.first:
        yield Note(
            "header_rows",
            f"表头占{header.last - header.first + 1}行（第{header.first + 1}–{header.last + 1}行），已合成一行",
            f"The heading has {header.last - header.first + 1} rows "
            f"({header.first + 1} to {header.last + 1}), which were joined",
        )
    named = {column.index for column in columns}
    nameless = sorted(
        {index for row in body.rows for index, cell in enumerate(row.cells) if cell is not None} - named
    )
    if nameless:
        listed = "、".join(letters(index) for index in nameless[:8])
        yield Note(
            "nameless_columns",
            f"{listed}列有内容但没有标题，没有读入",
            f"Columns without a heading were not read: {listed}",
        )
    yield from body.notes
