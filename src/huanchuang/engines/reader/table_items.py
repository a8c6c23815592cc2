"""What the cells of tables say: who is responsible, and the values of indicators whose unit stands in another column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from huanchuang.engines.kernel.figures import Figure, scan_figures
from huanchuang.engines.kernel.units import NO_UNIT
from huanchuang.engines.reader.deadlines import Year
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.tables import UNITS, VALUES, Cell, Column, Row, Table, Tables

_NUMBER = re.compile(r"[\d.,]+(?:[-~—]{1,2}[\d.,]+)?")
_BARE = re.compile(
    r"(?:[≥≤><]=?|不低于|不少于|不超过|达到|超过|突破|约|年均)?[\d.,]+(?:[-~—]{1,2}[\d.,]+)?[%‰]?(?:左右|以上|以下|以内)?"
)
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{1,12})[)\]】〕]")
_GROWS = re.compile(r"增长率?$|增速$|年均增长|增幅$|下降率?$|降幅$")
_OPEN = str.maketrans("", "", "[]〔〕【】")


@dataclass(frozen=True, slots=True)
class Duties:
    """The cells of one row that name units: the place of each, its role, and whether it was merged from a row above."""

    row: Row
    cells: tuple[tuple[Cell, str, bool], ...]


def duties_in(tables: Tables) -> Iterator[Duties]:
    """Rows of tables that allot tasks, with the cells that name units; an empty cell takes over the one above."""
    for table in tables.all:
        if not table.allots:
            continue
        above: dict[int, Cell] = {}
        for row in table.rows:
            named = bool(table.cell(row, "task", "content"))
            cells = []
            for place, cell in enumerate(row.cells):
                role = table.columns[place].role if place in table.columns else ""
                if role not in UNITS:
                    continue
                if cell.text:
                    above[place] = cell
                    cells.append((cell, role, False))
                elif named and place in above:
                    cells.append((above[place], role, True))
            if cells:
                yield Duties(row, tuple(cells))


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of an indicator: the figure with its place in the flow, the indicator's name, kind, and the year of its column."""

    figure: Figure
    indicator: str
    kind: str
    year: int | None
    column: str


def measured_in(flow: Flow, grammar: Grammar, tables: Tables, year: Year) -> Iterator[Measured]:
    """Values in the columns of lists of indicators."""
    for table in tables.all:
        if table.measures:
            for row in table.rows:
                yield from _values(flow, grammar, table, row, year)


def _values(flow: Flow, grammar: Grammar, table: Table, row: Row, year: Year) -> Iterator[Measured]:
    named = table.cell(row, "indicator")
    if named is None:
        return
    unit_cell = table.cell(row, "unit")
    bracket = _BRACKETED.search(named.text)
    told = bracket[1] if bracket and grammar.lexicon.table.find(bracket[1]) else ""
    name = _BRACKETED.sub("", named.text) if told else named.text
    for place, cell in enumerate(row.cells):
        column = table.columns.get(place)
        if column is None or column.role not in VALUES or not _BARE.fullmatch(cell.text.translate(_OPEN)):
            continue
        unit = (unit_cell.text if unit_cell else "") or told or column.unit
        figure = _figure(flow, grammar, cell, unit)
        if figure is not None:
            if _GROWS.search(name) and figure.unit == "%":
                figure = replace(figure, comparator="growth")
            yield Measured(figure, name, _kind(column, year), column.year, column.heading)


def _figure(flow: Flow, grammar: Grammar, cell: Cell, unit: str) -> Figure | None:
    """The figure of a cell; its unit is put behind the number for reading and taken away from its place again."""
    number = _NUMBER.search(cell.text)
    if number is None:
        return None
    written = cell.text[number.end() :].startswith(("%", "‰"))
    known = "" if written or grammar.lexicon.table.find(unit) is None else unit
    read = f"{cell.text[: number.end()]}{known or ('' if written else '个')}{cell.text[number.end() :]}"
    figures = scan_figures(read, grammar.lexicon)
    if len(figures) != 1:
        return None
    figure = figures[0]
    shown = flow.text[cell.start : cell.end]
    found = replace(
        figure, text=shown, start=cell.start, end=cell.end, number_start=cell.start + number.start(), number_end=cell.start + number.end()
    )  # fmt: skip
    return found if known or written else replace(found, unit="", scaled=replace(found.scaled, base=NO_UNIT))


def _kind(column: Column, year: Year) -> str:
    """A base value and a year before the paper's are achieved, other values are targets."""
    if column.role == "base_value":
        return "achieved"
    before = column.year is not None and year.value is not None and column.year < year.value
    return "achieved" if before else "target"
