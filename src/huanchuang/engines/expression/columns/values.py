"""What a compiled expression is: expressions of Polars for a number, a yes/no or a text."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from huanchuang.engines.expression.columns import ratio as r
from huanchuang.engines.expression.columns import truth as t
from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.operations import Sign


@dataclass(frozen=True, slots=True)
class Number:
    """From `lo` to `hi`, each empty where the end is open; one and the same where no bounds are kept."""

    lo: Ratio
    hi: Ratio

    @property
    def is_exact(self) -> bool:
        """Whether it is either known or entirely unknown, in each row."""
        return self.lo is self.hi

    @property
    def is_total(self) -> bool:
        """Whether it is known in every row."""
        return self.is_exact and self.lo.is_total

    def known(self) -> Truth:
        """Where it has a definite value."""
        if self.is_exact:
            return t.ALWAYS if self.lo.is_total else ~self.lo.is_null()
        return r.equal(self.lo, self.hi).or_else(False)

    def value(self) -> Ratio:
        """The value where it is known, unknown elsewhere."""
        return self.lo if self.is_exact else r.where(self.known(), self.lo)


@dataclass(frozen=True, slots=True)
class Text:
    """A text or code, empty for unknown."""

    expr: pl.Expr
    weight: int = 1


Column = Number | Truth | Text


def exact(ratio: Ratio) -> Number:
    """A number without bounds."""
    return Number(ratio, ratio)


NOTHING = exact(r.NOTHING)
UNKNOWN = exact(r.UNKNOWN)


def compare(sign: Sign, one: Number, other: Number) -> Truth:
    """The comparison; unknown where it can turn out either way."""
    if sign in ("=", "!="):
        return _equal(one, other, sign == "=")
    if sign in ("<", "<="):
        one, other = other, one
    strict = sign in ("<", ">")
    if one.is_exact and other.is_exact:
        return r.above(one.lo, other.lo, strict)
    return t.decide(r.above(one.lo, other.hi, strict), r.above(other.lo, one.hi, not strict))


def _equal(one: Number, other: Number, wanted: bool) -> Truth:
    if one.is_exact and other.is_exact:
        same = r.equal(one.lo, other.lo)
        return same if wanted else ~same
    same = r.above(one.lo, other.hi, False) & r.above(other.lo, one.hi, False)
    apart = r.above(one.lo, other.hi, True) | r.above(other.lo, one.hi, True)
    return t.decide(same, apart) if wanted else t.decide(apart, same)


def outputs_of(name: str, column: Column) -> list[pl.Expr]:
    """The columns that an answer is written as: an outcome; a text; numerator and (`name/`) denominator of a number."""
    return [column.outcome().alias(name)] if isinstance(column, Truth) else cells_of(name, column)


def cells_of(name: str, column: Column) -> list[pl.Expr]:
    """The same with yes and no as they are computed: Boolean, empty where unknown."""
    if isinstance(column, Truth | Text):
        return [column.expr.alias(name)]
    value = column.value()
    above = w.scaled(value.n, value.k.numerator)
    below = w.scaled(value.d or w.ONE, value.k.denominator)
    return [_wide(above).alias(name), _wide(below).alias(f"{name}/")]


def _wide(whole: w.Whole) -> pl.Expr:
    return whole.typed(max(whole.width, w.NARROW))
