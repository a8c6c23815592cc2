"""The execution on one record: every operation gives its value and remembers how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import (
    DayTable,
    full_years,
    moved,
    rounded,
)
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.port import run
from huanchuang.engines.expression.record import spans
from huanchuang.engines.expression.record.folds import count_rows, over, sum_rows
from huanchuang.engines.expression.record.known import Record
from huanchuang.engines.expression.record.step import OPEN_SPAN, Edge, Span, Step
from huanchuang.engines.expression.vocabulary import Plain, Relation


def evaluate(node: Node, record: Record, days: DayTable) -> Step:
    """The step of a bound expression on one record; never fails."""
    return run(node, RecordExecution(record, days))


class RecordExecution:
    """One record and the work calendar."""

    def __init__(self, record: Record, days: DayTable) -> None:
        self.record = record
        self.days = days

    def keep(self, value: Step) -> Step:
        return value

    def constant(self, node: ops.Constant, parts: list[Step]) -> Step:
        return Step(node, _plain(node, node.value), [])

    def fact(self, node: ops.FactAt, parts: list[Step]) -> Step:
        value = self.record.value(node.fact, node.period)
        if value is None and node.type.is_number:
            return Step(node, Span(node.fact.least, node.fact.most), [])
        return Step(node, _plain(node, value), [])

    def over(self, node: ops.Over, parts: list[Step]) -> Step:
        return over(node, parts)

    def negate(self, node: ops.Negate, parts: list[Step]) -> Step:
        return Step(node, spans.negate(parts[0].span), parts)

    def add(self, node: ops.Add, parts: list[Step]) -> Step:
        return Step(node, spans.add(parts[0].span, parts[1].span), parts)

    def subtract(self, node: ops.Subtract, parts: list[Step]) -> Step:
        return Step(node, spans.add(parts[0].span, spans.negate(parts[1].span)), parts)

    def multiply(self, node: ops.Multiply, parts: list[Step]) -> Step:
        left, right = parts[0].span, parts[1].span
        if isinstance(node.parts[0], ops.Constant):
            left, right = right, left
        if isinstance(node.parts[0], ops.Constant) or isinstance(node.parts[1], ops.Constant):
            factor = right.value
            return Step(node, OPEN_SPAN if factor is None else spans.scale(left, factor), parts)
        return Step(node, spans.multiply(left, right, _positive(node)), parts)

    def divide(self, node: ops.Divide, parts: list[Step]) -> Step:
        left, right = parts[0].span, parts[1].span
        if isinstance(node.parts[1], ops.Constant):
            divisor = right.value
            return Step(node, spans.scale(left, 1 / Fraction(divisor)) if divisor else OPEN_SPAN, parts)
        return Step(node, spans.divide(left, right, _positive(node)), parts)

    def least(self, node: ops.Least, parts: list[Step]) -> Step:
        return Step(node, spans.least([part.span for part in parts]), parts)

    def greatest(self, node: ops.Greatest, parts: list[Step]) -> Step:
        return Step(node, spans.greatest([part.span for part in parts]), parts)

    def round(self, node: ops.Round, parts: list[Step]) -> Step:
        lo, hi = parts[0].span
        low = None if lo is None else rounded(lo, node.step, node.way)
        return Step(node, Span(low, None if hi is None else rounded(hi, node.step, node.way)), parts)

    def choose(self, node: ops.Choose, parts: list[Step]) -> Step:
        condition, one, other = parts
        if condition.truth is not None:
            chosen = 1 if condition.truth else 2
            return Step(node, parts[chosen].value, parts, chosen)
        if node.type.kind in ("number", "date"):
            return Step(node, spans.hull((one.span, other.span)), parts)
        return Step(node, one.value if one.value == other.value else None, parts)

    def table(self, node: ops.Table, parts: list[Step]) -> Step:
        value, results = parts[0].span, parts[1 + node.size :]
        keys = node.keys
        if keys is None:
            return Step(node, spans.hull([result.span for result in results]), parts)
        first, last = _row(node, keys, value.lo, 0), _row(node, keys, value.hi, len(keys))
        if not node.is_upper:
            first, last = _row(node, keys, value.hi, 0), _row(node, keys, value.lo, len(keys))
        reached = spans.hull([result.span for result in results[first : last + 1]])
        return Step(node, reached, parts, first if first == last else -1)

    def compare(self, node: ops.Compare, parts: list[Step]) -> Step:
        return Step(node, spans.compare(node.sign, parts[0].span, parts[1].span), parts)

    def same(self, node: ops.Same, parts: list[Step]) -> Step:
        one, other = parts[0].value, parts[1].value
        if one is None or other is None:
            return Step(node, None, parts)
        return Step(node, (one == other) is not node.negated, parts)

    def among(self, node: ops.Among, parts: list[Step]) -> Step:
        text = parts[0].text
        if text is None or (node.known is not None and text not in node.known):
            return Step(node, None, parts)
        return Step(node, (text in node.members) is not node.negated, parts)

    def and_(self, node: ops.And, parts: list[Step]) -> Step:
        truths = [part.truth for part in parts]
        return Step(node, False if False in truths else None if None in truths else True, parts)

    def or_(self, node: ops.Or, parts: list[Step]) -> Step:
        truths = [part.truth for part in parts]
        return Step(node, True if True in truths else None if None in truths else False, parts)

    def not_(self, node: ops.Not, parts: list[Step]) -> Step:
        truth = parts[0].truth
        return Step(node, None if truth is None else not truth, parts)

    def is_known(self, node: ops.IsKnown, parts: list[Step]) -> Step:
        return Step(node, parts[0].is_known, parts)

    def shift(self, node: ops.Shift, parts: list[Step]) -> Step:
        amount = parts[1].span.value
        if amount is None or Fraction(amount).denominator != 1:
            return Step(node, OPEN_SPAN, parts)
        count = -int(amount) if node.back else int(amount)
        lo, hi = (
            None if edge is None else moved(int(edge), count, node.unit, self.days) for edge in parts[0].span
        )
        step = Step(node, Span(lo, hi), parts)
        if node.unit == "工作日" and step.is_known:
            step.provisional = self.days.is_provisional(int(parts[0].span.lo or 0), int(lo or 0))
        return step

    def age(self, node: ops.Age, parts: list[Step]) -> Step:
        since, until = parts[0].span, parts[1].span
        least = None if since.hi is None or until.lo is None else full_years(int(since.hi), int(until.lo))
        most = None if since.lo is None or until.hi is None else full_years(int(since.lo), int(until.hi))
        return Step(node, Span(least, most), parts)

    def workdays(self, node: ops.Workdays, parts: list[Step]) -> Step:
        after, through = parts[0].span, parts[1].span
        least = None if after.hi is None or through.lo is None else self.days.between(int(after.hi), int(through.lo))  # fmt: skip
        most = None if after.lo is None or through.hi is None else self.days.between(int(after.lo), int(through.hi))  # fmt: skip
        step = Step(node, Span(least, most), parts)
        if after.value is not None and through.value is not None:
            step.provisional = self.days.is_provisional(int(after.value), int(through.value))
        return step

    def count_rows(self, node: ops.CountRows, parts: list[Step]) -> Step:
        return count_rows(node, self._each_row(node.relation, node.condition))

    def sum_rows(self, node: ops.SumRows, parts: list[Step]) -> Step:
        return sum_rows(node, self._each_row(node.relation, node.condition, node.value))

    def term(self, node: ops.Term, parts: list[Step]) -> Step:
        return Step(node, parts[0].value, parts)

    def _each_row(self, relation: Relation, *nodes: Node | None) -> list[list[Step | None]] | None:
        """The steps of some operations for each related record; None where the records are not known."""
        rows = self.record.related(relation)
        if rows is None:
            return None
        found: list[list[Step | None]] = []
        for row in rows:
            inside = RecordExecution(Record({(key, ""): value for key, value in row.items()}), self.days)
            found.append([None if node is None else run(node, inside) for node in nodes])
        return found


def _plain(node: Node, value: Plain | None) -> Span | bool | str | None:
    if node.type.kind not in ("number", "date"):
        return value if value is None or isinstance(value, bool | str) else None
    if value is None or isinstance(value, bool | str):
        return OPEN_SPAN
    return Span(value, value)


def _positive(node: Node) -> bool:
    """Whether neither part can be negative."""
    return node.parts[0].bounds.is_positive and node.parts[1].bounds.is_positive


def _row(node: ops.Table, keys: Sequence[Fraction], edge: Edge, otherwise: int) -> int:
    """The row of a table that a value lies in; an open end reaches the outermost."""
    if edge is None:
        return otherwise
    return sum(edge > key for key in keys) if node.is_upper else sum(edge < key for key in keys)
