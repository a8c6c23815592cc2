"""What a policy is: requirements, dated parameters, formulas with names, an amount, and the groups it shares with others.

Everything is a value, made by `packs` from the files of a definition, and compared by identity: two loads are two policies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from huanchuang.engines.expression import Bound, Expression, Parameter, Situation
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel.workcalendar import WorkCalendar

Way = Literal["coded", "document", "human"]
"""How a requirement is decided: computed from facts, proved by a paper, or judged by a person."""
GroupRule = Literal["highest", "exclusive", "total"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in Chinese and in English; without the English the Chinese stands."""

    zh: str
    en: str = ""

    def text(self, language: str = "zh") -> str:
        """The text in a language."""
        return self.en if language.startswith("en") and self.en else self.zh


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a policy asks for, with its clause.

    With a `condition` it is computed, even where a person or a paper is the source of the fact (`by`); without one it is
    asked for, and open until somebody answers. Both ends of its validity are included.
    """

    id: str
    text: Wording
    clause: str = ""
    by: Way = "coded"
    condition: Expression | None = None
    papers: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether it is asked for on a day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class DatedParameter:
    """A parameter with its values, each from a day on; before the first, and where one is None, it is unknown."""

    parameter: Parameter
    values: tuple[tuple[date, Plain | None], ...] = ()
    clause: str = ""

    def on(self, day: date) -> Plain | None:
        """The value on a day."""
        found: Plain | None = None
        for since, value in sorted(self.values, key=lambda dated: dated[0]):
            if since <= day:
                found = value
        return found


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with a name, such as the score of an item: shown with each decision."""

    key: str
    text: Wording
    expression: Expression
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a policy brings, in fen: the expression rounds to whole fen at its end."""

    expression: Expression
    text: Wording
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What policies of one name share: the highest counts (就高不重复), one excludes the others, or a limit on the total in fen."""

    name: str
    rule: GroupRule
    limit: int | None = None
    text: Wording = field(default=Wording(""))


@dataclass(frozen=True, eq=False)
class Policy:
    """A policy in one version. Validity includes both ends; without an end it stays in force until a successor."""

    id: str
    version: str
    title: Wording
    requirements: tuple[Requirement, ...]
    parameters: tuple[DatedParameter, ...] = ()
    formulas: tuple[Formula, ...] = ()
    amount: Amount | None = None
    groups: tuple[Group, ...] = ()
    is_once: bool = False
    """Once in a life: who has received it has no second claim."""
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether the policy holds on a day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)

    def requirements_on(self, day: date) -> tuple[Requirement, ...]:
        """What is asked for on a day, in the order of the policy."""
        return tuple(one for one in self.requirements if one.is_in_force(day))

    def parameters_on(self, day: date) -> Mapping[str, Plain | None]:
        """The values of the parameters on a day, by key."""
        return {dated.parameter.key: dated.on(day) for dated in self.parameters}


def with_rules_of(policy: Policy, day: date) -> Policy:
    """The policy as if the rules of a day held always: its requirements and parameters of then, without an end."""
    return replace(
        policy,
        requirements=tuple(
            replace(one, valid_from=None, valid_to=None) for one in policy.requirements_on(day)
        ),
        parameters=tuple(replace(dated, values=((date.min, dated.on(day)),)) for dated in policy.parameters),
        valid_from=None,
        valid_to=None,
    )


@dataclass(frozen=True, eq=False)
class BoundPolicy:
    """A policy on a day: every expression ready to be carried out."""

    policy: Policy
    requirements: tuple[Requirement, ...]
    conditions: tuple[Bound | None, ...]
    """One for each requirement, None where it is asked for."""
    formulas: tuple[Bound, ...]
    amount: Bound | None

    @property
    def expressions(self) -> tuple[Bound, ...]:
        """Everything that is computed: conditions, formulas with names, the amount."""
        every = (*self.conditions, *self.formulas, self.amount)
        return tuple(one for one in every if one is not None)


def bind_policy(policy: Policy, as_of: date, calendar: WorkCalendar | None = None) -> BoundPolicy:
    """A policy on a day, kept for the next question; ProblemError where the value of a parameter does not fit."""
    return _bind(policy, as_of, _Same(calendar))


@dataclass(frozen=True, eq=False)
class _Calendar:
    calendar: WorkCalendar | None


class _Same(_Calendar):
    """A calendar compared by identity."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.calendar is self.calendar

    def __hash__(self) -> int:
        return id(self.calendar)


@lru_cache(512)
def _bind(policy: Policy, as_of: date, same: _Same) -> BoundPolicy:
    situation = Situation(as_of, policy.parameters_on(as_of), same.calendar)
    asked = policy.requirements_on(as_of)
    return BoundPolicy(
        policy,
        asked,
        tuple(None if one.condition is None else one.condition.at(situation) for one in asked),
        tuple(formula.expression.at(situation) for formula in policy.formulas),
        None if policy.amount is None else policy.amount.expression.at(situation),
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many requirements are computed, proved by a paper, judged by a person."""

    coded: int
    document: int
    human: int

    @property
    def share(self) -> int:
        """The computed part in whole percent, rounded down: 100 only where nothing is left to people."""
        total = self.coded + self.document + self.human
        return 100 * self.coded // total if total else 0


def coverage(requirements: Sequence[Requirement]) -> Coverage:
    """How much of a text the machine can decide."""
    ways = [requirement.by for requirement in requirements]
    return Coverage(ways.count("coded"), ways.count("document"), ways.count("human"))
