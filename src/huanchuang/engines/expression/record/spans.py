"""Arithmetic on spans: exact, and never narrower than what new facts could bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from huanchuang.engines.expression.operations import Sign
from huanchuang.engines.expression.record.step import OPEN_SPAN, Edge, Span


def exactly(value: int | Fraction) -> Span:
    """The span of a value."""
    return Span(value, value)


def negate(one: Span) -> Span:
    """The negative."""
    return Span(None if one.hi is None else -one.hi, None if one.lo is None else -one.lo)


def add(one: Span, other: Span) -> Span:
    """The sum."""
    return Span(
        None if one.lo is None or other.lo is None else one.lo + other.lo,
        None if one.hi is None or other.hi is None else one.hi + other.hi,
    )


def scale(one: Span, factor: int | Fraction) -> Span:
    """Times a constant."""
    if factor < 0:
        one, factor = negate(one), -factor
    return Span(None if one.lo is None else one.lo * factor, None if one.hi is None else one.hi * factor)


def multiply(one: Span, other: Span, positive: bool) -> Span:
    """The product; of unknown factors only where both are never negative (`positive`)."""
    if positive:
        return Span(
            None if one.lo is None or other.lo is None else one.lo * other.lo,
            None if one.hi is None or other.hi is None else one.hi * other.hi,
        )
    left, right = one.value, other.value
    return OPEN_SPAN if left is None or right is None else exactly(left * right)


def divide(one: Span, other: Span, positive: bool) -> Span:
    """The quotient; open where the divisor is or may be zero."""
    if positive:
        if other.lo is None or other.lo <= 0:
            return OPEN_SPAN
        lowest = None if one.lo is None else 0 if other.hi is None else Fraction(one.lo) / other.hi
        return Span(lowest, None if one.hi is None else Fraction(one.hi) / other.lo)
    left, right = one.value, other.value
    return OPEN_SPAN if left is None or not right else exactly(Fraction(left) / right)


def least(spans: Sequence[Span]) -> Span:
    """The smallest of some."""
    return Span(
        _lowest(span.lo for span in spans),
        min((span.hi for span in spans if span.hi is not None), default=None),
    )


def greatest(spans: Sequence[Span]) -> Span:
    """The largest of some."""
    return Span(
        max((span.lo for span in spans if span.lo is not None), default=None),
        _highest(span.hi for span in spans),
    )


def hull(spans: Sequence[Span]) -> Span:
    """From the lowest to the highest of some: one of them it is."""
    return Span(_lowest(span.lo for span in spans), _highest(span.hi for span in spans))


def compare(sign: Sign, one: Span, other: Span) -> bool | None:
    """The comparison, None where it can turn out either way."""
    if sign in ("=", "!="):
        return _equal(one, other, sign == "=")
    if sign in ("<", "<="):
        one, other = other, one
    strict = sign in ("<", ">")
    if _passes(one.lo, other.hi, strict):
        return True
    return False if _passes(other.lo, one.hi, not strict) else None


def _passes(low: Edge, high: Edge, strict: bool) -> bool:
    """Whether the lower end of one is certain to be above the upper end of another, or, not `strict`, level with it."""
    if low is None or high is None:
        return False
    return low > high or (low == high and not strict)


def _equal(one: Span, other: Span, wanted: bool) -> bool | None:
    left, right = one.value, other.value
    if left is not None and right is not None:
        return (left == right) is wanted
    apart = _passes(one.lo, other.hi, True) or _passes(other.lo, one.hi, True)
    return not wanted if apart else None


def _lowest(edges: Iterable[Edge]) -> Edge:
    found: Edge = None
    for edge in edges:
        if edge is None:
            return None
        if found is None or edge < found:
            found = edge
    return found


def _highest(edges: Iterable[Edge]) -> Edge:
    found: Edge = None
    for edge in edges:
        if edge is None:
            return None
        if found is None or edge > found:
            found = edge
    return found
