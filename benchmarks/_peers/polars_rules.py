"""Enterprises that are made up, and the two rule sets in Polars as one writes them by hand, which know no unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression import Bound, Fact, Record
from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.expression.types import DATE, MONEY
from huanchuang.engines.kernel import Period
from huanchuang.engines.rules import Policy, bind_policy
from huanchuang.engines.rules.facts.values import plain_of
from huanchuang.packs.vocabulary import work_calendar

AS_OF = date(2026, 1, 1)
HTE, SME = "national.high-tech-enterprise", "national.technology-sme"
MICRO = 10**6
Needs = tuple[tuple[Fact, Period | None], ...]
YEARS = (2023, 2024, 2025)
# name here: key of the dictionary, most (yuan), per year
MONEYS = {
    **{f"{name}_{year}": (f"{key}@{year}", most) for year in YEARS for name, key, most in (
        ("sales", "sales-revenue", 95_000_000), ("rd", "rd-expense", 7_000_000), ("domestic", "domestic-rd-expense", 6_500_000))},
    "revenue": ("total-revenue@2025", 95_000_000), "high": ("high-tech-revenue@2025", 80_000_000),
    "costs_2025": ("costs-and-expenses@2025", 90_000_000), "assets": ("total-assets@2025", 500_000_000),
}  # fmt: skip
COUNTS = {
    "staff": ("staff@2025", 700),
    "tech": ("tech-staff@2025", 150),
    "one": ("class-one-ip", 3),
    "two": ("class-two-ip", 7),
}
TRUTHS = {
    "ip": ("ip-supports-product", 9), "field": ("field-fits", 8), "accident": ("major-accident@2025", 1), "banned": ("banned-products", 1),
    "dishonest": ("serious-dishonesty", 1), "resident": ("resident-enterprise", 9), "certificate": ("valid-hte-certificate", 1),
    "award": ("national-award", 0), "body": ("provincial-rd-body", 1), "standard": ("leading-standard", 0),
}  # fmt: skip


def enterprises(rows: int, gaps: bool = False) -> pl.DataFrame:
    """Enterprises with figures of all sizes under short names, the same in every run; money in whole yuan."""
    row = pl.int_range(rows, dtype=pl.Int64)

    def figure(name: str, most: int) -> pl.Expr:
        seed = sum(map(ord, name))
        found = (row.hash(seed) % pl.lit(most, dtype=pl.UInt64)).cast(pl.Int64)
        return pl.when(row.hash(seed + 1) % 20 != 0).then(found) if gaps else found

    born = (pl.lit(date(2010, 1, 1)) + pl.duration(days=figure("born", 5800))).cast(pl.Date)
    columns = [born.alias("registered")]
    columns += [(figure(name, most) + 1).alias(name) for name, (_, most) in MONEYS.items()]
    columns += [(figure(name, most) + (most > 50)).alias(name) for name, (_, most) in COUNTS.items()]
    columns += [figure("score", 101).alias("score")]
    columns += [(figure(name, 10) < most).alias(name) for name, (_, most) in TRUTHS.items()]
    found = pl.select(columns)
    # What lies before the registration is no figure of the enterprise: nothing, for those who know no unknown.
    late = [
        pl.when(pl.col("registered") > date(year, 12, 31)).then(0).otherwise(pl.col(f"{name}_{year}")).alias(f"{name}_{year}")
        for year in YEARS
        for name in ("sales", "rd", "domestic")
    ]  # fmt: skip
    return found.with_columns(late)


def table_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The same under the keys of the dictionary, as the platform keeps it: money in fen, scores in millionths."""
    return frame.select(
        pl.col("registered").alias("registered-on"),
        (pl.col("score") * MICRO).alias("innovation-score"),
        *((pl.col(name) * 100).alias(key) for name, (key, _) in MONEYS.items()),
        *(pl.col(name).alias(key) for name, (key, _) in {**COUNTS, **TRUTHS}.items()),
    )


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The outputs as one writes them in Polars, without unknowns."""
    c = pl.col
    sales, rd = c("sales_2025"), c("rd_2025")
    rd3, sales3, domestic3 = (sum((c(f"{name}_{year}") for year in YEARS[1:]), c(f"{name}_2023")) for name in ("rd", "sales", "domestic"))  # fmt: skip
    rate = pl.when(sales <= 50_000_000).then(5).when(sales <= 200_000_000).then(4).otherwise(3)
    hte = {
        "h1": c("registered") <= date(2025, 1, 1), "h2": c("ip"), "h3": c("field"), "h4": c("tech") * 10 >= c("staff"),
        "h5": rd3 * 100 >= sales3 * rate, "h6": domestic3 * 5 >= rd3 * 3, "h7": c("high") * 5 >= c("revenue") * 3,
        "h8": c("score") > 70, "h9": ~c("accident"),
    }  # fmt: skip
    staff = steps(c("tech"), c("staff"), ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4)))
    by_sales = steps(rd, sales, ((6, 50), (5, 40), (4, 30), (3, 20), (2, 10)))
    by_costs = steps(rd, c("costs_2025"), ((30, 50), (25, 40), (20, 30), (15, 20), (10, 10)))
    two = c("two")
    ip = pl.when(c("one") >= 1).then(30).when(two >= 4).then(24).when(two >= 3).then(18).when(two >= 2).then(12).when(two >= 1).then(6).otherwise(0)  # fmt: skip
    by_rd = pl.max_horizontal(by_sales, by_costs)
    points = staff + by_rd + ip
    direct = c("certificate") | c("award") | c("body") | c("standard")
    sme = {
        "s1": c("resident"), "s2": c("staff") <= 500, "s3": sales <= 200_000_000, "s4": c("assets") <= 200_000_000,
        "s5": ~c("banned"), "s6": ~c("accident"), "s7": ~c("dishonest"), "s8": ((points >= 60) & (staff > 0)) | direct,
    }  # fmt: skip
    scores = {"staff_points": staff, "rd_points": by_rd, "ip_points": ip, "points": points}
    results = {"hte": pl.all_horizontal(*hte.values()), "sme": pl.all_horizontal(*sme.values())}
    return frame.lazy().select(**hte, **sme, **scores, **results).collect()


def steps(above: pl.Expr, below: pl.Expr, points: tuple[tuple[int, int], ...]) -> pl.Expr:
    """Points of the first share that is reached."""
    chain: pl.Expr = pl.lit(0, dtype=pl.Int64)
    for percent, found in reversed(points):
        chain = pl.when(above * 100 >= below * percent).then(pl.lit(found, dtype=pl.Int64)).otherwise(chain)
    return chain


def needs_of(*policies: Policy) -> Needs:
    """The facts that some policies ask for on the day, each once."""
    return tuple(dict.fromkeys(need for one in policies for bound in bounds_of(one) for need in bound.needs))


def bounds_of(one: Policy) -> list[Bound]:
    """The expressions of a policy on the day."""
    bound = bind_policy(one, AS_OF, work_calendar())
    return [found for found in (*bound.conditions, bound.amount, *bound.formulas) if found is not None]


def district(table: pl.DataFrame, needs: Needs, gaps: bool = False) -> pl.DataFrame:
    """The table with columns made up for the facts that it lacks."""
    lacking = [need for need in needs if column_name(*need) not in table.columns]
    return table.with_columns(made_up(*need, gaps).alias(column_name(*need)) for need in lacking)


def made_up(fact: Fact, period: Period | None, gaps: bool) -> pl.Expr:
    """A column for a fact, from the row number; with gaps every twentieth cell is empty."""
    seed = sum(map(ord, column_name(fact, period)))
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    found = filled(fact, row.hash(seed))
    return pl.when(row.hash(seed + 1) % 20 != 0).then(found) if gaps else found


def filled(fact: Fact, mixed: pl.Expr) -> pl.Expr:
    """A value of the fact for each number."""
    if fact.type.kind == "yes-no":
        return mixed % 3 != 0
    if fact.type == DATE:
        return pl.lit(date(2012, 1, 1)) + pl.duration(days=(mixed % 5100).cast(pl.Int64))
    if not fact.type.is_number:
        return pl.lit(None, dtype=pl.String)
    most = min(fact.edges[1], int(Fraction(10**9) if fact.type.unit == MONEY else 60 / fact.step))
    return (mixed % (most + 1)).cast(pl.Int64)


def record_of(row: dict[str, object], needs: Needs) -> Record:
    """A row of the table as a record."""
    return Record(
        {
            (fact.key, "" if period is None else period.code): plain_of(fact, row[column_name(fact, period)])
            for fact, period in needs
        }
    )
