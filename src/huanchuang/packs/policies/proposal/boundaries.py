"""Example cases on each threshold: the value that just fulfils a condition, and the smallest step beside it.

What is expected follows from the sign of the comparison, not from running the engine: the officer confirms it, the
engine then has to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import read
from huanchuang.engines.expression.explain import show
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.types import YES_NO
from huanchuang.engines.expression.vocabulary import Fact
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.numerals import as_decimal
from huanchuang.packs.policies.criteria import Criteria

Facts = dict[tuple[str, str], str]
"""(name of a fact, year or empty) → value as written in a case."""
_OLD = "2001-01-01"
"""A registration long before: no year is left out of 近3年."""
_WHOLE = Fraction(10**10)
_ELSEWHERE = ("110000", "310000")


@dataclass(frozen=True, slots=True)
class Example:
    """Facts, and whether the condition holds with them: on the threshold, or beside it."""

    facts: Mapping[tuple[str, str], str]
    holds: bool
    is_edge: bool


@dataclass(frozen=True, slots=True)
class _Sides:
    """Facts with which a condition just holds, and with which it just does not."""

    held: Facts
    missed: Facts


def examples(when: str, criteria: Criteria, as_of: date) -> tuple[Example, ...]:
    """The cases of a condition on a day; none where it is no condition or not of a kind that has a threshold."""
    try:
        node = read(when, criteria.vocabulary, "condition").node
    except ProblemError:
        return ()
    return tuple(_Finder(criteria, as_of).examples(node))


class _Finder:
    """Finds the two sides of conditions on one day."""

    def __init__(self, criteria: Criteria, as_of: date) -> None:
        self.criteria, self.as_of = criteria, as_of

    def examples(self, node: Node) -> Iterator[Example]:
        """One case that holds, then one for each part that fails."""
        parts = node.parts if isinstance(node, ops.And | ops.Or) else (node,)
        sides = [self.sides(part) for part in parts]
        known = [side for side in sides if side is not None]
        if len(known) < len(parts):
            return
        every = isinstance(node, ops.Or)
        base = _merged([side.missed if every else side.held for side in known])
        if base is None:
            return
        yield Example(base, not every, is_edge=True)
        for number in range(len(known)):
            facts = _merged(
                [(side.missed if (at == number) != every else side.held) for at, side in enumerate(known)]
            )
            if facts is not None:
                yield Example(facts, every, is_edge=True)

    def sides(self, node: Node) -> _Sides | None:
        """The two sides of one comparison or statement."""
        if isinstance(node, ops.Not):
            inner = self.sides(node.parts[0])
            return inner and _Sides(inner.missed, inner.held)
        if isinstance(node, ops.Asked) and node.type == YES_NO:
            at = self._key(node)
            return _Sides({at: "是"}, {at: "否"})
        if isinstance(node, ops.Among) and isinstance(node.parts[0], ops.Asked):
            return self._among(node, node.parts[0])
        if isinstance(node, ops.Compare):
            return self._compared(node)
        return None

    def _among(self, node: ops.Among, asked: ops.Asked) -> _Sides | None:
        inside = sorted(node.members)
        outside = next((code for code in _ELSEWHERE if code not in node.members), None)
        if node.negated or not inside or outside is None or (node.known and outside not in node.known):
            return None
        at = self._key(asked)
        return _Sides({at: inside[0]}, {at: outside})

    def _compared(self, node: ops.Compare) -> _Sides | None:
        left, right = node.parts
        if isinstance(left, ops.Shift) and isinstance(right, ops.Today):
            return self._dated(node, left)
        if not isinstance(right, ops.Constant) or isinstance(right.value, bool | str) or right.value is None:
            return None
        limit = Fraction(right.value)
        if isinstance(left, ops.Asked):
            return self._sided(node.sign, limit, left.fact, lambda value: self._valued(left, value))
        if isinstance(left, ops.Yearly) and left.fold == "sum":
            return self._summed(node.sign, limit, left)
        if isinstance(left, ops.Divide):
            return self._quotient(node.sign, limit, *left.parts)
        return None

    def _sided(self, sign: str, limit: Fraction, fact: Fact, at: object) -> _Sides | None:
        near = {">=": (0, -1), "<=": (0, 1), ">": (1, 0), "<": (-1, 0), "=": (0, 1)}.get(sign)
        if near is None or not callable(at):
            return None
        held, missed = (limit + step * fact.step for step in near)
        if not all(fact.admits(value) for value in (held, missed)):
            return None
        one, other = at(held), at(missed)
        return _Sides(one, other) if one is not None and other is not None else None

    def _summed(self, sign: str, limit: Fraction, node: ops.Yearly) -> _Sides | None:
        asked = node.parts[0]
        if not isinstance(asked, ops.Asked):
            return None
        return self._sided(sign, limit, asked.fact, lambda value: self._over(node, asked, value))

    def _quotient(self, sign: str, limit: Fraction, above: Node, below: Node) -> _Sides | None:
        """The whole is chosen so that the share of it is a whole number of steps."""
        top, bottom = self._asked(above), self._asked(below)
        if top is None or bottom is None or top.fact.key == bottom.fact.key:
            return None
        whole = (
            bottom.fact.step
            * limit.denominator
            * (1000 if bottom.fact.step < 1 or bottom.type != top.type else 1)
        )
        whole *= max(1, (_WHOLE if bottom.fact.limit > _WHOLE else Fraction(1000)) // whole)
        under = (
            self._over(below, bottom, whole) if isinstance(below, ops.Yearly) else self._valued(bottom, whole)
        )
        if under is None:
            return None

        def placed(value: Fraction) -> Facts | None:
            over = (
                self._over(above, top, value) if isinstance(above, ops.Yearly) else self._valued(top, value)
            )
            return _merged([over, under]) if over is not None else None

        return self._sided(sign, limit * whole, top.fact, placed)

    def _asked(self, node: Node) -> ops.Asked | None:
        inner = node.parts[0] if isinstance(node, ops.Yearly) and node.fold == "sum" else node
        return inner if isinstance(inner, ops.Asked) else None

    def _dated(self, node: ops.Compare, shift: ops.Shift) -> _Sides | None:
        asked, number = shift.parts
        if not isinstance(asked, ops.Asked) or not isinstance(number, ops.Constant) or shift.back:
            return None
        day = _before(self.as_of, int(Fraction(number.value or 0)), shift.unit)
        near = {"<=": (0, 1), "<": (-1, 0), ">=": (0, -1), ">": (1, 0)}.get(node.sign)
        if day is None or near is None:
            return None
        held, missed = (day + timedelta(days=step) for step in near)
        at = self._key(asked)
        return _Sides({at: held.isoformat()}, {at: missed.isoformat()})

    def _key(self, asked: ops.Asked) -> tuple[str, str]:
        if asked.fact.period != "year":
            return asked.fact.zh, ""
        return asked.fact.zh, str(asked.fixed if asked.fixed is not None else self.as_of.year - asked.back)

    def _valued(self, asked: ops.Asked, value: Fraction) -> Facts | None:
        written = self._written(asked.fact, value)
        return None if written is None else {self._key(asked): written}

    def _over(self, node: Node, asked: ops.Asked, value: Fraction) -> Facts | None:
        """The last of some years has all of it, the others nothing."""
        written, nothing = self._written(asked.fact, value), self._written(asked.fact, Fraction(0))
        if not isinstance(node, ops.Yearly) or node.kind != "year" or written is None or nothing is None:
            return None
        last = self.as_of.year - 1
        facts = {
            (asked.fact.zh, str(last - back)): nothing if back else written for back in range(node.count)
        }
        if node.registered is not None:
            facts[node.registered.zh, ""] = _OLD
        return facts

    def _written(self, fact: Fact, value: Fraction) -> str | None:
        said = show(value, fact.type)
        if self.criteria.value(fact, said) == value:
            return said
        number = as_decimal(value / self.criteria.factors[fact.key])
        return None if number is None else f"{number:f}"


def _before(day: date, count: int, unit: str) -> date | None:
    """The day some years, months or days before."""
    try:
        if unit == "天":
            return day - timedelta(days=count)
        months = count * 12 if unit == "年" else count if unit == "月" else None
        if months is None:
            return None
        year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
        return day.replace(year=year, month=month + 1)
    except (ValueError, OverflowError):
        return None


def _merged(parts: list[Facts]) -> Facts | None:
    """Facts together, None where two contradict."""
    found: Facts = {}
    for part in parts:
        for key, value in part.items():
            if found.setdefault(key, value) != value:
                return None
    return found
