"""Arithmetic on columns of numbers, with the same bounds as `record.spans`.

`plain` leaves bounds out: a number is then unknown as soon as one of its parts is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from huanchuang.engines.expression.columns import ratio as r
from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth, joined
from huanchuang.engines.expression.columns.values import UNKNOWN, Number, exact
from huanchuang.engines.expression.operations import Way


def negate(one: Number) -> Number:
    """The negative."""
    if one.is_exact:
        return exact(r.negative(one.lo))
    return Number(r.negative(one.hi), r.negative(one.lo))


def add(one: Number, other: Number) -> Number:
    """The sum."""
    if one.is_exact and other.is_exact:
        return exact(r.add(one.lo, other.lo))
    return Number(r.add(one.lo, other.lo), r.add(one.hi, other.hi))


def scale(one: Number, factor: Fraction | None) -> Number:
    """Times a constant; unknown where that has no value."""
    if factor is None:
        return UNKNOWN
    if factor < 0:
        one, factor = negate(one), -factor
    lo = r.scale(one.lo, factor) if factor else r.multiply(one.lo, r.NOTHING)
    if one.is_exact:
        return exact(lo)
    return Number(lo, r.scale(one.hi, factor) if factor else r.multiply(one.hi, r.NOTHING))


def multiply(one: Number, other: Number, positive: bool) -> Number:
    """The product; of unknown factors only where both are never negative (`positive`)."""
    if one.is_exact and other.is_exact:
        return exact(r.multiply(one.lo, other.lo))
    if positive:
        return Number(r.multiply(one.lo, other.lo), r.multiply(one.hi, other.hi))
    return exact(r.multiply(one.value(), other.value()))


def divide(one: Number, other: Number, positive: bool) -> Number:
    """The quotient; unknown where the divisor is or may be zero."""
    if not positive:
        return exact(_signed_quotient(one.value(), other.value()))
    divisor = w.positive(other.lo.n)
    most = r.divide(one.hi, other.lo, divisor)
    if one.is_exact and other.is_exact:
        return exact(most)
    if other.is_exact:
        return Number(r.divide(one.lo, other.lo, divisor), most)
    least = r.divide(one.lo, other.hi, other.hi.n)
    boundless = other.hi.is_null()
    if not one.lo.is_total:
        boundless = boundless & ~one.lo.is_null()
    valid = ~Ratio(other.lo.k, divisor, other.lo.d).is_null()
    return Number(r.where(valid, r.either(boundless, r.NOTHING, least)), most)


def _signed_quotient(one: Ratio, other: Ratio) -> Ratio:
    """A quotient whose divisor may be negative: the sign goes to the numerator."""
    below = other.n
    if below.least > 0:
        return r.divide(one, other, below)
    if below.value is not None:
        return r.divide(r.negative(one), other, w.constant(-below.value)) if below.value else r.UNKNOWN
    turned = r.either(_is_negative(below), r.negative(one), one)
    return r.divide(turned, other, w.positive(w.absolute(below)))


def _is_negative(whole: w.Whole) -> Truth:
    return Truth(whole.expr < w.ZERO.typed(whole.width), whole.total, whole.weight + 1)


def extreme(
    numbers: Sequence[Number], smaller: bool, plain: bool, keep: Callable[[Number], Number]
) -> Number:
    """The smallest or largest: one bound wants every part known, the other only one. `keep` holds what grows heavy."""

    def best(one: Number, other: Number) -> Number:
        if plain or (one.is_total and other.is_total):
            return exact(r.pick(one.lo, other.lo, smaller, absorb=True))
        lo = r.pick(one.lo, other.lo, smaller, absorb=smaller)
        return Number(lo, r.pick(one.hi, other.hi, smaller, absorb=not smaller))

    return joined(numbers, lambda one, other: keep(best(one, other)))


def hull(numbers: Sequence[Number]) -> Number:
    """From the lowest to the highest of some."""
    lo = joined([n.lo for n in numbers], lambda one, other: r.pick(one, other, smaller=True, absorb=True))
    hi = joined([n.hi for n in numbers], lambda one, other: r.pick(one, other, smaller=False, absorb=True))
    return Number(lo, hi)


def choose(condition: Truth, one: Number, other: Number, plain: bool) -> Number:
    """`one` where the condition holds, `other` where it does not, what both have in common where it is unknown."""
    if condition.total:
        lo = r.either(condition, one.lo, other.lo)
        both_exact = one.is_exact and other.is_exact
        return exact(lo) if both_exact else Number(lo, r.either(condition, one.hi, other.hi))
    if plain:
        return exact(r.either(condition, one.lo, r.where(~condition, other.lo)))
    both = hull((one, other))
    lo = r.either(condition, one.lo, r.either(~condition, other.lo, both.lo))
    return Number(lo, r.either(condition, one.hi, r.either(~condition, other.hi, both.hi)))


def rounded(one: Number, step: Fraction, way: Way) -> Number:
    """The multiple of a step next to it."""
    lo = _rounded(one.lo, step, way)
    return exact(lo) if one.is_exact else Number(lo, _rounded(one.hi, step, way))


def _rounded(one: Ratio, step: Fraction, way: Way) -> Ratio:
    units = one.k / step
    above = w.scaled(one.n, units.numerator)
    below = w.scaled(one.d or w.ONE, units.denominator)
    if way == "down":
        return Ratio(step, w.floored(above, below))
    if way == "up":
        return Ratio(step, w.negative(w.floored(w.negative(above), below)))
    half = w.floored(w.plus(w.scaled(w.absolute(above), 2), below), w.scaled(below, 2))
    if above.least >= 0:
        return Ratio(step, half)
    if above.value is not None:
        return Ratio(step, w.negative(half))
    return Ratio(step, w.either(_is_negative(above), w.negative(half), half))
