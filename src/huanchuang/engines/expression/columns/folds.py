"""Sums, averages and counts on columns: over periods, and over lists of related records."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import polars as pl

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.columns import numbers
from huanchuang.engines.expression.columns import ratio as r
from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.facts import RowList
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.values import Column, Number, exact
from huanchuang.engines.expression.columns.whole import Whole
from huanchuang.engines.expression.vocabulary import MOST_ROWS

_UNIT = Fraction(1)


def over(node: ops.Over, registered: Number, parts: Sequence[Column], plain: bool) -> Number:
    """A fold over periods; those that ended before the registration are left out."""
    left_out = [_left_out(registered.lo.n, end) for end in node.ends]
    values = [_counted(part, plain) if isinstance(part, Truth) else part for part in parts]
    terms = [
        _unless(outside, value)
        for outside, value in zip(left_out, values, strict=True)
        if isinstance(value, Number)
    ]
    total = reduce(numbers.add, terms)
    return _average(node, total, left_out, plain) if node.fold == "average" else total


def _left_out(registered: Whole, end: int) -> Truth | None:
    """Where a period ended before the registration; None if that is so in no row."""
    if registered.most <= end:
        return None
    return Truth(
        registered.expr > w.constant(end).typed(registered.width), registered.total, registered.weight + 1
    )


def _counted(truth: Truth, plain: bool) -> Number:
    """1 where a condition holds, 0 where it does not, anything between where it is unknown."""
    whole = Whole(truth.expr.cast(pl.Int64), 0, 1, total=truth.total, weight=truth.weight + 1)
    if truth.total or plain:
        return exact(Ratio(_UNIT, whole))
    return Number(Ratio(_UNIT, w.filled(whole, 0)), Ratio(_UNIT, w.filled(whole, 1)))


def _unless(outside: Truth | None, value: Number) -> Number:
    """Nothing where the period is left out."""
    if outside is None:
        return value
    lo = r.either(outside, r.NOTHING, value.lo)
    return exact(lo) if value.is_exact else Number(lo, r.either(outside, r.NOTHING, value.hi))


def _average(node: ops.Over, total: Number, left_out: Sequence[Truth | None], plain: bool) -> Number:
    count = len(left_out)
    outside = [_zero_or_one(truth) for truth in left_out if truth is not None]
    if not outside:
        return numbers.scale(total, Fraction(1, count))
    needed = w.plus(w.constant(count), w.negative(reduce(w.plus, outside)))
    found = numbers.divide(total, exact(Ratio(_UNIT, needed)), positive=True)
    if plain:
        return found
    of_none = Truth(needed.expr == w.ZERO.typed(needed.width), True, needed.weight + 1)
    return Number(_within(of_none, node.bounds.least, found.lo), _within(of_none, node.bounds.most, found.hi))


def _within(of_none: Truth, bound: Fraction | None, edge: Ratio) -> Ratio:
    """Of no year at all: within what such a figure can be."""
    return edge if bound is None else r.either(of_none, r.of(bound), edge)


def _zero_or_one(truth: Truth) -> Whole:
    sure = truth.or_else(False)
    return Whole(sure.expr.cast(pl.Int64), 0, 1, total=True, weight=sure.weight + 1)


def count_rows(rows: RowList, condition: Truth | None, plain: bool) -> Number:
    """How many related records meet the condition; those of which it is not known may."""
    if condition is None:
        return _bounded(rows, rows.expr.list.len().cast(pl.Int64), None, plain)
    sure = _each(rows, condition.expr).list.sum().cast(pl.Int64)
    if condition.total:
        return _bounded(rows, sure, None, plain)
    may_be = _each(rows, condition.expr.is_null()).list.sum().cast(pl.Int64)
    return _bounded(rows, sure, may_be, plain)


def _bounded(rows: RowList, sure: pl.Expr, may_be: pl.Expr | None, plain: bool) -> Number:
    least = Whole(sure, 0, MOST_ROWS, total=rows.total, weight=5)
    if may_be is None and (plain or rows.total):
        return exact(Ratio(_UNIT, least))
    if plain and may_be is not None:
        return exact(Ratio(_UNIT, w.where(Truth(may_be == 0, rows.total, 5), least)))
    most = least if may_be is None else Whole(sure + may_be, 0, MOST_ROWS, total=rows.total, weight=10)
    return Number(Ratio(_UNIT, w.filled(least, 0)), Ratio(_UNIT, most))


def sum_rows(rows: RowList, value: Number, condition: Truth | None, is_positive: bool, plain: bool) -> Number:
    """The sum over related records; one that may count adds anything between nothing and its value."""
    if plain:
        return exact(_row_sum(rows, value.lo, condition, r.UNKNOWN))
    lowest = r.pick(value.lo, r.NOTHING, smaller=True, absorb=True)
    highest = r.pick(value.hi, r.NOTHING, smaller=False, absorb=True)
    lo, hi = _row_sum(rows, value.lo, condition, lowest), _row_sum(rows, value.hi, condition, highest)
    if is_positive and not rows.total:
        unknown = Truth(rows.expr.is_null(), True, 2)
        lo = r.either(unknown, r.NOTHING, lo)
    return Number(lo, hi)


def _row_sum(rows: RowList, sure: Ratio, condition: Truth | None, may_be: Ratio) -> Ratio:
    """The sum of one bound; unknown where a record that may count has none."""
    found = sure
    if condition is not None:
        found = r.either(condition, sure, r.either(~condition, r.NOTHING, may_be))
    total = w.scaled(found.n, MOST_ROWS)
    width = max(total.width, w.NARROW)
    empty = _each(rows, found.n.expr.is_null()).list.any()
    summed = _each(rows, found.n.typed(width)).list.sum()
    edges = min(total.least, 0), max(total.most, 0)
    whole = Whole(pl.when(~empty).then(summed), *edges, width, False, 2 * found.n.weight + 8)
    return Ratio(found.k, whole)


def _each(rows: RowList, expr: pl.Expr) -> pl.Expr:
    """An expression on every record of a list."""
    return rows.expr.list.eval(pl.when(pl.element().is_not_null()).then(expr))
