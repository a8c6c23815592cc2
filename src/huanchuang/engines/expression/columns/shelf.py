"""Keeps heavy intermediate results in columns of their own, so that what is built on them stays short.

An operation uses its parts several times (both bounds, both sides of a comparison). Written out again and again, the
expressions would double with every level; so what has grown heavy is computed once under a short name. Light expressions
are left to Polars, which finds equal parts by itself.
"""

from __future__ import annotations

import polars as pl

from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.values import Column, Number, Text
from huanchuang.engines.expression.columns.whole import Whole

HEAVY = 800
"""Steps of an expression from which on it gets a column."""
SHARED = 5
"""The same for sums over years, which conditions like to have in common."""
TOO_HEAVY = 5_000


class TooInvolved(ArithmeticError):
    """A condition on related records is too heavy to be asked of each of them."""


class Shelf:
    """The intermediate columns of one expression; `stages` in the order they have to be computed."""

    def __init__(self, prefix: str = "~") -> None:
        self.prefix = prefix
        self.stages: list[list[pl.Expr]] = []
        self._level: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def keep(self, column: Column, limit: int = HEAVY) -> Column:
        """The same column, what is heavier than the limit under short names."""
        if isinstance(column, Truth):
            return Truth(*self._short(column.expr, column.weight, column.total, limit))
        if isinstance(column, Text):
            expr, _, weight = self._short(column.expr, column.weight, False, limit)
            return Text(expr, weight)
        lo = self._ratio(column.lo, limit)
        return Number(lo, lo if column.is_exact else self._ratio(column.hi, limit))

    def share(self, column: Column) -> Column:
        """The same column under a short name, for the other expressions that hold it too."""
        return self.keep(column, SHARED)

    def _ratio(self, ratio: Ratio, limit: int) -> Ratio:
        above = self._whole(ratio.n, limit)
        below = ratio.d and self._whole(ratio.d, limit)
        return ratio if above is ratio.n and below is ratio.d else Ratio(ratio.k, above, below)

    def _whole(self, whole: Whole, limit: int) -> Whole:
        if whole.weight < limit:
            return whole
        expr, total, weight = self._short(whole.expr, whole.weight, whole.total, limit)
        return Whole(expr, whole.least, whole.most, whole.width, total, weight, whole.value)

    def _short(self, expr: pl.Expr, weight: int, total: bool, limit: int) -> tuple[pl.Expr, bool, int]:
        """The expression itself, or the column it is computed into."""
        if weight < limit:
            return expr, total, weight
        written = str(expr)
        name = self._names.get(written)
        if name is None:
            name = self._names[written] = f"{self.prefix}{len(self._names)}"
            level = max((self._level.get(root, -1) for root in expr.meta.root_names()), default=-1) + 1
            self._level[name] = level
            if level == len(self.stages):
                self.stages.append([])
            self.stages[level].append(expr.alias(name))
        return pl.col(name), total, 1

    def fill(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The frame with the intermediate columns."""
        for stage in self.stages:
            frame = frame.with_columns(stage)
        return frame


class NoShelf(Shelf):
    """Inside of related records nothing can be kept; what grows too long is refused."""

    def _whole(self, whole: Whole, limit: int) -> Whole:
        self._short(whole.expr, whole.weight, whole.total, limit)
        return whole

    def _short(self, expr: pl.Expr, weight: int, total: bool, limit: int) -> tuple[pl.Expr, bool, int]:
        if weight > TOO_HEAVY:
            raise TooInvolved
        return expr, total, weight
