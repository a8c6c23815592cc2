"""The rows that cannot be imported as a workbook to correct and upload again: the sheet's own columns, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from huanchuang.engines.sheets import Broken, Cell, Column, Table, text_of
from huanchuang.engines.sheets.look import FACE, HEAD, new_book
from huanchuang.orm.language import language


def bad_rows(table: Table, problems: Mapping[int, Sequence[Mapping[str, Any]]]) -> bytes:
    """The workbook as bytes; `problems` by number of row. Values stay as they are, dates dates and numbers numbers."""
    buffer = BytesIO()
    book = new_book(buffer)
    sheet = book.add_worksheet(_("问题行"))
    forms = _Forms(book)
    columns = list(table.columns)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 18)
        sheet.write_string(0, place, written_heading(table, column), forms.head)
    sheet.set_column(len(columns), len(columns), 70)
    sheet.write_string(0, len(columns), _("问题"), forms.head)
    for number, row in enumerate((row for row in table.rows if row.number in problems), start=1):
        found = problems[row.number]
        wrong = {one["cell"] for one in found}
        for place, column in enumerate(columns):
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            is_wrong = f"{column.letter}{row.number}" in wrong
            _write(sheet, number, place, cell, forms.of(cell, is_wrong=is_wrong))
        sheet.write_string(number, len(columns), "\n".join(told(one) for one in found), forms.cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def written_heading(table: Table, column: Column) -> str:
    """A heading with its unit, also where the unit stands above the table, so that the new sheet says it too."""
    unit = column.unit or table.money_unit(column)
    return f"{column.heading}（{unit}）" if unit else column.heading


def told(problem: Mapping[str, Any]) -> str:
    """A problem as one line in the reader's language."""
    where, what, remedy = problem["en" if language() == "en" else "zh"]
    return f"{where}: {what}. {remedy}" if language() == "en" else f"{where}：{what}。{remedy}"


class _Forms:
    """Formats of cells: of each kind one as it is and one that marks what is wrong."""

    def __init__(self, book: Workbook) -> None:
        mark = {"bg_color": "#FDECEA"}
        self.head = book.add_format({**FACE, **HEAD})
        self.cell = book.add_format(FACE)
        self._plain = {
            "text": {**FACE, "num_format": "@"},
            "number": FACE,
            "day": {**FACE, "num_format": "yyyy-mm-dd"},
        }
        self._made = {
            (kind, wrong): book.add_format({**face, **(mark if wrong else {})})
            for kind, face in self._plain.items()
            for wrong in (False, True)
        }

    def of(self, cell: Cell, *, is_wrong: bool) -> Any:
        kind = "day" if isinstance(cell, date) else "number" if isinstance(cell, int | float) else "text"
        return self._made[kind, is_wrong]


def _write(sheet: Any, row: int, place: int, cell: Cell, form: Any) -> None:
    if isinstance(cell, bool) or cell is None or isinstance(cell, str | Broken):
        sheet.write_string(row, place, cell.mark if isinstance(cell, Broken) else text_of(cell), form)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, form)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, form)
    else:
        sheet.write_string(row, place, text_of(cell), form)
