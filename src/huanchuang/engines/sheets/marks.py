"""A walk over the XML of a sheet for what the reader of values does not tell.

Values come from calamine, which is fast and knows the habits of many programs. It does not say that a cell shows an error, that
a formula was never calculated, that a number is shown as a percentage or that a row is hidden; and it lays out every row
up to the last cell, so that one stray cell at XFD1048576 would take all memory. This walk finds all that first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from huanchuang.engines.sheets.cells import address, place
from huanchuang.engines.sheets.limits import Limits, too_many_cells, too_many_columns, too_many_rows
from huanchuang.engines.sheets.refusals import refusal

Place = tuple[int, int]
_KNOWN = frozenset({"c", "v", "f", "row", "is"})


@dataclass(slots=True)
class Marks:
    """What is special, by row and column from 0."""

    errors: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    """Formulas that give a number; without a stored value they were never calculated."""
    percents: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    last_row: int = -1
    last_column: int = -1


def marks_of(
    pieces: Iterable[bytes], sheet: str, file: str, percent_styles: frozenset[str], limits: Limits
) -> Marks:
    """The marks of a sheet's XML. ProblemError where it holds more than the limits or is damaged."""
    walk = _Walk(sheet, file, percent_styles, limits)
    parser = ParserCreate()
    parser.buffer_text = True
    walk.parser = parser
    parser.StartElementHandler = walk.start
    parser.StartDoctypeDeclHandler = walk.refuse_doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, LookupError):
        raise refusal("damaged", file) from None
    return walk.marks


class _Walk:
    """The place the walk has come to; handlers for the ends of elements are set only where they are needed."""

    def __init__(self, sheet: str, file: str, percent_styles: frozenset[str], limits: Limits) -> None:
        self.marks = Marks()
        self.parser: Any = None
        self._sheet, self._file, self._limits = sheet, file, limits
        self._percent_styles = percent_styles
        self._row = self._column = -1
        self._row_name = ""
        self._given: dict[str, str] = {}
        self._seen: dict[str, int] = {}
        self._error: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins: rows and cells move the place, what is in them marks it."""
        if tag not in _KNOWN:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._given = given
            self._column += 1
            if given.get("t") == "e":
                self._begin_error()
        elif tag == "v" or tag == "is":
            self._value()
        elif tag == "row":
            self._begin_row(given)
        elif tag == "f" and self._given.get("t") not in ("e", "str"):
            self.marks.formulas.add(self._place())

    def _begin_row(self, given: dict[str, str]) -> None:
        number = given.get("r", "")
        self._row = int(number) - 1 if number.isascii() and number.isdigit() else self._row + 1
        self._row_name = str(self._row + 1)
        self._column = -1
        if given.get("hidden") in ("1", "true"):
            self.marks.hidden_rows.add(self._row)

    def _place(self) -> Place:
        """Row and column of the cell, within the limits; a cell without an address follows the one before."""
        reference = self._given.get("r", "")
        if reference:
            found = place(reference)
            if found is None:
                raise refusal("damaged", self._file)
            self._row, self._column = found
        marks, limits = self.marks, self._limits
        if self._row > marks.last_row or self._column > marks.last_column:
            marks.last_row = max(self._row, marks.last_row)
            marks.last_column = max(self._column, marks.last_column)
            if self._row >= limits.rows:
                raise too_many_rows(self._sheet, limits.rows, address(self._row, self._column))
            if self._column >= limits.columns:
                raise too_many_columns(self._sheet, limits.columns, address(self._row, self._column))
            if (marks.last_row + 1) * (marks.last_column + 1) > limits.cells:
                raise too_many_cells(self._sheet, marks.last_row + 1, marks.last_column + 1, limits.cells)
        return self._row, self._column

    def _value(self) -> None:
        """The cell holds something. Its letters were seen in the rows before, so that most cells are placed at once."""
        reference = self._given.get("r", "")
        letters = reference.rstrip("0123456789")
        column = self._seen.get(letters)
        if column is None or self._row != self.marks.last_row or reference[len(letters) :] != self._row_name:
            column = self._place()[1]
            if letters:
                self._seen[letters] = column
        self._column = column
        if self._given.get("s") in self._percent_styles and self._given.get("t", "n") == "n":
            self.marks.percents.add(self._place())

    def _begin_error(self) -> None:
        self._error = []
        self.parser.CharacterDataHandler = self._error.append
        self.parser.EndElementHandler = self._end_error

    def _end_error(self, tag: str) -> None:
        """The cell of an error ends; its formula, if any, is no part of what it shows."""
        if tag.endswith("f"):
            self._error.clear()
        if not tag.endswith("c"):
            return
        self.marks.errors[self._place()] = "".join(self._error).strip() or "#ERROR"
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def refuse_doctype(self, *_parts: object) -> None:
        """A document type can name outside files and unfold into gigabytes: no spreadsheet needs one."""
        raise refusal("damaged", self._file)
