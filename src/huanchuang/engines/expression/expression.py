"""A checked expression, and the same bound to a day: then it is evaluated for one record, or compiled by `columns`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable, day_table
from huanchuang.engines.expression.bind import bind
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.problems import Source
from huanchuang.engines.expression.record import Record, Step, evaluate
from huanchuang.engines.expression.situation import Situation
from huanchuang.engines.expression.types import Type
from huanchuang.engines.expression.vocabulary import Fact, Named, Parameter, Relation
from huanchuang.engines.kernel.period import Period


@dataclass(frozen=True)
class Expression:
    """An expression whose types and units fit; made by `reading.read`."""

    text: str
    node: Node

    @property
    def type(self) -> Type:
        """What it gives."""
        return self.node.type

    def at(self, situation: Situation) -> Bound:
        """The expression on the day of a question; ProblemError where the value of a parameter does not fit."""
        return Bound(self.text, bind(self.node, situation, Source(self.text)), situation)

    def named(self, key: str, zh: str, en: str) -> Named:
        """The expression as a term that others may use by name."""
        return Named(key, zh, en, self.node)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts it speaks of, each once, in order."""
        found = [node.fact for node in walk(self.node) if isinstance(node, ops.Asked)]
        registered = [node.registered for node in walk(self.node) if isinstance(node, ops.Yearly)]
        return tuple(dict.fromkeys([*found, *(fact for fact in registered if fact is not None)]))

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters it speaks of."""
        named = (node.parameter for node in walk(self.node) if isinstance(node, ops.Named))
        return tuple(dict.fromkeys(named))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The related records it counts or sums."""
        return _relations(self.node)


@dataclass(frozen=True)
class Bound:
    """An expression on a day, ready to be carried out."""

    text: str
    node: Node
    situation: Situation

    @cached_property
    def days(self) -> DayTable:
        """The working days, counted."""
        return day_table(self.situation.calendar)

    @cached_property
    def needs(self) -> tuple[tuple[Fact, Period | None], ...]:
        """Each fact with its period that the answer may rest on."""
        found = (
            (node.fact, node.period) for node in walk(self.node, rows=False) if isinstance(node, ops.FactAt)
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The related records that the answer may rest on."""
        return _relations(self.node)

    def evaluate(self, record: Record) -> Step:
        """Value and reasons for one record; never fails."""
        return evaluate(self.node, record, self.days)


def walk(node: Node, rows: bool = True) -> list[Node]:
    """A node and all below it; with `rows` also what is asked of related records."""
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(current.parts))
        if rows and isinstance(current, ops.CountRows | ops.SumRows):
            inner = (current.condition, current.value if isinstance(current, ops.SumRows) else None)
            waiting.extend(part for part in inner if part is not None)
    return found


def _relations(node: Node) -> tuple[Relation, ...]:
    rows = (found.relation for found in walk(node) if isinstance(found, ops.CountRows | ops.SumRows))
    return tuple(dict.fromkeys(rows))
