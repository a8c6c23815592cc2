"""Exact fractions in columns: a constant times whole numbers over positive whole numbers. Nothing is divided but in `round`.

Two are compared by multiplying out. An empty numerator or denominator means that the value is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd

import polars as pl

from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.whole import ONE, Whole


@dataclass(frozen=True, slots=True)
class Ratio:
    """k × n ÷ d with k > 0 and d > 0; no `d` means one."""

    k: Fraction
    n: Whole
    d: Whole | None = None

    @property
    def is_total(self) -> bool:
        """Whether it is known in every row."""
        return self.n.total and (self.d is None or self.d.total)

    @property
    def is_constant(self) -> bool:
        """Whether it is the same known number in every row."""
        return self.n.value is not None and self.d is None

    def is_null(self) -> Truth:
        """Where it is not known."""
        if self.d is None or self.d.total:
            return self.n.is_null()
        return self.d.is_null() if self.n.total else self.n.is_null() | self.d.is_null()


def of(value: Fraction | int) -> Ratio:
    """A constant."""
    exact = Fraction(value)
    return Ratio(Fraction(1, exact.denominator), w.constant(exact.numerator))


NOTHING = of(0)
UNKNOWN = Ratio(Fraction(1), w.empty())


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The largest constant that goes into two a whole number of times."""
    if one == other:
        return one
    above = gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(above, one.denominator * other.denominator)


def crossed(one: Ratio, other: Ratio) -> tuple[Whole, Whole]:
    """Two whole numbers that compare as the two fractions do."""
    k = _common(one.k, other.k)
    left, right = w.scaled(one.n, int(one.k / k)), w.scaled(other.n, int(other.k / k))
    if one.d is not other.d:
        return w.times(left, other.d or ONE), w.times(right, one.d or ONE)
    if one.d is not None and not one.d.total:
        left = w.where(~one.d.is_null(), left)
    return left, right


def level(ratios: Sequence[Ratio]) -> list[Ratio]:
    """The same fractions with one constant."""
    k = reduce(_common, (ratio.k for ratio in ratios))
    return [
        ratio if ratio.k == k else Ratio(k, w.scaled(ratio.n, int(ratio.k / k)), ratio.d) for ratio in ratios
    ]


def negative(one: Ratio) -> Ratio:
    """The negative."""
    return Ratio(one.k, w.negative(one.n), one.d)


def add(one: Ratio, other: Ratio) -> Ratio:
    """The sum."""
    one, other = level([one, other])
    if one.d is other.d:
        return Ratio(one.k, w.plus(one.n, other.n), one.d)
    above = w.plus(w.times(one.n, other.d or ONE), w.times(other.n, one.d or ONE))
    return Ratio(one.k, above, w.times(one.d or ONE, other.d or ONE))


def scale(one: Ratio, factor: Fraction) -> Ratio:
    """Times a positive constant."""
    return Ratio(one.k * factor, one.n, one.d)


def multiply(one: Ratio, other: Ratio) -> Ratio:
    """The product."""
    below = None if one.d is None and other.d is None else w.times(one.d or ONE, other.d or ONE)
    return Ratio(one.k * other.k, w.times(one.n, other.n), below)


def divide(one: Ratio, other: Ratio, below: Whole) -> Ratio:
    """The quotient, where `below` is the numerator of the divisor made positive (empty where there is no quotient)."""
    above = one.n if other.d is None else w.times(one.n, other.d)
    return Ratio(one.k / other.k, above, below if one.d is None else w.times(one.d, below))


def either(condition: Truth, one: Ratio, other: Ratio) -> Ratio:
    """`one` where the condition holds, else `other`."""
    one, other = level([one, other])
    above = w.either(condition, one.n, other.n)
    if one.d is other.d:
        return Ratio(one.k, above, one.d)
    return Ratio(one.k, above, w.either(condition, one.d or ONE, other.d or ONE))


def where(condition: Truth, one: Ratio) -> Ratio:
    """The fraction where the condition holds, unknown elsewhere."""
    return Ratio(one.k, w.where(condition, one.n), one.d)


def above(one: Ratio, other: Ratio, strict: bool) -> Truth:
    """one >= other, or one > other; unknown where either is."""
    first, second = crossed(one, other)
    left, right = w.same_width(first, second)
    found = left > right if strict else left >= right
    return Truth(found, first.total and second.total, first.weight + second.weight + 1)


def equal(one: Ratio, other: Ratio) -> Truth:
    """one = other; unknown where either is."""
    first, second = crossed(one, other)
    left, right = w.same_width(first, second)
    return Truth(left == right, first.total and second.total, first.weight + second.weight + 1)


def pick(one: Ratio, other: Ratio, smaller: bool, absorb: bool) -> Ratio:
    """The smaller or larger of two. An unknown one makes the result unknown (`absorb`) or is passed over."""
    if one is other:
        return one
    one, other = level([one, other])
    if one.is_constant and other.is_constant:
        return one if ((one.n.value or 0) <= (other.n.value or 0)) is smaller else other
    total = one.is_total and other.is_total
    if one.d is None and other.d is None:
        best = _horizontal(one.n, other.n, smaller)
        return Ratio(
            one.k, best if total or not absorb else w.where(~(one.is_null() | other.is_null()), best)
        )
    first_wins = above(other, one, False) if smaller else above(one, other, False)
    if not absorb:
        return either(first_wins | other.is_null(), one, other)
    return either(first_wins, one, other if total else where(~first_wins, other))


def _horizontal(one: Whole, other: Whole, smaller: bool) -> Whole:
    """The smaller or larger whole number, an empty one passed over."""
    best = pl.min_horizontal if smaller else pl.max_horizontal
    width = max(w.width_of(one.least, other.least, one.most, other.most), one.width, other.width)
    found = best(one.typed(width), other.typed(width))
    edges = (min(one.least, other.least), max(one.most, other.most))
    return Whole(found, *edges, width, one.total or other.total, one.weight + other.weight + 1)
