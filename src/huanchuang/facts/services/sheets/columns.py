"""Which figures the columns of a sheet may hold, and under which names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from huanchuang.accounts.models import FieldClass, Role, User
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.engines.sheets import Column, Table, Wanted, plain_heading
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import FactDictionary, FactKey

ORGANISATION, USCC, PERIOD = "unit", "unit-code", "period"
LABELS = {ORGANISATION: "单位名称", USCC: "统一社会信用代码", PERIOD: "年度"}
ABOUT = frozenset({"organisation", "carrier"})
_DATED = re.compile(
    r"(?P<period>\d{4}(?:年(?:上半年|下半年|第?[一二三四1-4]季度|\d{1,2}月)?)?)(?:度|末|底)?(?P<name>\D.*)"
)
_DATED_AT_END = re.compile(r"(?P<name>.*\D)(?P<period>\d{4}年?)(?:度|末|底)?")


@dataclass(frozen=True)
class Figure:
    """What a column holds: a figure, of the period in its heading or (None) of the period of its row."""

    key: FactKey
    period: Period | None = None

    @property
    def field(self) -> str:
        """Its name among the fields of the sheet: `sales-revenue`, `sales-revenue@2024`."""
        return f"{self.key.code}@{self.period.code}" if self.period else self.key.code

    def label(self, language: str) -> str:
        """销售收入, 销售收入 · 2024年."""
        name = self.key.name(language)
        return f"{name} · {self.period.label(language)}" if self.period else name


def figures_for(user: User | None) -> list[Figure]:
    """The figures that a person may bring in; those of the authority only an officer (and the operator).

    What tells whose row it is (the credit code) is no figure here, though the dictionary knows it.
    """
    all_classes = user is None or user.role == Role.OFFICER
    whose = vocabulary.register_columns()
    return [
        Figure(key)
        for key in vocabulary.fact_dictionary()
        if not key.is_derived
        and not whose.field("facts", key.zh)
        and not ABOUT.isdisjoint(key.about)
        and (all_classes or key.field_class != FieldClass.AUTHORITY)
    ]


def figure_named(field: str) -> Figure | None:
    """The figure of a field's name; None for other fields and for keys the dictionary has no more."""
    code, _, period = field.partition("@")
    key = vocabulary.fact_dictionary().get(code)
    if key is None or code != key.code:
        return None
    return Figure(key, Period.from_code(period) if period else None)


def dated_figures(table: Table) -> dict[int, Figure]:
    """Columns whose heading names a figure and its year: 2024年销售收入, 2024年 above 销售收入."""
    found = {column.index: _dated(column) for column in table.columns}
    return {index: figure for index, figure in found.items() if figure is not None}


def _dated(column: Column) -> Figure | None:
    written = "".join(column.parts) or column.heading
    for form in (_DATED, _DATED_AT_END):
        match = form.fullmatch("".join(written.split()))
        key = match and _names(vocabulary.fact_dictionary()).get(plain_heading(match["name"]))
        if match and key:
            try:
                return Figure(key, Period.parse(match["period"]))
            except ProblemError:
                return None
    return None


@cache
def _names(keys: FactDictionary) -> dict[str, FactKey]:
    """Every name of every key in the form in which headings are compared."""
    return {
        plain_heading(name): key
        for key in reversed(list(keys))
        for name in (key.code, key.en, *key.aliases, key.zh)
    }


def wanted_in(table: Table, user: User | None = None) -> Sequence[Wanted]:
    """What to look for: whose figures, of when, and which."""
    found = list(vocabulary.register_columns().wanted("facts", LABELS))
    for figure in figures_for(user):
        key = figure.key
        found.append(Wanted(figure.field, key.zh, (*key.aliases, key.en, key.code)))
    headings = {column.index: column.heading for column in table.columns}
    for index, figure in dated_figures(table).items():
        found.append(Wanted(figure.field, headings[index]))
    return found
