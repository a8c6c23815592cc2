"""What a cell says about a field of the register, in the form in which `read_value` takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property

from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.engines.sheets import (
    Broken,
    Cell,
    Column,
    Table,
    amount_of,
    converted,
    day_of,
    identifier_of,
    is_blank,
    last_day_of,
    number_text,
    text_of,
)
from huanchuang.packs import vocabulary
from huanchuang.registry.queries.kinds import Field, Shape
from huanchuang.registry.queries.kinds.values import tree_of

_RANGE = re.compile(r"\s*(?:至|到|—+|–|~|～|\s-\s)\s*")
_ENDS = ("until", "expires_on", "due_on")
"""Ends of names of fields whose day is the last one: a month then means its last day."""
_LIST_MARKS = re.compile(r"[、；;\n]+")
REMARK = tuple[str, str]


@dataclass(frozen=True)
class Given:
    """What a cell says: `value` for `read_value`, None for nothing; `remark` how it was understood; `also` other fields."""

    value: object = None
    remark: REMARK | None = None
    also: Mapping[str, str] = default(default_factory=dict)


NOTHING = Given()


@dataclass(frozen=True)
class CellReader:
    """Reads the cells of one column for one field. `unit` is the unit of money that the order names for the column."""

    field: Field
    table: Table
    column: Column
    unit: str = ""
    words: Mapping[str, str] = default(default_factory=dict)
    instead: Mapping[str, str] = default(default_factory=dict)
    """Words that say another field instead: 面议 in 预算金额."""
    with_months: bool = False
    """Whether a month is read as its first day; the last day of something is the last of its month in any case."""

    def read(self, cell: Cell) -> Given:
        """What the cell says. ProblemError where it says nothing that can be kept."""
        if isinstance(cell, Broken):
            raise ProblemError(cell.problem("", ""))
        if is_blank(cell, self._blanks):
            return NOTHING
        text = text_of(cell)
        if text in self.words:
            return Given(self.words[text] or None)
        if text in self.instead:
            return Given(also={self.instead[text]: "是"})
        return self._read(cell)

    @cached_property
    def _blanks(self) -> frozenset[str]:
        return frozenset(vocabulary.register_columns().layout.blanks)

    @cached_property
    def _read(self) -> Callable[[Cell], Given]:
        readers: dict[Shape, Callable[[Cell], Given]] = {
            Shape.DATE: self._day,
            Shape.MONEY: self._money,
            Shape.NUMBER: self._number,
            Shape.WHOLE: self._number,
            Shape.CODE: self._code,
            Shape.LINES: lambda cell: Given(_LIST_MARKS.split(text_of(cell))),
            Shape.TEXT: lambda cell: Given(identifier_of(cell)),
            Shape.USCC: lambda cell: Given(identifier_of(cell)),
            Shape.IP_NUMBER: lambda cell: Given(identifier_of(cell)),
        }
        return readers.get(self.field.shape, lambda cell: Given(text_of(cell)))

    def _day(self, cell: Cell) -> Given:
        is_end = self.field.name.endswith(_ENDS)
        if isinstance(cell, str) and is_end:
            if cell in vocabulary.register_columns().layout.endless:
                return NOTHING
            cell = _RANGE.split(cell)[-1]
        day = day_of(cell, counts_from_1904=self.table.counts_from_1904)
        if day.precision == "year":
            raise refuse(
                "sheets.only_a_year",
                (f"“{text_of(cell)}”", "只写了年份", "请补上月和日，例如 2023-06-01"),
                (f'"{text_of(cell)}"', "is only a year", "Add month and day, such as 2023-06-01"),
            )
        if day.precision == "day":
            return Given(day.value)
        if not is_end and not self.with_months:
            raise refuse(
                "sheets.only_a_month",
                (f"“{text_of(cell)}”", "只写了年月", "请补上日，或在“修改对应列”里选按当月第一天读入"),
                (
                    f'"{text_of(cell)}"',
                    "is only a month",
                    "Add the day, or choose under Change the columns to read months as their first day",
                ),
            )
        value = last_day_of(day.value) if is_end else day.value
        return Given(
            value, (f"只写到月，按{value.isoformat()}读入", f"only a month, read as {value.isoformat()}")
        )

    def _code(self, cell: Cell) -> Given:
        """A code or name; an English name in any case."""
        text, tree = text_of(cell), tree_of(self.field)
        small = text.casefold()
        return Given(small if tree.find(text) is None and tree.find(small) is not None else text)

    def _money(self, cell: Cell) -> Given:
        unit = self.table.money_unit(self.column) or self.unit or self.field.unit
        return Given(amount_of(cell, unit))

    def _number(self, cell: Cell) -> Given:
        there, wanted = self.column.unit, self.field.unit
        text = number_text(cell, there or wanted)
        if not there or not wanted or there == wanted:
            return Given(text)
        return Given(converted(text, there, wanted))
