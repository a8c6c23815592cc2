"""A table of subjects in, a table of answers out.

Twice over: first plainly, where an unknown number makes unknown whatever it meets, for all rows; then with bounds, only
for the rows that this left unknown and where bounds can tell more. Guards that nothing in the table needs are left out.
So a table without gaps costs what expressions written by hand cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from huanchuang.engines.expression.columns.execution import ColumnExecution
from huanchuang.engines.expression.columns.facts import FactColumns, Measure, column_name
from huanchuang.engines.expression.columns.plainness import can_be_plain, is_sharp
from huanchuang.engines.expression.columns.shelf import Shelf
from huanchuang.engines.expression.columns.thresholds import simplified
from huanchuang.engines.expression.columns.truth import UNKNOWN
from huanchuang.engines.expression.columns.values import Column, cells_of
from huanchuang.engines.expression.expression import Bound
from huanchuang.engines.expression.port import run
from huanchuang.engines.kernel.problem import refuse

ANY = FactColumns()
_ROW = "~row"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The column of an expression, and the intermediate columns that it stands on."""

    column: Column
    shelf: Shelf

    def ready(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The table with the intermediate columns, for `column` to be computed from."""
        return self.shelf.fill(frame)


def compile_columns(bound: Bound, facts: FactColumns = ANY, shelf: Shelf | None = None) -> Compiled:
    """The expressions of Polars for an expression on a day; intermediate columns go on the shelf, which others may share."""
    shelf = shelf or Shelf()
    node = simplified(bound.node, bound.days)
    return Compiled(run(node, ColumnExecution(facts, bound.days, shelf)), shelf)


def needed_columns(bounds: Iterable[Bound]) -> tuple[str, ...]:
    """The columns that some expressions read."""
    return tuple(dict.fromkeys(name for bound in bounds for name in _names(bound)))


def _names(bound: Bound) -> list[str]:
    return [
        *(column_name(fact, period) for fact, period in bound.needs),
        *(relation.key for relation in bound.relations),
    ]


def measure(frame: pl.DataFrame, names: Iterable[str]) -> FactColumns:
    """Smallest and largest value of each column, and which columns have no empty row."""
    schema = frame.schema
    sizes = {name: _size(schema[name], name) for name in names if name in schema}
    edges = [
        edge
        for name, size in sizes.items()
        if size is not None
        for edge in (size.min().alias(f"{name}<"), size.max().alias(f"{name}>"))
    ]
    row = frame.select(edges).row(0, named=True) if edges else {}
    gaps = with_gaps(frame.select(list(sizes)))
    measures = {
        name: Measure(
            row.get(f"{name}<") or 0, row.get(f"{name}>") or 0, name not in gaps, schema[name] == pl.Int64
        )
        for name in sizes
    }
    return FactColumns(measures, frozenset(schema))


def _size(dtype: pl.DataType, name: str) -> pl.Expr | None:
    """What is measured of a column: numbers and days by value, lists by length, the rest not."""
    if dtype == pl.Date:
        return pl.col(name).cast(pl.Int32)
    if dtype == pl.List:
        return pl.col(name).list.len()
    return pl.col(name) if dtype.is_integer() else None


@dataclass(frozen=True, slots=True)
class Answers:
    """Named expressions on a day, for whole tables."""

    bounds: Mapping[str, Bound]

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A column for each condition (1 yes, 0 no, -1 unknown, Int8); for each number its numerator and `name/` denominator.

        ProblemError where a column has another type than its fact.
        """
        return self.open(frame).with_columns(pl.col(pl.Boolean).cast(pl.Int8).fill_null(UNKNOWN))

    def open(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The same with conditions as Boolean, empty where unknown: the least to hold for whoever computes on."""
        check_types(frame.schema, self.bounds.values())
        facts = measure(frame, needed_columns(self.bounds.values()))
        swift = {name: bound for name, bound in self.bounds.items() if can_be_plain(bound.node, facts)}
        slow = {name: bound for name, bound in self.bounds.items() if name not in swift}
        runs = [(swift, replace(facts, plain=True)), (slow, facts)]
        found = pl.concat([_run(frame, bounds, how) for bounds, how in runs if bounds], how="horizontal")
        gaps = with_gaps(found)
        for name, bound in swift.items():
            if gaps & {name, f"{name}/"} and not is_sharp(bound.node, facts):
                found = _closer(frame, found, name, bound, facts)
        names = [column for name in self.bounds for column in (name, f"{name}/") if column in found.columns]
        return found.select(names)


def _run(frame: pl.DataFrame, bounds: Mapping[str, Bound], facts: FactColumns) -> pl.DataFrame:
    """The answers of some expressions for every row."""
    shelf = Shelf()
    outputs: list[pl.Expr] = []
    for name, bound in bounds.items():
        outputs += cells_of(name, compile_columns(bound, facts, shelf).column)
    lazy = shelf.fill(frame.lazy())
    if any(output.meta.root_names() for output in outputs):
        return lazy.select(outputs).collect()
    # Constants alone: the row number makes them as long as the table.
    return lazy.select(*outputs, pl.int_range(pl.len()).alias(_ROW)).collect().drop(_ROW)


def _closer(
    frame: pl.DataFrame, found: pl.DataFrame, name: str, bound: Bound, facts: FactColumns
) -> pl.DataFrame:
    """The same answers, those that are unknown looked at again with bounds."""
    rows = _is_open(found, name).arg_true()
    needed = [one for one in _names(bound) if one in frame.columns]
    again = _run(frame.select(needed)[rows] if needed else frame[rows], {name: bound}, facts)
    return found.with_columns(
        found[one].cast(again[one].dtype).scatter(rows, again[one]) for one in again.columns
    )


def with_gaps(frame: pl.DataFrame) -> frozenset[str]:
    """The columns with an empty row; constants are not laid out in full to see it."""
    counts = frame.select(pl.all().null_count()).row(0, named=True) if frame.width else {}
    return frozenset(name for name, count in counts.items() if count)


def _is_open(found: pl.DataFrame, name: str) -> pl.Series:
    """Where an answer has no value."""
    below = f"{name}/"
    empty = found[name].is_null()
    return empty | found[below].is_null() if below in found.columns else empty


_WANTED = {"date": "Date", "yes-no": "Boolean", "code": "String", "text": "String", "number": "Int64"}


def check_types(schema: Mapping[str, pl.DataType], bounds: Iterable[Bound]) -> None:
    """Refuses a table whose columns have other types than their facts: an amount in floating point above all."""
    for bound in bounds:
        for fact, period in bound.needs:
            name = column_name(fact, period)
            dtype = schema.get(name)
            if dtype is None or dtype == pl.Null or _fits(fact.type.kind, dtype):
                continue
            wanted = _WANTED[fact.type.kind]
            raise refuse(
                "expression.column-type",
                (f"列“{name}”", f"类型是{dtype}，应为{wanted}", "请先换算（金额以分的整数存放）再计算"),
                (
                    f'column "{name}"',
                    f"is {dtype}, wanted is {wanted}",
                    "Convert it first; amounts are whole fen",
                ),
            )


def _fits(kind: str, dtype: pl.DataType) -> bool:
    if kind == "number":
        return dtype.is_integer() and dtype not in (pl.UInt64, pl.Int128)
    return str(dtype) == _WANTED[kind]
