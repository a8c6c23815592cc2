"""Organisation, year and facts: rows checked, columns read, years laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from huanchuang.engines.expression import Fact, Vocabulary
from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.rules.facts.faults import NONE, SCHEMA
from huanchuang.engines.rules.facts.values import Meaning, plain_texts, values_of

ORGANISATION = (
    "organisation",
    "organization",
    "单位",
    "企业",
    "单位名称",
    "企业名称",
    "机构名称",
    "统一社会信用代码",
)
YEAR = ("year", "年度", "年份", "年")
RECORDED = ("recorded_at", "recorded_on", "更新日期", "数据日期")
"""A column, if there is one, with the day a row was recorded: by it timeless facts grow too old."""
FIRST_YEAR, LAST_YEAR = 1949, 2199
_ROW, _ID, _YEAR, _RECORDED = "~row", "~id", "~year", "~recorded"
_DAY = Fact(_RECORDED, "更新日期", "recorded on", DATE)
_HEADING = 2
"""Rows of a sheet are counted from 1, and the first holds the headings."""


class NoSuchColumn(ValueError):
    """The table has no column for organisations or years; `names` are those that would do."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names[0])
        self.names = names


@dataclass(frozen=True)
class FactTable:
    """Organisations in the order of the table, and their facts as read: one row for each organisation and year."""

    organisations: pl.Series
    rows: pl.DataFrame
    facts: dict[str, Fact]
    faults: pl.DataFrame

    def wide(self, needs: Iterable[tuple[Fact, Period | None]], as_of: date) -> pl.DataFrame:
        """One row for each organisation, a column for each fact and period asked for that the table can hold.

        A timeless value that is too old on the day is left out, and marked in a column of its own (`stale_column`).
        """
        asked = [(fact, period) for fact, period in dict.fromkeys(needs) if fact.key in self.facts]
        found = pl.DataFrame({_ID: pl.int_range(len(self.organisations), dtype=pl.UInt32, eager=True)})
        years = sorted({period.code for _, period in asked if period is not None and period.code.isdigit()})
        for year in years:
            keys = [fact.key for fact, period in asked if period is not None and period.code == year]
            rows = self.rows.filter(pl.col(_YEAR) == int(year))
            named = [pl.col(key).alias(f"{key}@{year}") for key in keys]
            found = found.join(rows.select(_ID, *named), on=_ID, how="left", maintain_order="left")
        timeless = [fact for fact, period in asked if period is None]
        ageing = [fact for fact in timeless if fact.fresh_days is not None] if self.is_dated else []
        if timeless:
            newest = self.rows.group_by(_ID).agg(
                *(pl.col(fact.key).drop_nulls().last() for fact in timeless),
                *(_last_recorded(fact).alias(stale_column(fact.key)) for fact in ageing),
            )
            found = found.join(newest, on=_ID, how="left", maintain_order="left")
        found = found.with_columns(_is_stale(fact, as_of) for fact in ageing)
        found = found.with_columns(_left_out(fact) for fact in ageing)
        names = [column_name(fact, period) for fact, period in asked]
        names += [stale_column(fact.key) for fact in ageing]
        return found.select(name for name in names if name in found.columns)

    @property
    def is_dated(self) -> bool:
        """Whether rows say when they were recorded."""
        return _RECORDED in self.rows.columns


def stale_column(key: str) -> str:
    """Where the table of columns says that a fact is only too old; no column of facts is called like that."""
    return f"~stale:{key}"


def _last_recorded(fact: Fact) -> pl.Expr:
    """When the newest value that is not blank was recorded."""
    return pl.col(_RECORDED).filter(pl.col(fact.key).is_not_null()).last()


def _is_stale(fact: Fact, as_of: date) -> pl.Expr:
    oldest = as_of - timedelta(days=fact.fresh_days or 0)
    name = stale_column(fact.key)
    return (pl.col(name) < oldest).fill_null(value=False).alias(name)


def _left_out(fact: Fact) -> pl.Expr:
    return pl.when(~pl.col(stale_column(fact.key))).then(pl.col(fact.key)).alias(fact.key)


def fact_table(frame: pl.DataFrame, vocabulary: Vocabulary, meaning: Meaning) -> FactTable:
    """The facts of a table. NoSuchColumn where organisation or year is missing."""
    reader = _Reader(frame, vocabulary, meaning)
    return reader.table()


@dataclass
class _Reader:
    frame: pl.DataFrame
    vocabulary: Vocabulary
    meaning: Meaning
    faults: list[pl.DataFrame] = field(default_factory=list)

    def table(self) -> FactTable:
        organisation, year = self._column(ORGANISATION), self._column(YEAR)
        names = plain_texts(self.frame[organisation])
        years = plain_texts(self.frame[year])
        numbers = years.str.strip_suffix("年").str.strip_suffix(".0").cast(pl.Int32, strict=False)
        is_year = numbers.is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)
        nameless = names.is_null() & self._says_something()
        self._fault("no-organisation", organisation, nameless, names, years, self.frame[organisation])
        self._fault("not-a-year", year, names.is_not_null() & ~is_year, names, years, self.frame[year])
        recorded = self._recorded()
        columns = self._facts(organisation, year, *([recorded] if recorded else []))
        read: dict[str, pl.Series] = {}
        if recorded:
            columns[recorded] = _DAY
        for column, fact in columns.items():
            values = values_of(
                fact, self.frame[column], self.vocabulary.trees.get(fact.type.tree), self.meaning
            )
            read[fact.key] = values.series.alias(fact.key)
            for fault, rows in values.faults.items():
                self._fault(fault, column, rows, names, years, self.frame[column])
        found = names.drop_nulls().unique(maintain_order=True)
        ids = pl.DataFrame({"~name": found}).with_row_index(_ID)
        usable = (
            pl.DataFrame({"~name": names, _YEAR: numbers, **read})
            .with_row_index(_ROW, offset=_HEADING)
            .filter(is_year & names.is_not_null())
            .join(ids, on="~name", how="left", maintain_order="left")
        )
        once = self._once(usable, list(read), {fact.key: name for name, fact in columns.items()})
        facts = {fact.key: fact for fact in columns.values() if fact is not _DAY}
        problems = pl.concat([NONE, *self.faults]).sort("row", maintain_order=True)
        return FactTable(found, once.sort(_ID, _YEAR), facts, problems)

    def _says_something(self) -> pl.Series:
        """The rows that are not blank from end to end; blank ones separate blocks of a sheet and are no fault."""
        said = [
            (pl.col(name).cast(pl.String).str.strip_chars() != "").fill_null(False)
            for name in self.frame.columns
        ]
        return self.frame.select(pl.any_horizontal(said).alias("~")).to_series()

    def _column(self, names: Sequence[str]) -> str:
        for name in names:
            for column in self.frame.columns:
                if column.strip().lower() == name:
                    return column
        raise NoSuchColumn(names)

    def _recorded(self) -> str | None:
        """The column with the day of recording, where there is one."""
        try:
            return self._column(RECORDED)
        except NoSuchColumn:
            return None

    def _facts(self, *others: str) -> dict[str, Fact]:
        """The columns that are facts; the rest is told of."""
        found: dict[str, Fact] = {}
        keys: set[str] = set()
        for column in self.frame.columns:
            fact = self.vocabulary.fact("".join(column.split()))
            if column in others:
                continue
            if fact is None or fact.period not in ("year", "none"):
                self._whole_column("unknown-column", column)
            elif fact.key in keys:
                self._whole_column("column-twice", column)
            else:
                found[column] = fact
                keys.add(fact.key)
        return found

    def _whole_column(self, fault: str, column: str) -> None:
        row = {"row": 1, "organisation": "", "year": "", "column": column, "value": "", "fault": fault}
        self.faults.append(pl.DataFrame([row], schema=SCHEMA))

    def _fault(
        self, fault: str, column: str, rows: pl.Series, names: pl.Series, years: pl.Series, values: pl.Series
    ) -> None:
        at = rows.fill_null(value=False).arg_true()
        if not len(at):
            return
        self.faults.append(
            pl.DataFrame(
                {
                    "row": at.cast(pl.Int64) + _HEADING,
                    "organisation": names.gather(at).fill_null(""),
                    "year": years.gather(at).fill_null(""),
                    "column": pl.Series([column]).new_from_index(0, len(at)),
                    "value": values.gather(at).cast(pl.String).fill_null(""),
                    "fault": pl.Series([fault]).new_from_index(0, len(at)),
                },
                schema=SCHEMA,
            )
        )

    def _once(self, rows: pl.DataFrame, keys: list[str], columns: dict[str, str]) -> pl.DataFrame:
        """Each organisation and year once; values that differ between rows of one year are unknown."""
        twice = rows.filter(pl.struct(_ID, _YEAR).is_duplicated())
        if not twice.height:
            return rows.drop("~name")
        merged = twice.group_by(_ID, _YEAR, maintain_order=True).agg(
            pl.col(_ROW).first(),
            *(
                pl.when(pl.col(key).drop_nulls().n_unique() == 1).then(pl.col(key).drop_nulls().first())
                for key in keys
            ),
        )
        later = twice.filter(~pl.struct(_ID, _YEAR).is_first_distinct())
        self._told("row-twice", later, pl.lit(""), pl.lit(""))
        for key in keys:
            known = pl.col(key).drop_nulls()
            differ = twice.filter((known.n_unique().over(_ID, _YEAR) > 1) & pl.col(key).is_not_null())
            if differ.height:
                self._told("values-differ", differ, pl.lit(columns[key]), pl.col(key).cast(pl.String))
        single = rows.filter(~pl.struct(_ID, _YEAR).is_duplicated()).drop("~name")
        return pl.concat([single, merged.select(single.columns)])

    def _told(self, fault: str, rows: pl.DataFrame, column: pl.Expr, value: pl.Expr) -> None:
        self.faults.append(
            rows.select(
                pl.col(_ROW).cast(pl.Int64).alias("row"),
                pl.col("~name").alias("organisation"),
                pl.col(_YEAR).cast(pl.String).alias("year"),
                column.alias("column"),
                value.fill_null("").alias("value"),
                pl.lit(fault).alias("fault"),
            )
        )
