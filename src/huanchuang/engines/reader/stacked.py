"""Tables that a copy from a web page laid out with one cell per line: the headings below each other, then the rows.

Only a table whose first column counts its rows is understood, since nothing else tells where a row begins; a row that
lost a cell ends it, so that no cell slips into the wrong column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.tables import UNITS, Cell, Column, Row, Table, settled

_FEWEST_COLUMNS = 3
_SHORT = (*UNITS, "deadline", "person")
_NUMBER = re.compile(r"(\d{1,3})[.、]?")
Line = tuple[int, int]


def stacked_tables(flow: Flow, grammar: Grammar) -> Iterator[Table]:
    """All such tables that say who does what until when."""
    roles = dict(grammar.columns)
    lines = [line for line in flow.paragraphs() if flow.text.find("|", *line) < 0]
    at = 0
    while at < len(lines):
        width = _headings(flow, lines, at, roles)
        named = [flow.text[slice(*line)] for line in lines[at : at + width]]
        rows = _rows(flow, lines, at + width, [roles[name] for name in named]) if width else []
        if not rows:
            at += 1
            continue
        columns = settled({place: Column(roles[name], name) for place, name in enumerate(named)})
        table = Table(lines[at][0], rows[-1].end, columns, tuple(rows), tuple(row.start for row in rows))
        if table.allots:
            yield table
        at += width * (len(rows) + 1)


def _headings(flow: Flow, lines: Sequence[Line], at: int, roles: dict[str, str]) -> int:
    """How many lines from `at` on are names of columns, the first of them a number; 0 where they make no table."""
    width = 0
    while at + width < len(lines) and flow.text[slice(*lines[at + width])] in roles:
        width += 1
    counted = width >= _FEWEST_COLUMNS and roles[flow.text[slice(*lines[at])]] == "number"
    return width if counted else 0


def _rows(flow: Flow, lines: Sequence[Line], at: int, roles: Sequence[str]) -> list[Row]:
    """Rows of a line per role, numbered without a gap; a sentence where a unit or a time is due is no row."""
    rows: list[Row] = []
    width = len(roles)
    while at + width <= len(lines):
        number = _NUMBER.fullmatch(flow.text, *lines[at])
        following = _NUMBER.fullmatch(flow.text, *lines[at + width]) if at + width < len(lines) else None
        inner = any(_NUMBER.fullmatch(flow.text, *line) for line in lines[at + 1 : at + width])
        if number is None or int(number[1]) != len(rows) + 1 or inner:
            break
        if following and int(following[1]) != len(rows) + 2:
            break
        cells = [Cell(flow.text[slice(*line)], *line) for line in lines[at : at + width]]
        if any(cell.text.endswith("。") and role in _SHORT for cell, role in zip(cells, roles, strict=True)):
            break
        rows.append(Row(cells[0].start, cells[-1].end, tuple(cells)))
        at += width
    return rows
