"""What a sheet can be imported as. The registry offers its ten kinds; a slice above offers its own in the same way.

An importer says which columns it looks for, checks rows against what is stored, writes the good ones and takes them back.
Reading files, asking people, jobs, previews and undoing as one belong to everybody and live beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Problem, ProblemText
from huanchuang.engines.sheets import Row, Table, Wanted, address
from huanchuang.registry.models import ImportRow
from huanchuang.registry.queries.imports.shown import Shown
from huanchuang.registry.queries.kinds import KINDS

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Target:
    """A field that a column may be read into. `choices` are codes with their names where only those will do."""

    name: str
    label: str | Promise
    group: str | Promise = ""
    hint: str | Promise = ""
    is_required: bool = False
    is_money: bool = False
    choices: Sequence[tuple[str, str]] = ()
    may_be_constant: bool = True
    """Whether one value may be said for all rows."""


@dataclass(frozen=True)
class Reading:
    """How a sheet is read. Columns are counted from 0.

    `columns` column → field, `units` column → unit of money where the sheet does not say it, `constants` field → text for
    every row, `words` field → text of a cell → text to read instead ("" for nothing), `with_possible` whether rows that may
    be in the register already are taken as new ones, `with_months` whether a month is read as its first day.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    with_possible: bool = False
    with_months: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "columns": {str(column): name for column, name in self.columns.items()},
            "units": {str(column): unit for column, unit in self.units.items()},
            "constants": dict(self.constants),
            "words": {name: dict(words) for name, words in self.words.items()},
            "with_possible": self.with_possible,
            "with_months": self.with_months,
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Reading:
        """The reading that was kept; what is missing is as at the beginning."""
        return cls(
            columns={int(column): name for column, name in plain.get("columns", {}).items()},
            units={int(column): unit for column, unit in plain.get("units", {}).items()},
            constants=plain.get("constants", {}),
            words=plain.get("words", {}),
            with_possible=plain.get("with_possible", False),
            with_months=plain.get("with_months", False),
        )

    def column_of(self, name: str) -> int | None:
        """The column that holds a field."""
        return next((column for column, field_name in self.columns.items() if field_name == name), None)


@dataclass(frozen=True)
class Order:
    """Who imports which table how; `user` is None for the operator at the command line. `source` names the file."""

    user: User | None
    table: Table
    reading: Reading
    source: str


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a row: the cell, the field, what stands there, and the problem in its three parts."""

    cell: str
    field: str
    text: str
    zh: tuple[str, str, str]
    en: tuple[str, str, str]
    code: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def at(
        cls, row: Row, column: int | None, name: str, label: tuple[str, str], text: str, problem: Problem
    ) -> CellProblem:
        """A kernel problem at a cell of a row, or at the row where the field has no column."""
        english = problem.en or ProblemText(problem.where, problem.what, problem.remedy)
        cell = address(row.index, column) if column is not None else ""
        place = cell or f"第{row.number}行"
        place_en = cell or f"row {row.number}"
        shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        zh = (f"{place}（{label[0]}）" if label[0] else place, problem.what, problem.remedy)
        en = (f"{place_en} ({label[1]})" if label[1] else place_en, english.what, english.remedy)
        return cls(cell or place, name, shown, zh, en, problem.code)


@dataclass
class Checked:
    """A row as checked: what it is to the register, what it would set, what stood there, what is wrong.

    `subject` and `version` are of the stored entry; `waits_for` is the number of the row that must come first;
    `entry` is the importer's own, for its `take`.
    """

    row: Row
    outcome: str
    title: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    subject: str = ""
    version: int | None = None
    waits_for: int | None = None
    possible: list[list[str]] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    remarks: list[list[str]] = field(default_factory=list)
    entry: Any = None


class Checker(Protocol):
    """Checks the rows of one order, in pieces; remembers what it has seen, so that a row twice in a sheet is told."""

    def check(self, rows: Sequence[Row]) -> list[Checked]: ...


class Importer(Protocol):
    """One thing that sheets can be imported as."""

    @property
    def name(self) -> str: ...

    @property
    def deed(self) -> str:
        """Who may import it."""
        ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def icon(self) -> str: ...

    def list_url(self) -> str:
        """Where what was imported is seen."""
        ...

    def targets(self, table: Table | None, user: User | None) -> Sequence[Target]:
        """The fields that columns may be read into."""
        ...

    def wanted(self, table: Table) -> Sequence[Wanted]:
        """What the fields are called in sheets."""
        ...

    def missing(self, reading: Reading) -> Sequence[str]:
        """Labels of fields without which no row can be told from another."""
        ...

    def checker(self, order: Order) -> Checker:
        """A checker for an order."""
        ...

    def take(self, actor: Actor, order: Order, checked: Sequence[Checked]) -> None:
        """Write new and changed rows, inside of the caller's transaction; fills in `subject` and `version`."""
        ...

    def undo(self, actor: Actor, rows: Sequence[ImportRow]) -> None:
        """Take back what rows wrote, inside of the caller's transaction; what stays goes to `kept` of its row."""
        ...

    def shown(self, rows: Sequence[ImportRow]) -> Sequence[Sequence[Shown]]:
        """For each row the values that it sets, in words."""
        ...

    def template(self) -> bytes:
        """A workbook to fill in."""
        ...


_importers: dict[str, Importer] = {}


def offer(importer: Importer) -> Importer:
    """Let sheets be imported as this; the last one of a name holds, so that a module may be read twice."""
    _importers[importer.name] = importer
    return importer


def importer_named(name: str) -> Importer | None:
    """The importer of that name, or None."""
    return _importers.get(name)


def importers_for(user: User) -> list[Importer]:
    """What a person may import: kinds of entries first, then what slices above offer."""
    return [one for one in importers() if allows(user, one.deed)]


def importers() -> Sequence[Importer]:
    """Everything that can be imported, kinds of entries first."""
    own = [_importers[name] for name in KINDS if name in _importers]
    return [*own, *(one for name, one in _importers.items() if name not in KINDS)]
