"""Where facts stand in a table: one column for each fact and period (rd-expense@2025), one row per subject.

Numbers are whole numbers of the fact's step (money: fen), dates Date, yes/no Boolean, codes and texts String; related
records are a list of structs. What a fact does not admit is empty, as in a record. A `Measure` of a column (smallest,
largest, whether any is empty) lets the compiler leave out guards that nothing in the table needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.values import Column, Number, Text, exact
from huanchuang.engines.expression.columns.whole import Whole
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import MOST_ROWS, Fact, Relation
from huanchuang.engines.kernel.period import Period

_WIDTH_OF_DATES = 32


@dataclass(frozen=True, slots=True)
class Measure:
    """What was found in a column: smallest and largest value (days for a date, records for a list), and whether no row is empty.

    `is_wide`: it holds Int64 already, so that no cast is needed.
    """

    least: int
    most: int
    total: bool
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class RowList:
    """The column with the related records, empty where they are not known. `total`: known in every row."""

    expr: pl.Expr
    total: bool = False


def column_name(fact: Fact, period: Period | None) -> str:
    """The column of a fact in a period; a timeless one stands under its key alone."""
    return fact.key if period is None else f"{fact.key}@{period.code}"


@dataclass(frozen=True)
class FactColumns:
    """The columns of a table: `measures` by name; `present` are the columns there are, None if all that are asked for.

    `plain`: unknown numbers without their bounds.
    """

    measures: Mapping[str, Measure] = field(default_factory=dict)
    present: frozenset[str] | None = None
    plain: bool = False

    def column(self, fact: Fact, period: Period | None) -> Column:
        """The column of a fact: guarded, bounded, ready for arithmetic."""
        name = column_name(fact, period)
        is_there = self.present is None or name in self.present
        source = self.source(name) if is_there else pl.lit(None, dtype=_dtype(fact))
        measure = self.measures.get(name) if is_there else None
        if fact.type.kind == "yes-no":
            return Truth(source, measure is not None and measure.total)
        if fact.type.kind in ("code", "text"):
            return Text(pl.when(source != "").then(source), 2)
        return self._number(fact, source, measure)

    def source(self, name: str) -> pl.Expr:
        """The column itself."""
        return pl.col(name)

    def bounds(self, fact: Fact, period: Period | None) -> bool:
        """Whether an unknown value of this fact is reasoned about within bounds in this table."""
        measure = self.measures.get(column_name(fact, period))
        is_total = measure is not None and measure.total and _fits(fact, measure)
        return not is_total and (fact.least is not None or fact.most is not None)

    def _number(self, fact: Fact, source: pl.Expr, measure: Measure | None) -> Number:
        ratio = Ratio(fact.step, _guarded(fact, source, measure))
        if self.plain or ratio.n.total or (fact.least is None and fact.most is None):
            return exact(ratio)
        return Number(_filled(ratio, fact.least), _filled(ratio, fact.most))

    def rows(self, relation: Relation) -> RowList:
        """The related records of each row."""
        if self.present is not None and relation.key not in self.present:
            return RowList(pl.lit(None, dtype=pl.List(pl.Struct(row_schema(relation)))))
        measure = self.measures.get(relation.key)
        listed = pl.col(relation.key)
        if measure is not None and measure.most <= MOST_ROWS:
            return RowList(listed, measure.total)
        return RowList(pl.when(listed.list.len() <= MOST_ROWS).then(listed))


class RowFacts(FactColumns):
    """The fields of related records, inside of their list."""

    def source(self, name: str) -> pl.Expr:
        """The field of each record."""
        return pl.element().struct.field(name)


def row_schema(relation: Relation) -> dict[str, pl.DataType]:
    """The columns of the records of a relation."""
    return {fact.key: _dtype(fact) for fact in relation.fields}


def _dtype(fact: Fact) -> pl.DataType:
    kinds = {"date": pl.Date(), "yes-no": pl.Boolean(), "code": pl.String(), "text": pl.String()}
    return kinds.get(fact.type.kind, pl.Int64())


def _fits(fact: Fact, measure: Measure) -> bool:
    least, most = fact.edges
    return least <= measure.least and measure.most <= most


def _guarded(fact: Fact, source: pl.Expr, measure: Measure | None) -> Whole:
    """The whole numbers of a column, empty where the fact does not admit them."""
    least, most = fact.edges
    width = _WIDTH_OF_DATES if fact.type == DATE else w.NARROW
    if fact.type == DATE:
        source = source.cast(pl.Int32)
    elif measure is None or not measure.is_wide:
        source = source.cast(pl.Int64)
    if measure is not None and _fits(fact, measure):
        return Whole(source, measure.least, measure.most, width, measure.total)
    return Whole(pl.when(source.is_between(least, most)).then(source), least, most, width, False, 3)


def _filled(ratio: Ratio, bound: Fraction | None) -> Ratio:
    """The fraction with its bound where it is unknown."""
    return ratio if bound is None else Ratio(ratio.k, w.filled(ratio.n, int(bound / ratio.k)))
