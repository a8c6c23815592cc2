"""Columns of whole numbers that cannot overflow: each knows how small and how large it can be, and is as wide as that needs.

Int8 for points of a table, Int32 for dates, Int64 as other facts stand, Int128 where that is too narrow; `TooLarge` where even
that would not hold it. The checker compiles every expression once with the limits of its facts, so that what was published always fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from huanchuang.engines.expression.columns.truth import Truth

_TYPES = {8: pl.Int8, 16: pl.Int16, 32: pl.Int32, 64: pl.Int64, 128: pl.Int128}
NARROW = 64


class TooLarge(ArithmeticError):
    """A result could have more than 38 digits."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A column of whole numbers from `least` to `most`, of `width` bits. `total`: no row is empty. `value`: a constant."""

    expr: pl.Expr
    least: int
    most: int
    width: int = NARROW
    total: bool = False
    weight: int = 1
    value: int | None = None

    @property
    def size(self) -> int:
        """The largest distance from zero."""
        return max(-self.least, self.most)

    def typed(self, width: int) -> pl.Expr:
        """The expression in the width asked for."""
        if self.value is not None:
            return _literal(self.value, width)
        return self.expr if width == self.width else self.expr.cast(_TYPES[width])

    def is_null(self) -> Truth:
        """Where it is empty."""
        return Truth(self.expr.is_null(), True, self.weight + 1)


def width_of(*edges: int) -> int:
    """The bits that some numbers need."""
    size = max(map(abs, edges))
    for width in _TYPES:
        if size < 2 ** (width - 1):
            return width
    raise TooLarge


def constant(value: int) -> Whole:
    """The same number in every row."""
    width = width_of(value)
    return Whole(_literal(value, width), value, value, width, True, 1, value)


@lru_cache(4096)
def _literal(value: int, width: int) -> pl.Expr:
    return pl.lit(value, dtype=_TYPES[width])


ONE, ZERO = constant(1), constant(0)


def empty() -> Whole:
    """Unknown in every row."""
    return Whole(pl.lit(None, dtype=pl.Int64), 0, 0)


def _width(wholes: tuple[Whole, ...], *edges: int) -> int:
    """The width in which some columns and a result can be worked with; columns of their own keep theirs."""
    own = [width_of(whole.value) if whole.value is not None else whole.width for whole in wholes]
    return max(*own, width_of(*edges))


def times(one: Whole, other: Whole) -> Whole:
    """The product."""
    if one.value is not None and other.value is not None:
        return constant(one.value * other.value)
    if one.value == 1:
        return other
    if other.value == 1:
        return one
    corners = [a * b for a in (one.least, one.most) for b in (other.least, other.most)]
    least, most = min(corners), max(corners)
    width = _width((one, other), least, most)
    found = one.typed(width) * other.typed(width)
    return Whole(found, least, most, width, one.total and other.total, one.weight + other.weight + 1)


def scaled(one: Whole, factor: int) -> Whole:
    """Times a constant."""
    return times(one, constant(factor))


def plus(one: Whole, other: Whole) -> Whole:
    """The sum."""
    if one.value is not None and other.value is not None:
        return constant(one.value + other.value)
    if one.value == 0:
        return other
    if other.value == 0:
        return one
    least, most = one.least + other.least, one.most + other.most
    width = _width((one, other), least, most)
    found = one.typed(width) + other.typed(width)
    return Whole(found, least, most, width, one.total and other.total, one.weight + other.weight + 1)


def negative(one: Whole) -> Whole:
    """The negative."""
    if one.value is not None:
        return constant(-one.value)
    found = ZERO.typed(one.width) - one.expr  # Polars cannot negate 128 bits
    return Whole(found, -one.most, -one.least, one.width, one.total, one.weight + 1)


def absolute(one: Whole) -> Whole:
    """The distance from zero."""
    if one.value is not None:
        return constant(abs(one.value))
    if one.least >= 0:
        return one
    return Whole(one.expr.abs(), 0, one.size, one.width, one.total, one.weight + 1)


def floored(one: Whole, other: Whole) -> Whole:
    """The quotient rounded down; the divisor is positive."""
    if one.value is not None and other.value is not None:
        return constant(one.value // other.value)
    if other.value == 1:
        return one
    width = _width((one, other), 0)
    smallest = max(other.least, 1)
    least, most = min(one.least // smallest, 0), max(one.most // smallest, 0)
    needed = max(width_of(least, most), NARROW)
    found = one.typed(width) // other.typed(width)
    weight = one.weight + other.weight + 1
    if needed < width:
        return Whole(found.cast(_TYPES[needed]), least, most, needed, one.total and other.total, weight)
    return Whole(found, least, most, width, one.total and other.total, weight)


def either(condition: Truth, one: Whole, other: Whole) -> Whole:
    """`one` where the condition holds, else `other` (also where it is unknown)."""
    if one.value is not None and one.value == other.value:
        return one
    least, most = min(one.least, other.least), max(one.most, other.most)
    width = _width((one, other), least, most)
    found = pl.when(condition.expr).then(one.typed(width)).otherwise(other.typed(width))
    weight = condition.weight + one.weight + other.weight + 1
    return Whole(found, least, most, width, one.total and other.total, weight)


def where(condition: Truth, one: Whole) -> Whole:
    """The number where the condition holds, empty elsewhere."""
    found = pl.when(condition.expr).then(one.expr)
    return Whole(found, one.least, one.most, one.width, False, condition.weight + one.weight + 1)


def same_width(one: Whole, other: Whole) -> tuple[pl.Expr, pl.Expr]:
    """Two columns in one width."""
    width = _width((one, other), 0)
    return one.typed(width), other.typed(width)


def positive(one: Whole) -> Whole:
    """The number where it is above zero, empty elsewhere."""
    if one.least > 0:
        return one
    if one.value is not None:
        return empty()
    above = Truth(one.expr > ZERO.typed(one.width), one.total, one.weight + 1)
    found = where(above, one)
    return Whole(found.expr, 1, max(one.most, 1), one.width, False, found.weight)


def filled(one: Whole, value: int) -> Whole:
    """The number, and a constant where it is empty."""
    if one.total:
        return one
    least, most = min(one.least, value), max(one.most, value)
    width = _width((one,), least, most)
    found = one.typed(width).fill_null(_literal(value, width))
    return Whole(found, least, most, width, True, one.weight + 1)
