"""Bands and scoring tables on columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from huanchuang.engines.expression.columns import numbers
from huanchuang.engines.expression.columns import ratio as r
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.values import UNKNOWN, Number, compare, exact
from huanchuang.engines.expression.operations import Sign


def table(
    value: Number, keys: tuple[Fraction, ...] | None, results: Sequence[Number], is_upper: bool, plain: bool
) -> Number:
    """The result of the row the value lies in; what the rows have in common that it may lie in."""
    if keys is None:
        return UNKNOWN if plain else numbers.hull(results)
    marks = [exact(key) for key in r.level([r.of(key) for key in keys])]
    if value.is_total or plain:
        return _looked_up(value, marks, results, is_upper)
    if all(result.is_exact and result.lo.is_constant for result in results):
        values = [result.lo.k * (result.lo.n.value or 0) for result in results]
        if all(one <= other for one, other in pairwise(values)):
            return Number(_at(value, marks, results, is_upper, first=True), _at(value, marks, results, is_upper, first=False))  # fmt: skip
        if all(one >= other for one, other in pairwise(values)):
            return Number(_at(value, marks, results, is_upper, first=False), _at(value, marks, results, is_upper, first=True))  # fmt: skip
    return _spanned(value, marks, results, is_upper)


def _signs(is_upper: bool) -> tuple[Sign, Sign]:
    """How a value compares with the key of its own row, and with one that it has passed."""
    return ("<=", ">") if is_upper else (">=", "<")


def _looked_up(value: Number, marks: Sequence[Number], results: Sequence[Number], is_upper: bool) -> Number:
    """For a value that is known or entirely unknown, and then the result too: one chain of comparisons."""
    inside, outside = _signs(is_upper)
    conditions = [compare(inside, value, mark) for mark in marks]
    last_lo, last_hi = results[-1].lo, results[-1].hi
    if not value.is_total:
        beyond = compare(outside, value, marks[-1])
        last_lo, last_hi = r.where(beyond, last_lo), r.where(beyond, last_hi)
    lo = _chain(conditions, [*(result.lo for result in results[:-1]), last_lo])
    if all(result.is_exact for result in results):
        return exact(lo)
    return Number(lo, _chain(conditions, [*(result.hi for result in results[:-1]), last_hi]))


def _chain(conditions: Sequence[Truth], ratios: Sequence[Ratio]) -> Ratio:
    """The first whose condition holds, the last where none does."""
    evened = r.level(ratios)
    found = evened[-1]
    for condition, ratio in zip(reversed(conditions), reversed(evened[:-1]), strict=True):
        found = r.either(condition, ratio, found)
    return found


def _at(
    value: Number, marks: Sequence[Number], results: Sequence[Number], is_upper: bool, first: bool
) -> Ratio:
    """The result of the first (else the last) row that the value may lie in, for results that are constants.

    A band's first row goes by the lower end of the value, a score's by the upper one; an open end leads to the outermost.
    """
    end = exact(value.lo if first is is_upper else value.hi)
    ratios = [result.lo for result in results]
    if first:
        conditions = [compare(_signs(is_upper)[1], end, mark) for mark in reversed(marks)]
        return _chain(conditions, ratios[::-1])
    return _chain([compare(_signs(is_upper)[0], end, mark) for mark in marks], ratios)


def _spanned(value: Number, marks: Sequence[Number], results: Sequence[Number], is_upper: bool) -> Number:
    """Whatever the results are: every row that the value can lie in."""
    low, high = exact(value.lo), exact(value.hi)
    if is_upper:
        begins = [compare(">", high, mark) for mark in marks]
        ends = [compare("<=", low, mark) for mark in marks]
    else:
        begins = [compare("<", low, mark) for mark in marks]
        ends = [compare(">=", high, mark) for mark in marks]
    reached = []
    for index in range(len(results)):
        conditions = [*begins[index - 1 : index], *ends[index : index + 1]]
        reached.append(reduce(lambda one, other: one & other, [c.or_else(True) for c in conditions]))
    lo = _best(reached, [result.lo for result in results], smaller=True)
    return Number(lo, _best(reached, [result.hi for result in results], smaller=False))


def _best(reached: Sequence[Truth], ratios: Sequence[Ratio], smaller: bool) -> Ratio:
    """The smallest or largest of those that are reached; unknown where one of them is."""
    evened = r.level(ratios)
    shown = [r.where(condition, ratio) for condition, ratio in zip(reached, evened, strict=True)]
    found = reduce(lambda one, other: r.pick(one, other, smaller, absorb=False), shown)
    unknown = [
        condition & ratio.is_null()
        for condition, ratio in zip(reached, evened, strict=True)
        if not ratio.is_total
    ]
    if not unknown:
        return found
    return r.where(~reduce(lambda one, other: one | other, unknown), found)
