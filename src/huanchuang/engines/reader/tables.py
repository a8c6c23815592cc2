"""Tables of a paper: allotments of tasks (任务分解表, 配档表) and lists of indicators.

A table is a run of lines whose cells are parted by “|”, as the readers of docx, html, md and xlsx write them. The heading
is the row whose cells are words the pack knows; it tells what each column holds. A table without such a row stays text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar

UNITS = ("lead", "co", "responsible")
VALUES = ("target_value", "base_value")
_RULE = re.compile(r"[|:\-—=+ ]+")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,12})[)\]】〕]")
_YEAR = re.compile(r"(20\d\d)年?")
_LONGEST_HEADING = 24
_HEADING_ROWS = 3
_LEAST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and where it stands in the flow."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds (`role`), its heading, the unit in the heading's bracket and the year it names."""

    role: str
    heading: str
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the heading."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by place, rows in order, and where the table begins and ends in the flow."""

    start: int
    end: int
    columns: dict[int, Column] = field(hash=False)
    rows: tuple[Row, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def allots(self) -> bool:
        """Does it say who does what until when?"""
        roles = {column.role for column in self.columns.values()}
        return bool(roles & {"task", "content"}) and bool(roles & {*UNITS, "deadline", "target", "person"})

    @property
    def measures(self) -> bool:
        """Does it list indicators with their values?"""
        roles = {column.role for column in self.columns.values()}
        return "indicator" in roles and bool(roles & set(VALUES))

    def cell(self, row: Row, *roles: str) -> Cell | None:
        """The first cell of a row in a column of one of the roles that is not empty."""
        return next((cell for cell in self.cells(row, *roles) if cell.text), None)

    def cells(self, row: Row, *roles: str) -> Iterator[Cell]:
        """The cells of a row in columns of the roles."""
        for place, cell in enumerate(row.cells):
            column = self.columns.get(place)
            if column and column.role in roles:
                yield cell


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a paper, asked by place."""

    all: tuple[Table, ...]
    starts: tuple[int, ...]

    def at(self, position: int) -> Table | None:
        """The table that holds a position."""
        index = bisect_right(self.starts, position) - 1
        return self.all[index] if index >= 0 and position < self.all[index].end else None

    def row_at(self, position: int) -> tuple[Table, Row] | None:
        """The table and the row that hold a position."""
        table = self.at(position)
        if table is None:
            return None
        index = bisect_right(table.starts, position) - 1
        return (table, table.rows[index]) if index >= 0 and position < table.rows[index].end else None

    def role_at(self, position: int) -> str:
        """What the column at a position holds; empty outside of tables."""
        found = self.row_at(position)
        if found is None:
            return ""
        table, row = found
        for place, cell in enumerate(row.cells):
            if cell.start <= position < cell.end:
                return table.columns[place].role if place in table.columns else ""
        return ""


def tables_of(flow: Flow, grammar: Grammar, more: Iterable[Table] = ()) -> Tables:
    """All tables whose heading is understood, and `more` that were found in another way."""
    ruled = [table for lines in _runs(flow) if (table := _table(flow, grammar, lines))]
    found = sorted([*ruled, *more], key=lambda table: table.start)
    return Tables(tuple(found), tuple(table.start for table in found))


def _runs(flow: Flow) -> Iterator[list[tuple[int, int]]]:
    """Lines with cells that follow each other."""
    lines: list[tuple[int, int]] = []
    for start, end in flow.paragraphs():
        if flow.text.find("|", start, end) >= 0:
            lines.append((start, end))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _table(flow: Flow, grammar: Grammar, lines: Sequence[tuple[int, int]]) -> Table | None:
    kept = [line for line in lines if not _RULE.fullmatch(flow.text, *line)]
    framed = all(flow.text[start] == "|" == flow.text[end - 1] and end - start > 1 for start, end in kept)
    rows = [_row(flow, start, end, framed) for start, end in kept]
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns = _columns(row, grammar)
        if len(columns) < _LEAST_KNOWN:
            continue
        below = at + 1
        if below < len(rows) and _is_second_heading(rows[below], grammar):
            columns.update(_columns(rows[below], grammar))
            below += 1
        columns = settled(columns)
        heading = [cell.text for cell in row.cells]
        body = tuple(line for line in rows[below:] if [cell.text for cell in line.cells] != heading)
        return Table(lines[0][0], lines[-1][1], columns, body, tuple(row.start for row in body))
    return None


def _row(flow: Flow, start: int, end: int, framed: bool) -> Row:
    first, last = (start + 1, end - 1) if framed else (start, end)
    cells, at = [], first
    for piece in flow.text[first:last].split("|"):
        cells.append(Cell(piece, at, at + len(piece)))
        at += len(piece) + 1
    return Row(start, end, tuple(cells))


def _columns(row: Row, grammar: Grammar) -> dict[int, Column]:
    return {place: column for place, cell in enumerate(row.cells) if (column := _column(cell.text, grammar))}


def _column(heading: str, grammar: Grammar) -> Column | None:
    """What a heading says of its column: by its whole name, else by its end, else by a year."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return None
    bracket = _BRACKETED.search(heading)
    unit = bracket[1] if bracket and grammar.lexicon.table.find(bracket[1]) else ""
    plain = _BRACKETED.sub("", heading).strip(":：*")
    year = _YEAR.search(heading)
    named = int(year[1]) if year else None
    role = next((role for word, role in grammar.columns if plain.endswith(word)), None)
    if role is None and year and year.start() == 0:
        role = "target_value"
    return Column(role, heading, unit, named) if role else None


def _is_second_heading(row: Row, grammar: Grammar) -> bool:
    """A row that only names what the row above groups: 牵头 and 配合 below 责任单位."""
    filled = [cell for cell in row.cells if cell.text]
    known = _columns(row, grammar)
    return bool(known) and len(known) == len(filled)


def settled(columns: dict[int, Column]) -> dict[int, Column]:
    """单位 is the unit of an indicator where the table has indicators, else who is responsible; 目标 there is a value."""
    indicators = any(column.role == "indicator" for column in columns.values())
    swap = (
        {"unit": "unit", "target": "target_value", "done": "base_value"}
        if indicators
        else {"unit": "responsible"}
    )
    return {
        place: Column(swap.get(column.role, column.role), column.heading, column.unit, column.year)
        for place, column in columns.items()
        if indicators or column.role not in VALUES or column.role == "target_value"
    }
