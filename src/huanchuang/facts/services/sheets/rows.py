"""What the cells of a row say: whose figures, of when, and the figures themselves, before anybody asks what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from huanchuang.engines.kernel import Period, Problem, ProblemError, ProblemText
from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.engines.sheets import (
    Broken,
    Cell,
    Column,
    Row,
    amount_of,
    day_of,
    identifier_of,
    is_blank,
    number_text,
    text_of,
)
from huanchuang.facts.models import SourceKind
from huanchuang.facts.queries.dictionary import NUMBER_TYPES
from huanchuang.facts.services.sheets.columns import (
    LABELS,
    ORGANISATION,
    PERIOD,
    USCC,
    Figure,
    figure_named,
    figures_for,
)
from huanchuang.facts.services.values import FactGiven, Said, said_by
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation, Outcome
from huanchuang.registry.services.imports import CellProblem, Checked, Order

LABELS_EN = {ORGANISATION: "Name of the unit", USCC: "Unified social credit code", PERIOD: "Year"}
NOT_YOURS = Problem(
    "", "由主管部门填写，或由平台计算", "请清空这一列", code="facts.sheet.not_yours",
    en=ProblemText("", "is given by the authority or computed", "Clear this column"),
)  # fmt: skip
UNITS_OF_MONEY = sorted(EXPONENTS, key=len, reverse=True)


@dataclass
class Read:
    """A row as read so far; `saids` by field."""

    row: Row
    checked: Checked
    name: str = ""
    code: str = ""
    organisation: Organisation | None = None
    period: Period | None = None
    saids: dict[str, Said] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one order, and says at which cell something is wrong."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._may = {figure.key.code for figure in figures_for(order.user)}
        self.columns: dict[str, int] = {name: index for index, name in order.reading.columns.items()}
        self.figures: dict[str, Figure] = {}
        for name in self.columns:
            figure = figure_named(name)
            if figure is not None:
                self.figures[name] = figure
        self._blanks = frozenset(vocabulary.register_columns().layout.blanks)

    def begin(self, row: Row) -> Read:
        """The row with the names it gives for its unit, and its period."""
        one = Read(row, Checked(row, Outcome.NEW.value))
        one.name, one.code = (self._text(one, name) for name in (ORGANISATION, USCC))
        written = self._text(one, PERIOD)
        if written:
            try:
                one.period = Period.parse(written.removesuffix("度"))
            except ProblemError as error:
                self.wrong(one, PERIOD, error.problems, written)
        return one

    def finish(self, one: Read) -> None:
        """The figures of the row, once it is known whose they are."""
        for name, figure in self.figures.items():
            cell = self._cell(one.row, name)
            if is_blank(cell, self._blanks):
                continue
            if figure.key.code not in self._may:
                self.wrong(one, name, [NOT_YOURS], text_of(cell))
                continue
            period = figure.period or one.period
            if one.organisation is None or period is None:
                continue
            try:
                value, unit = self._value(figure, cell, name)
                given = FactGiven(
                    one.organisation.subject, figure.key.code, period, value, unit, SourceKind.IMPORT, self.order.source
                )  # fmt: skip
                one.saids[name] = said_by(given)
            except ProblemError as error:
                self.wrong(one, name, error.problems, getattr(cell, "mark", None) or text_of(cell))

    def needs_period(self, one: Read) -> bool:
        """Whether the row has a figure whose period no heading names."""
        return any(
            figure.period is None and not is_blank(self._cell(one.row, name), self._blanks)
            for name, figure in self.figures.items()
        )

    def _cell(self, row: Row, name: str) -> Cell:
        index = self.columns.get(name)
        return None if index is None or index >= len(row.cells) else row.cells[index]

    def _text(self, one: Read, name: str) -> str:
        cell = self._cell(one.row, name)
        if isinstance(cell, Broken):
            self.wrong(one, name, [cell.problem("", "")], cell.mark)
            return ""
        if is_blank(cell, self._blanks):
            return self.order.reading.constants.get(name, "").strip()
        try:
            return identifier_of(cell).strip()
        except ProblemError as error:
            self.wrong(one, name, error.problems, text_of(cell))
            return ""

    def _value(self, figure: Figure, cell: Cell, name: str) -> tuple[str, str]:
        """The value as it is written and its unit."""
        if isinstance(cell, Broken):
            raise ProblemError(cell.problem("", ""))
        column = self._columns[self.columns[name]]
        kind = figure.key.value_type
        if kind == "money":
            unit = self.order.table.money_unit(column) or self.order.reading.units.get(column.index, "")
            return _amount(amount_of(cell, unit))
        if kind in NUMBER_TYPES:
            return number_text(cell, column.unit or figure.key.unit), column.unit
        if kind == "date":
            day = day_of(cell, counts_from_1904=self.order.table.counts_from_1904)
            return (day.value.isoformat() if day.precision == "day" else text_of(cell)), ""
        return text_of(cell), ""

    @cached_property
    def _columns(self) -> Mapping[int, Column]:
        return {column.index: column for column in self.order.table.columns}

    def wrong(self, one: Read, name: str, problems: Iterable[Problem], text: str) -> None:
        """Note what is wrong with a cell, or with the row where the field has no column."""
        for problem in problems:
            found = CellProblem.at(one.row, self.columns.get(name), name, self.label(name), text, problem)
            one.checked.problems.append(found)

    def label(self, name: str) -> tuple[str, str]:
        """A field in Chinese and English."""
        figure = self.figures.get(name)
        if figure is not None:
            return figure.label("zh"), figure.label("en")
        return LABELS.get(name, name), LABELS_EN.get(name, name)


def _amount(text: str) -> tuple[str, str]:
    """1200万元 as 1200 and 万元; what ends in no unit of money stays, to be refused by its reader."""
    unit = next((unit for unit in UNITS_OF_MONEY if text.endswith(unit) and text != unit), "")
    return text.removesuffix(unit), unit
