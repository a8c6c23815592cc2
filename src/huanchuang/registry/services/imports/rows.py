"""What the cells of a row say, field by field, before anybody asks what the register holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import override

from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.engines.sheets import Row, text_of
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Outcome
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import Kind, Shape
from huanchuang.registry.queries.kinds.values import label_en, read_value
from huanchuang.registry.services.imports.cells import CellReader
from huanchuang.registry.services.imports.importer import CellProblem, Checked, Order

_NOTHING = Problem("", "", "")


@dataclass
class Read:
    """A row with the values read from it so far; `links` are names that point at other entries."""

    row: Row
    checked: Checked
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one order for one kind of entries, and says at which cell something is wrong."""

    def __init__(self, kind: Kind, order: Order) -> None:
        self.kind, self.order = kind, order
        columns = {column.index: column for column in order.table.columns}
        words = vocabulary.register_columns()
        self._readers = {
            name: CellReader(
                kind.by_name[name],
                order.table,
                columns[index],
                order.reading.units.get(index, ""),
                order.reading.words.get(name, {}),
                words.instead(kind.name, name),
                order.reading.with_months,
            )
            for index, name in order.reading.columns.items()
            if name in kind.by_name and index in columns
        }

    def read(self, row: Row) -> Read:
        """The values of a row; what cannot be read is among its problems."""
        one = Read(row, Checked(row, Outcome.NEW.value))
        for name, reader in self._readers.items():
            index = reader.column.index
            cell = row.cells[index] if index < len(row.cells) else None
            try:
                given = reader.read(cell)
                self._keep(one, name, given.value)
                for other, text in given.also.items():
                    one.values.setdefault(other, read_value(self.kind.by_name[other], text))
            except ProblemError as error:
                self.wrong(one, name, error.problems, getattr(cell, "mark", None) or text_of(cell))
                continue
            if given.remark is not None:
                one.checked.remarks.append(self._remark(row, name, given.remark))
        for name, text in self.order.reading.constants.items():
            if text and name in self.kind.by_name and name not in one.values and name not in one.links:
                self._keep_constant(one, name, text)
        return one

    def _keep(self, one: Read, name: str, given: object) -> None:
        described = self.kind.by_name[name]
        if given is None or given == "":
            return
        if described.shape is Shape.ENTRY:
            one.links[name] = str(given)
        else:
            value = read_value(described, given)
            if value not in (None, "", []):
                one.values[name] = value

    def _keep_constant(self, one: Read, name: str, text: str) -> None:
        try:
            self._keep(one, name, text)
        except ProblemError as error:
            self.wrong(one, name, error.problems, text)

    def _remark(self, row: Row, name: str, remark: tuple[str, str]) -> list[str]:
        place = self.problem(row, name, _NOTHING, "")
        return [f"{place.zh[0]}：{remark[0]}", f"{place.en[0]}: {remark[1]}"]

    def wrong(self, one: Read, name: str, problems: Iterable[Problem], text: str) -> None:
        """Note what is wrong with a field of a row."""
        one.checked.problems.extend(self.problem(one.row, name, problem, text) for problem in problems)

    def problem(self, row: Row, name: str, problem: Problem, text: str) -> CellProblem:
        """A problem at the cell of a field, or at the row where the field has no column."""
        reader = self._readers.get(name)
        column = reader.column.index if reader else None
        return CellProblem.at(row, column, name, self._labels.get(name, ("", "")), text, problem)

    def field_of(self, problem: Problem) -> str:
        """The field that a problem of the register's own checks is about: they name its label."""
        return self._by_label.get(problem.where, self.kind.title_field)

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, str]]:
        with override("zh-hans"):
            chinese = {one.name: str(one.label) for one in self.kind.fields}
        return {one.name: (chinese[one.name], label_en(one)) for one in self.kind.fields}

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {label: name for name, labels in self._labels.items() for label in labels}

    def own_titles(self) -> dict[str, int]:
        """The normalised titles of the rows of the sheet, where entries of this kind point at each other."""
        column = self.order.reading.column_of(self.kind.title_field)
        if column is None or not any(one.target == self.kind.name for one in self.kind.links):
            return {}
        titles: dict[str, int] = {}
        for row in self.order.table.rows:
            text = text_of(row.cells[column]) if column < len(row.cells) else ""
            if text:
                titles.setdefault(names.normalise(text), row.number)
        return titles
