"""The rows under a heading: merged cells filled down, and everything that is no record left out and told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huanchuang.engines.kernel.numerals import fold
from huanchuang.engines.sheets.cells import Cell, Note, Sheet, address
from huanchuang.engines.sheets.find_header import Header
from huanchuang.engines.sheets.headings import LONGEST, plain_heading
from huanchuang.engines.sheets.layout import Layout, Row

_SHOWN = 40
Filled = Sequence[tuple[int, Cell]]
"""The cells of a row that are not empty, with their columns."""
_NUMBERS = re.compile(r"[(（]?(\d{1,3})[)）]?")
_STEMS = "甲乙丙丁戊己庚辛"


@dataclass(frozen=True, slots=True)
class Body:
    """The rows that hold records, and what was done with the others."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


def body_of(sheet: Sheet, header: Header, layout: Layout) -> Body:
    """The rows under the heading, in order."""
    sorter = _Sorter(sheet, header, layout)
    filled = _filled_down(sheet, header)
    rows: list[Row] = []
    for index in range(header.last + 1, len(sheet.rows)):
        cells = sheet.rows[index]
        if sorter.is_record(index, cells):
            values = list(cells)
            for column, value in filled.get(index, ()):
                values.extend([None] * (column + 1 - len(values)))
                values[column] = value
            rows.append(Row(index, tuple(values), index in sheet.hidden_rows))
    used = sum(1 for row in rows if row.index in filled)
    return Body(tuple(rows), tuple(sorter.notes(used)))


def _filled_down(sheet: Sheet, header: Header) -> dict[int, list[tuple[int, Cell]]]:
    """Values of cells merged down, for each row below their first: column and value."""
    found: dict[int, list[tuple[int, Cell]]] = {}
    for merge in sheet.merges:
        value = sheet.cell(merge.top, merge.left)
        if merge.top <= header.last or merge.bottom == merge.top or value is None:
            continue
        for row in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows))):
            found.setdefault(row, []).append((merge.left, value))
    return found


class _Sorter:
    """Tells records from the rest, row by row from the top; remembers what it left out."""

    def __init__(self, sheet: Sheet, header: Header, layout: Layout) -> None:
        self._sheet, self._header, self._layout = sheet, header, layout
        self._headings = [
            {plain_heading(str(cell)) for cell in sheet.rows[row] if cell is not None}
            for row in range(header.first, header.last + 1)
        ]
        self._totals = tuple(_compact(word) for word in layout.totals)
        self._left: dict[str, list[str]] = {}
        self._in_notes = False

    def is_record(self, index: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is a record; otherwise it is kept in mind for the notes."""
        filled = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
        if not filled:
            return False
        kind = self._kind(index, filled)
        if kind:
            column, cell = filled[0]
            shown = str(cell).replace("\n", " ")
            text = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
            self._left.setdefault(kind, []).append(f"{address(index, column)}“{text}”")
        return not kind

    def _kind(self, index: int, filled: Filled) -> str:
        first = [cell for _, cell in filled[:2]]
        if any(self._is_total(cell) for cell in first):
            return "totals"
        if self._is_under_the_table(filled):
            self._in_notes = True
            return "notes"
        if any(isinstance(cell, str) and cell.startswith(self._layout.examples) for cell in first):
            return "examples"
        if self._is_repeated_heading(filled):
            return "headings"
        return "numbers" if index == self._header.last + 1 and _is_numbering(filled) else ""

    def _is_under_the_table(self, filled: Filled) -> bool:
        """Whether a row is a note, what follows one, or the foot with names and dates."""
        start = filled[0][1]
        if not isinstance(start, str):
            return False
        if len(filled) <= 2 and (self._is_note(start) or (self._in_notes and len(filled) == 1)):
            return True
        return self._is_footer(start, filled)

    def _is_total(self, cell: Cell) -> bool:
        if not isinstance(cell, str) or len(cell) > 20:
            return False
        text = _compact(cell)
        return any(
            text.startswith(word)
            and re.fullmatch(r"[:(（\d家项个条人)）万元,.]*", text[len(word) :]) is not None
            for word in self._totals
        )

    def _is_note(self, text: str) -> bool:
        plain = _compact(text)
        for word in self._layout.notes:
            if plain.startswith(word) and re.match(r"[\d一二三四五]{0,2}[:.、)(（]|$", plain[len(word) :]):
                return True
        return False

    def _is_footer(self, start: str, filled: Filled) -> bool:
        """Lines such as 填表人：张三 联系电话：…; every text in them is a label, or the value after one."""
        if ":" not in start and "：" not in start:
            return False
        texts = [_compact(cell) for _, cell in filled if isinstance(cell, str)]
        labels = [text for text in texts if any(text.startswith(f"{word}:") for word in self._layout.footers)]
        return bool(labels) and texts[0] in labels and len(labels) * 2 >= len(filled)

    def _is_repeated_heading(self, filled: Filled) -> bool:
        start = filled[0][1]
        if not isinstance(start, str) or len(start) > LONGEST or not self._is_named(start):
            return False
        names = {plain_heading(str(cell)) for _, cell in filled}
        return any(
            len(names & heading) * 10 >= max(len(names), len(heading)) * 8 for heading in self._headings
        )

    def _is_named(self, text: str) -> bool:
        plain = plain_heading(text)
        return any(plain in heading for heading in self._headings)

    def notes(self, filled_rows: int) -> Iterable[Note]:
        """What was done, in words."""
        if filled_rows:
            yield Note(
                "filled_down",
                f"有{filled_rows}行按合并单元格补上了同样的内容",
                f"Merged cells were filled down into {filled_rows} rows",
            )
        for kind, places in self._left.items():
            zh, en = _WORDS[kind]
            listed = "、".join(places[:3]) + ("…" if len(places) > 3 else "")
            yield Note(kind, f"{zh}没有读入（{len(places)}行）：{listed}", f"{en} ({len(places)}): {listed}")


_WORDS = {
    "totals": ("合计行", "Rows of totals were left out"),
    "notes": ("表下的说明", "Notes under the table were left out"),
    "examples": ("示例行", "Rows that only show how to fill in were left out"),
    "headings": ("重复的表头", "Repeated headings were left out"),
    "numbers": ("列号行", "A row of column numbers was left out"),
}


def _compact(text: str) -> str:
    return "".join(fold(text).split())


def _is_numbering(filled: Filled) -> bool:
    """A row that only numbers the columns: 1 2 3 4, （1）（2）（3）, 甲 乙 1 2."""
    if len(filled) < 3:
        return False
    texts = [_compact(str(cell)) for _, cell in filled]
    while texts and texts[0] in _STEMS:
        texts.pop(0)
    numbers = [_NUMBERS.fullmatch(text) for text in texts]
    found = [int(match[1]) for match in numbers if match]
    return len(found) == len(texts) and found == list(range(1, len(found) + 1))
