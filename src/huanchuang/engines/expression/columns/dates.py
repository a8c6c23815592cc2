"""Dates on columns: days since 1970 as whole numbers, moved by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression.arithmetic import DayTable
from huanchuang.engines.expression.columns.ratio import Ratio
from huanchuang.engines.expression.columns.values import Number, exact
from huanchuang.engines.expression.columns.whole import Whole
from huanchuang.engines.expression.operations import TimeUnit
from huanchuang.engines.expression.vocabulary import FIRST_DAY, LAST_DAY

_MOST = {"年": 300, "月": 3600, "天": 110_000, "工作日": 80_000}
_MOST_YEARS = 300
_LEAP_DAY = 229
_WIDTH = 32
Both = Callable[[pl.Expr, pl.Expr], pl.Expr]


def shift(value: Number, count: int, unit: TimeUnit, days: DayTable) -> Number:
    """Every date moved by the same time, held within the years of the language."""
    count = max(min(count, _MOST[unit]), -_MOST[unit])

    def moved(ratio: Ratio) -> Ratio:
        day = ratio.n.typed(_WIDTH)
        found = _moved(day, count, unit, days).clip(FIRST_DAY, LAST_DAY).cast(pl.Int32)
        return _whole(found, FIRST_DAY, LAST_DAY, ratio.is_total, ratio.n.weight + 6)

    lo = moved(value.lo)
    return exact(lo) if value.is_exact else Number(lo, moved(value.hi))


def _whole(expr: pl.Expr, least: int, most: int, total: bool, weight: int) -> Ratio:
    return Ratio(Fraction(1), Whole(expr, least, most, _WIDTH, total, weight))


def _moved(day: pl.Expr, count: int, unit: TimeUnit, days: DayTable) -> pl.Expr:
    if unit == "天":
        return day + count
    if unit == "工作日":
        return _later(day, count, days)
    by = f"{count * 12 if unit == '年' else count}mo"
    return day.cast(pl.Date).dt.offset_by(by).cast(pl.Int32)


def _later(day: pl.Expr, count: int, days: DayTable) -> pl.Expr:
    before = _up_to(day - 1, days)
    index = before if count == 0 else _up_to(day, days) + (count - 1) if count > 0 else before + count
    worked = pl.lit(pl.Series(days.workdays, dtype=pl.Int32))
    return worked.gather(index.clip(0, len(days.workdays) - 1))


def _up_to(day: pl.Expr, days: DayTable) -> pl.Expr:
    counts = pl.lit(pl.Series(days.counts, dtype=pl.Int32))
    return counts.gather((day - (FIRST_DAY - 1)).clip(0, len(days.counts) - 1))


def age(since: Number, until: Number) -> Number:
    """Full years between two dates."""
    if since.is_exact and until.is_exact:
        return exact(_pair(since.lo, until.lo, _full_years, _MOST_YEARS))
    return Number(
        _pair(since.hi, until.lo, _full_years, _MOST_YEARS),
        _pair(since.lo, until.hi, _full_years, _MOST_YEARS),
    )


def _full_years(since: pl.Expr, until: pl.Expr) -> pl.Expr:
    born, now = since.cast(pl.Date), until.cast(pl.Date)
    month_day = _month_day(born)
    is_short = (month_day == _LEAP_DAY) & ~now.dt.is_leap_year()
    reached = pl.when(is_short).then(pl.lit(_LEAP_DAY - 1)).otherwise(month_day)
    return now.dt.year() - born.dt.year() - (_month_day(now) < reached).cast(pl.Int32)


def _month_day(date: pl.Expr) -> pl.Expr:
    return date.dt.month().cast(pl.Int32) * 100 + date.dt.day().cast(pl.Int32)


def workdays(after: Number, through: Number, days: DayTable) -> Number:
    """Working days after one date up to another."""

    def between(one: pl.Expr, other: pl.Expr) -> pl.Expr:
        forward = _up_to(other, days) - _up_to(one, days)
        back = _up_to(other - 1, days) - _up_to(one - 1, days)
        return pl.when(other >= one).then(forward).when(other < one).then(back)

    size = len(days.workdays)
    if after.is_exact and through.is_exact:
        return exact(_pair(after.lo, through.lo, between, size))
    return Number(_pair(after.hi, through.lo, between, size), _pair(after.lo, through.hi, between, size))


def _pair(one: Ratio, other: Ratio, both: Both, size: int) -> Ratio:
    total = one.is_total and other.is_total
    found = both(one.n.typed(_WIDTH), other.n.typed(_WIDTH))
    return _whole(found, -size, size, total, 6 * (one.n.weight + other.n.weight))
