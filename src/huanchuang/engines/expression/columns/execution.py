"""The execution on columns: each operation becomes expressions of Polars, for any number of rows at once."""

from __future__ import annotations

from fractions import Fraction
from operator import and_, or_

import polars as pl

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable
from huanchuang.engines.expression.columns import dates, folds, numbers, tables
from huanchuang.engines.expression.columns import ratio as r
from huanchuang.engines.expression.columns.facts import FactColumns, RowFacts
from huanchuang.engines.expression.columns.shelf import NoShelf, Shelf
from huanchuang.engines.expression.columns.truth import Truth, fixed, joined
from huanchuang.engines.expression.columns.values import UNKNOWN, Column, Number, Text, compare, exact
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.port import run

Parts = list[Column]


class ColumnExecution:
    """Where the facts stand (`facts`) and the work calendar."""

    def __init__(self, facts: FactColumns, days: DayTable, shelf: Shelf) -> None:
        self.facts = facts
        self.days = days
        self.shelf = shelf
        self.plain = facts.plain

    def keep(self, value: Column) -> Column:
        return self.shelf.keep(value)

    def _kept(self, value: Number) -> Number:
        return _number(self.shelf.keep(value))

    def constant(self, node: ops.Constant, parts: Parts) -> Column:
        value = node.value
        if node.type.kind in ("number", "date"):
            return UNKNOWN if value is None or isinstance(value, bool | str) else exact(r.of(value))
        if node.type.kind == "yes-no":
            return fixed(value if isinstance(value, bool) else None)
        return Text(pl.lit(value, dtype=pl.String))

    def fact(self, node: ops.FactAt, parts: Parts) -> Column:
        return self.facts.column(node.fact, node.period)

    def over(self, node: ops.Over, parts: Parts) -> Column:
        return self.shelf.share(folds.over(node, _number(parts[0]), parts[1:], self.plain))

    def negate(self, node: ops.Negate, parts: Parts) -> Column:
        return numbers.negate(_number(parts[0]))

    def add(self, node: ops.Add, parts: Parts) -> Column:
        return numbers.add(_number(parts[0]), _number(parts[1]))

    def subtract(self, node: ops.Subtract, parts: Parts) -> Column:
        return numbers.add(_number(parts[0]), numbers.negate(_number(parts[1])))

    def multiply(self, node: ops.Multiply, parts: Parts) -> Column:
        left, right = _number(parts[0]), _number(parts[1])
        if isinstance(node.parts[0], ops.Constant):
            return numbers.scale(right, _constant(node.parts[0]))
        if isinstance(node.parts[1], ops.Constant):
            return numbers.scale(left, _constant(node.parts[1]))
        return numbers.multiply(left, right, _positive(node))

    def divide(self, node: ops.Divide, parts: Parts) -> Column:
        left, right = _number(parts[0]), _number(parts[1])
        if isinstance(node.parts[1], ops.Constant):
            divisor = _constant(node.parts[1])
            return numbers.scale(left, 1 / divisor if divisor else None)
        return numbers.divide(left, right, _positive(node))

    def least(self, node: ops.Least, parts: Parts) -> Column:
        return numbers.extreme(
            [_number(part) for part in parts], smaller=True, plain=self.plain, keep=self._kept
        )

    def greatest(self, node: ops.Greatest, parts: Parts) -> Column:
        return numbers.extreme(
            [_number(part) for part in parts], smaller=False, plain=self.plain, keep=self._kept
        )

    def round(self, node: ops.Round, parts: Parts) -> Column:
        return numbers.rounded(_number(parts[0]), node.step, node.way)

    def choose(self, node: ops.Choose, parts: Parts) -> Column:
        condition, one, other = _truth(parts[0]), parts[1], parts[2]
        if isinstance(one, Number) and isinstance(other, Number):
            return numbers.choose(condition, one, other, self.plain)
        left, right = _expr(one), _expr(other)
        common = pl.when(left == right).then(left)
        found = pl.when(condition.expr).then(left).when(~condition.expr).then(right).otherwise(common)
        weight = 2 * condition.weight + 3 * (_weight(one) + _weight(other))
        return Truth(found, False, weight) if isinstance(one, Truth) else Text(found, weight)

    def table(self, node: ops.Table, parts: Parts) -> Column:
        results = [_number(part) for part in parts[1 + node.size :]]
        return tables.table(_number(parts[0]), node.keys, results, node.is_upper, self.plain)

    def compare(self, node: ops.Compare, parts: Parts) -> Column:
        return compare(node.sign, _number(parts[0]), _number(parts[1]))

    def same(self, node: ops.Same, parts: Parts) -> Column:
        left, right = _expr(parts[0]), _expr(parts[1])
        total = all(isinstance(part, Truth) and part.total for part in parts)
        found = left != right if node.negated else left == right
        return Truth(found, total, _weight(parts[0]) + _weight(parts[1]) + 1)

    def among(self, node: ops.Among, parts: Parts) -> Column:
        text = _expr(parts[0])
        found = text.is_in(sorted(node.members))
        if node.negated:
            found = ~found
        if node.known is not None:
            found = pl.when(text.is_in(sorted(node.known))).then(found)
        return Truth(found, False, 2 * _weight(parts[0]) + 3)

    def and_(self, node: ops.And, parts: Parts) -> Truth:
        return joined([_truth(part) for part in parts], and_)

    def or_(self, node: ops.Or, parts: Parts) -> Truth:
        return joined([_truth(part) for part in parts], or_)

    def not_(self, node: ops.Not, parts: Parts) -> Column:
        return ~_truth(parts[0])

    def is_known(self, node: ops.IsKnown, parts: Parts) -> Column:
        inside = parts[0]
        if isinstance(inside, Number):
            return inside.known()
        if isinstance(inside, Truth):
            return inside.is_known()
        return Truth(inside.expr.is_not_null(), True, inside.weight + 1)

    def shift(self, node: ops.Shift, parts: Parts) -> Column:
        amount = node.parts[1]
        count = _constant(amount)
        if count is None or count.denominator != 1:
            return UNKNOWN
        return dates.shift(_number(parts[0]), int(count) * (-1 if node.back else 1), node.unit, self.days)

    def age(self, node: ops.Age, parts: Parts) -> Column:
        return dates.age(_number(parts[0]), _number(parts[1]))

    def workdays(self, node: ops.Workdays, parts: Parts) -> Column:
        return dates.workdays(_number(parts[0]), _number(parts[1]), self.days)

    def count_rows(self, node: ops.CountRows, parts: Parts) -> Column:
        condition = None if node.condition is None else _truth(self._each(node.condition))
        return folds.count_rows(self.facts.rows(node.relation), condition, self.plain)

    def sum_rows(self, node: ops.SumRows, parts: Parts) -> Column:
        condition = None if node.condition is None else _truth(self._each(node.condition))
        value = _number(self._each(node.value))
        rows = self.facts.rows(node.relation)
        return folds.sum_rows(rows, value, condition, node.bounds.is_positive, self.plain)

    def term(self, node: ops.Term, parts: Parts) -> Column:
        return self.shelf.share(parts[0])

    def _each(self, node: Node) -> Column:
        """An operation on every related record."""
        return run(node, ColumnExecution(RowFacts(plain=self.plain), self.days, NoShelf()))


def _number(column: Column) -> Number:
    if not isinstance(column, Number):
        raise TypeError(f"a number is wanted, not {type(column).__name__}")
    return column


def _truth(column: Column) -> Truth:
    if not isinstance(column, Truth):
        raise TypeError(f"a condition is wanted, not {type(column).__name__}")
    return column


def _expr(column: Column) -> pl.Expr:
    if isinstance(column, Number):
        raise TypeError("a condition or text is wanted, not a number")
    return column.expr


def _weight(column: Column) -> int:
    return 1 if isinstance(column, Number) else column.weight


def _constant(node: Node) -> Fraction | None:
    value = node.value if isinstance(node, ops.Constant) else None
    return None if value is None or isinstance(value, bool | str) else Fraction(value)


def _positive(node: Node) -> bool:
    """Whether neither part can be negative."""
    return node.parts[0].bounds.is_positive and node.parts[1].bounds.is_positive
