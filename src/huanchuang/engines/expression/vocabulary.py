"""The names an expression may use, handed in as values: facts, parameters, related records and trees of codes.

A fact has a type, a period and the exactness it is kept in: a whole number of `step` base units (money: fen; a share in
percent with six decimals: a hundred-millionth), at most `limit` of them. What does not fit that is no fact, in every
execution alike; so no column can overflow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from huanchuang.engines.expression.trees import Tree
from huanchuang.engines.expression.types import DATE, Type

if TYPE_CHECKING:
    from huanchuang.engines.expression.operations import Node

PeriodKind = Literal["year", "half", "quarter", "month", "none"]
Plain = bool | int | Fraction | str
"""A value at rest: yes/no, a number in base units (money in fen), days since 1970 for a date, a code or text."""

FIRST_DAY, LAST_DAY = -25567, 84005
"""1900-01-01 and 2199-12-31 in days since 1970-01-01: the dates of the language."""
MOST_ROWS = 1_000_000
"""Related records of one subject that are counted; more are taken as unknown."""


@dataclass(frozen=True)
class Fact:
    """Something that may be known about a subject, or about one of its related records.

    `least` and `most` bound what the value can be, in base units; an unknown value is reasoned about within them.
    `fresh_days`: how long a timeless value may be used after the day it was recorded, None for ever.
    """

    key: str
    zh: str
    en: str
    type: Type
    period: PeriodKind = "none"
    step: Fraction = Fraction(1)
    limit: int = 10**15
    least: Fraction | None = None
    most: Fraction | None = None
    aliases: tuple[str, ...] = ()
    fresh_days: int | None = None

    def __post_init__(self) -> None:
        for bound in (self.least, self.most):
            if bound is not None and not _is_exact(bound, self.step, self.limit):
                raise ValueError(
                    f"{self.key}: the bound {bound} is no multiple of {self.step} within the limit"
                )

    def name(self, language: str = "zh") -> str:
        """The name in a language."""
        return self.en if language.startswith("en") else self.zh

    def is_stale(self, recorded: int | None, on: int) -> bool:
        """Whether a value recorded on one day may no longer be used on another; of periods, or of no known day, it may."""
        if self.period != "none" or self.fresh_days is None or recorded is None:
            return False
        return on > recorded + self.fresh_days

    @cached_property
    def edges(self) -> tuple[int, int]:
        """The smallest and largest value it admits, in steps (days for a date)."""
        if self.type == DATE:
            return FIRST_DAY, LAST_DAY
        least = -self.limit if self.least is None else max(-self.limit, int(self.least / self.step))
        return least, self.limit if self.most is None else min(self.limit, int(self.most / self.step))

    @cached_property
    def _counts_in_ones(self) -> bool:
        return self.type == DATE or (self.type.is_number and self.step == 1)

    def admits(self, value: Plain) -> bool:
        """Whether a plain value can be a value of this fact: of its type, within its bounds, exact in its steps."""
        least, most = self.edges
        if type(value) is int:
            if self._counts_in_ones:
                return least <= value <= most
            return self.type.is_number and self._fits(Fraction(value))
        if isinstance(value, Fraction):
            return self.type.is_number and self._fits(value)
        if self.type.kind == "yes-no":
            return isinstance(value, bool)
        return self.type.kind in ("code", "text") and isinstance(value, str) and value != ""

    def _fits(self, value: Fraction) -> bool:
        steps = value / self.step
        return steps.denominator == 1 and self.edges[0] <= steps.numerator <= self.edges[1]


def _is_exact(value: int | Fraction, step: Fraction, limit: int) -> bool:
    steps = Fraction(value) / step
    return steps.denominator == 1 and abs(steps.numerator) <= limit


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of a policy with a name: its value comes with the date of the question, and may be missing."""

    key: str
    zh: str
    en: str
    type: Type
    step: Fraction = Fraction(1)
    limit: int = 10**15
    """How exact it is and how large it can be, as for a fact; other values are refused when it is given one."""

    def name(self, language: str = "zh") -> str:
        """The name in a language."""
        return self.en if language.startswith("en") else self.zh

    def admits(self, value: Plain) -> bool:
        """Whether a plain value can be its value."""
        if self.type == DATE:
            return type(value) is int and FIRST_DAY <= value <= LAST_DAY
        if self.type.is_number:
            return not isinstance(value, bool | str) and _is_exact(value, self.step, self.limit)
        return isinstance(value, bool if self.type.kind == "yes-no" else str)

    @property
    def largest(self) -> Plain | None:
        """A value as long as any it can have."""
        return self.step * self.limit - self.step if self.type.is_number else None


@dataclass(frozen=True, slots=True)
class Relation:
    """Records that belong to a subject (patents, contracts); their fields are timeless facts."""

    key: str
    zh: str
    en: str
    fields: tuple[Fact, ...]
    unit: str = "件"

    def name(self, language: str = "zh") -> str:
        """The name in a language."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Named:
    """A formula with a name, for use inside of other expressions; `node` is what it was checked to be."""

    key: str
    zh: str
    en: str
    node: Node

    def name(self, language: str = "zh") -> str:
        """The name in a language."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Vocabulary:
    """Every name an expression may use; `registered` is the key of the date from which a subject has yearly facts."""

    facts: tuple[Fact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    relations: tuple[Relation, ...] = ()
    trees: Mapping[str, Tree] = field(default_factory=dict)
    registered: str = ""
    terms: tuple[Named, ...] = ()

    @cached_property
    def names(self) -> dict[str, Entry]:
        """Each spelling of each name, folded; terms and parameters of a policy go before facts of the same name."""
        return _spellings((*self.relations, *self.facts, *self.parameters, *self.terms))

    def fact(self, name: str) -> Fact | None:
        """The fact of a name, if it is one."""
        found = self.names.get(folded_name(name))
        return found if isinstance(found, Fact) else None

    @cached_property
    def registration(self) -> Fact | None:
        """The fact with the date of registration, if the vocabulary has one."""
        return next((fact for fact in self.facts if fact.key == self.registered), None)

    def inside(self, relation: Relation) -> Vocabulary:
        """What can be said about one related record: its fields and the parameters."""
        return Vocabulary(relation.fields, self.parameters, (), self.trees)


Entry = Fact | Parameter | Relation | Named
"""What a name can stand for."""


def folded_name(name: str) -> str:
    """Names differ neither by case nor by - and _."""
    return name.casefold().replace("_", "-")


def _spellings(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        aliases = entry.aliases if isinstance(entry, Fact) else ()
        for name in (*aliases, entry.en, entry.zh, entry.key):
            found[folded_name(name)] = entry
    return found
