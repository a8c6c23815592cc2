"""Columns of yes, no and unknown. Polars' own and, or, not follow Kleene's tables; an empty cell is unknown.

Every column of this room carries its `weight`: how many steps its expression takes when written out. What is heavy gets
an intermediate column (`shelf`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

YES, NO, UNKNOWN = 1, 0, -1
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Truth:
    """yes, no, or empty for unknown. `total`: unknown in no row."""

    expr: pl.Expr
    total: bool = False
    weight: int = 1

    def outcome(self) -> pl.Expr:
        """1 yes, 0 no, -1 unknown, as Int8."""
        found = self.expr.cast(pl.Int8)
        return found if self.total else found.fill_null(UNKNOWN)

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.expr & other.expr, self.total and other.total, self.weight + other.weight)

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.expr | other.expr, self.total and other.total, self.weight + other.weight)

    def __invert__(self) -> Truth:
        return Truth(~self.expr, self.total, self.weight + 1)

    def or_else(self, value: bool) -> Truth:
        """The same, and a fixed answer where it is unknown."""
        return self if self.total else Truth(self.expr.fill_null(value), True, self.weight + 1)

    def is_known(self) -> Truth:
        """Where it is yes or no."""
        return ALWAYS if self.total else Truth(self.expr.is_not_null(), True, self.weight + 1)


def fixed(value: bool | None) -> Truth:
    """The same answer in every row."""
    return Truth(pl.lit(value, dtype=pl.Boolean), value is not None)


ALWAYS = fixed(True)


def joined(values: Sequence[Value], both: Callable[[Value, Value], Value]) -> Value:
    """Many by one operator, in pairs of pairs: Polars takes far longer over a chain than over a flat tree."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    return both(joined(values[:middle], both), joined(values[middle:], both))


def decide(sure: Truth, never: Truth) -> Truth:
    """yes where the first holds, no where the second does, unknown elsewhere."""
    found = pl.when(sure.expr).then(pl.lit(True)).when(never.expr).then(pl.lit(False))
    return Truth(found, False, sure.weight + never.weight + 2)
