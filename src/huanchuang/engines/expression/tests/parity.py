"""Runs an expression on records one by one and as a table, and compares what comes out, bounds included."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression.columns import (
    Answers,
    Compiled,
    FactColumns,
    Number,
    column_name,
    compile_columns,
    measure,
    row_schema,
)
from huanchuang.engines.expression.columns import whole as w
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.table import needed_columns
from huanchuang.engines.expression.expression import Bound
from huanchuang.engines.expression.record import Record, Span
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import Fact, Plain
from huanchuang.engines.kernel.period import Period

DTYPES = {"date": pl.Date, "yes-no": pl.Boolean, "code": pl.String, "text": pl.String, "number": pl.Int64}


def as_cell(fact: Fact, value: Plain | None) -> object:
    """A plain value as it stands in a column."""
    if value is None or isinstance(value, bool | str):
        return value
    if fact.type == DATE:
        return value
    return int(value / fact.step)


def table_of(bound: Bound, records: Sequence[Record]) -> pl.DataFrame:
    """The records as a table with the columns the expression needs."""
    series = [pl.Series("", range(len(records)), dtype=pl.Int64).alias("row")]
    for fact, period in bound.needs:
        cells = [as_cell(fact, record.facts.get((fact.key, code_of(period)))) for record in records]
        dtype = pl.Int32 if fact.type == DATE else DTYPES[fact.type.kind]
        one = pl.Series(column_name(fact, period), cells, dtype=dtype)
        series.append(one.cast(pl.Date) if fact.type == DATE else one)
    for relation in bound.relations:
        schema = {
            fact.key: pl.Int32() if fact.type == DATE else row_schema(relation)[fact.key]
            for fact in relation.fields
        }
        cells = [
            None
            if rows is None
            else [{f.key: as_cell(f, row.get(f.key)) for f in relation.fields} for row in rows]
            for rows in (record.rows.get(relation.key) for record in records)
        ]
        one = pl.Series(relation.key, cells, dtype=pl.List(pl.Struct(schema)))
        series.append(one.cast(pl.List(pl.Struct(row_schema(relation)))))
    return pl.DataFrame(series)


def code_of(period: Period | None) -> str:
    return "" if period is None else period.code


def run_table(frame: pl.DataFrame, compiled: Compiled) -> list[object]:
    """What each row gives: a span, yes/no/None, or a text."""
    column = compiled.column
    lazy = compiled.ready(frame.lazy())
    if isinstance(column, Number):
        found = lazy.select(
            "row", ln=edge(column.lo)[0], ld=edge(column.lo)[1], hn=edge(column.hi)[0], hd=edge(column.hi)[1]
        ).collect()
        return [
            Span(fraction(row["ln"], row["ld"]), fraction(row["hn"], row["hd"]))
            for row in found.iter_rows(named=True)
        ]
    expr = column.expr
    return lazy.select("row", answer=expr).collect()["answer"].to_list()


def edge(ratio: Ratio) -> tuple[pl.Expr, pl.Expr]:
    return (
        w.scaled(ratio.n, ratio.k.numerator).typed(128),
        w.scaled(ratio.d or w.ONE, ratio.k.denominator).typed(128),
    )


def fraction(above: int | None, below: int | None) -> Fraction | None:
    return None if above is None or below is None else Fraction(above, below)


def differences(bound: Bound, records: Sequence[Record]) -> list[str]:
    """Where the executions disagree, for both ways of compiling."""
    frame = table_of(bound, records)
    expected = [bound.evaluate(record).value for record in records]
    found = []
    for how, facts in (("declared", FactColumns()), ("measured", measure(frame, needed_columns([bound])))):
        answers = run_table(frame, compile_columns(bound, facts))
        for record, one, other in zip(records, expected, answers, strict=True):
            if one != other or type(one) is not type(other):
                found.append(f"{how}: {bound.text}\n  record {one}\n  column {other}\n  {record}")
    found += answer_differences(bound, frame, expected)
    return found


def answer_differences(bound: Bound, frame: pl.DataFrame, expected: Sequence[object]) -> list[str]:
    """Where `Answers`, which goes over unknown rows a second time, disagrees about values."""
    answers = Answers({"it": bound}).of(frame)
    if "it/" in answers.columns:
        found: list[object] = [fraction(*row) for row in answers.select("it", "it/").iter_rows()]
    elif answers["it"].dtype == pl.Int8:
        found = [{1: True, 0: False, -1: None}[cell] for cell in answers["it"]]
    else:
        found = answers["it"].to_list()
    wanted = [one.value if isinstance(one, Span) else one for one in expected]
    return [
        f"answers: {bound.text}\n  record {one}\n  answers {other}"
        for one, other in zip(wanted, found, strict=True)
        if one != other or (one is None) is not (other is None)
    ]
