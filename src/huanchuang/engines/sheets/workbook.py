"""One sheet of an xlsx: stored values by calamine, put right by the marks it does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from huanchuang.engines.sheets.cells import Broken, Cell, Merge, Note, Sheet, address, tidy
from huanchuang.engines.sheets.limits import Limits, too_long_cell
from huanchuang.engines.sheets.marks import Marks, marks_of
from huanchuang.engines.sheets.package import Package, SheetPart
from huanchuang.engines.sheets.refusals import refusal

_SHOWN = 8


def read_worksheet(data: bytes, part: SheetPart, file: str, limits: Limits) -> Sheet:
    """The cells of a worksheet with merges, hidden rows and notes. ProblemError beyond the limits or where it is damaged."""
    package = Package(data, file, limits.unpacked)
    marks = marks_of(package.pieces(part.path), part.name, file, package.percent_styles(), limits)
    raw, merges = _values(data, part.name, file) if marks.last_row >= 0 else ([], ())
    rows = [[_cell(value) for value in row] for row in raw]
    _put_right(rows, marks)
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    _refuse_long(rows, part.name, limits)
    return Sheet(
        part.name,
        rows,
        merges,
        frozenset(marks.hidden_rows),
        package.counts_from_1904(),
        tuple(_notes(part, marks, rows)),
    )


def _values(data: bytes, name: str, file: str) -> tuple[Sequence[Sequence[object]], tuple[Merge, ...]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            ranges = sheet.merged_cell_ranges or ()
    except (CalamineError, ValueError, OSError):
        raise refusal("damaged", file) from None
    return rows, tuple(Merge(*start, *end) for start, end in ranges)


def _cell(value: object) -> Cell:
    """A value as calamine gives it, in the forms used here: no empty text, no midnight, whole numbers whole."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, float) and not isinstance(value, bool):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value  # type: ignore[return-value]


def _put_right(rows: list[list[Cell]], marks: Marks) -> None:
    for (row, column), mark in marks.errors.items():
        _set(rows, row, column, Broken(mark))
    for row, column in marks.formulas:
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] is None:
            _set(rows, row, column, Broken())
    for row, column in marks.percents:
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            rows[row][column] = f"{Decimal(f'{value:.15g}').scaleb(2).normalize():f}%"


def _set(rows: list[list[Cell]], row: int, column: int, value: Cell) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _refuse_long(rows: list[list[Cell]], name: str, limits: Limits) -> None:
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > limits.cell:
                raise too_long_cell(name, address(number, column), len(value), limits.cell)


def _notes(part: SheetPart, marks: Marks, rows: list[list[Cell]]) -> list[Note]:
    notes = []
    if part.is_hidden:
        notes.append(Note("hidden_sheet", f"工作表“{part.name}”是隐藏的", f"The sheet {part.name} is hidden"))
    hidden = sorted(row for row in marks.hidden_rows if row < len(rows) and any(rows[row]))
    if hidden:
        listed = _ranges(hidden)
        notes.append(
            Note(
                "hidden_rows",
                f"有{len(hidden)}行在表里是隐藏的，也一并读入：第{listed}行",
                f"{len(hidden)} hidden rows were read as well: {listed}",
            )
        )
    return notes


def _ranges(rows: list[int]) -> str:
    """Row numbers, counted from 1, as 3–5、8; only the first few where there are many."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row:
            spans[-1][1] = row + 1
        else:
            spans.append([row + 1, row + 1])
    shown = "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans[:_SHOWN])
    return shown + ("…" if len(spans) > _SHOWN else "")
