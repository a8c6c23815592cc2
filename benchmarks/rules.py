"""Policies from their packs against the same rules written by hand, over 1,000,000 enterprises.

高企 (nine conditions) and 科小 (eight, with three partial scores and their sum): for each enterprise the outcome of every
condition, the scores and both results. Peers: Polars expressions as one writes them by hand, which know no unknown, and
OpenFisca-Core in an environment of its own (it counts in 32 bits; where that goes wrong is shown). Ours answers in three values.
"""

from __future__ import annotations

import gc
import json
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl

from huanchuang.engines.expression import Bound, Fact, Record
from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.expression.types import DATE, MONEY
from huanchuang.engines.kernel import Period
from huanchuang.engines.rules import Policy, assess, bind_policy, decide
from huanchuang.packs.policies import policies, policy
from huanchuang.packs.vocabulary import work_calendar

ROWS, ROUNDS = 1_000_000, 9
AS_OF = date(2026, 1, 1)
HTE, SME = "national.high-tech-enterprise", "national.technology-sme"
SCORES = {
    "staff_points": "科技人员得分",
    "rd_points": "研发投入得分",
    "ip_points": "科技成果得分",
    "points": "综合评价得分",
}
PEER = ("openfisca-core==46.0.1", "pyarrow")
ROOT = Path(__file__).parent.parent
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
EPOCH = date(1970, 1, 1)
MICRO = 10**6
RESULTS = {1: "yes", 0: "no", -1: "unknown"}


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


def from_packs(table: pl.DataFrame) -> pl.DataFrame:
    """Both policies from their packs: results, masks, scores."""
    return assess([policy(HTE), policy(SME)], table, AS_OF, work_calendar(), {SME: tuple(SCORES.values())})


def outputs(found: pl.DataFrame) -> dict[str, pl.Series]:
    """Ours under the names of the peers: masks taken apart."""
    named = {"hte": found[HTE] == 1, "sme": found[SME] == 1}
    named |= {short: found[f"{SME}={name}"] for short, name in SCORES.items()}
    for pack, letter, count in ((HTE, "h", 9), (SME, "s", 8)):
        failed = found[f"{pack}/failed"] | found[f"{pack}/unknown"]
        named |= {f"{letter}{bit + 1}": (failed // 2**bit) % 2 == 0 for bit in range(count)}
    return named


def timed(*works: Callable[[], object]) -> list[tuple[float, list[float], object]]:
    """For each work median seconds, all of them, and what came out; in turns, so that a busy machine is busy for all.

    A work that gives a float says itself how long it took.
    """
    taken: list[list[float]] = [[] for _ in works]
    found: list[object] = [None for _ in works]
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            gc.collect()
            started = time.perf_counter()
            found[index] = work()
            took = time.perf_counter() - started
            taken[index].append(found[index] if isinstance(found[index], float) else took)
    return [(statistics.median(seconds), seconds, last) for seconds, last in zip(taken, found, strict=True)]


def main() -> None:
    """Print speed and agreement, one decision, all packs, growth."""
    frame = enterprises(ROWS)
    table = table_of(frame)
    from_packs(table.head(1000))
    with Peer(frame) as peer:
        works = [lambda: by_hand(frame), lambda: from_packs(table), *([peer.round] if peer.python else [])]
        (hand, hands, theirs), (took, tooks, ours), *others = timed(*works)
    print(
        f"{ROWS:,} enterprises, 17 conditions, 4 scores, 2 results; {pl.thread_pool_size()} threads, median of {ROUNDS} in turns"
    )
    line("Polars by hand, no unknowns", hand, hands, "")
    line("packs, three values", took, tooks, f"{hand / took:.2f} × by hand")
    differ = differences(theirs, outputs(ours))
    print(f"outputs that differ from by hand: {sum(differ.values())} {differ or ''}{undivided(frame)}")
    for seconds, all_, _ in others:
        line("OpenFisca-Core, float", seconds, all_, f"packs are {seconds / took:.2f} × as fast")
    peer.tell(theirs, took)
    gapped = table_of(enterprises(ROWS, gaps=True))
    ((took, tooks, _),) = timed(lambda: from_packs(gapped))
    line("packs, 5 % of all cells empty", took, tooks, "")
    one_decision(table.head(300))
    whole_district(table)
    growth()


def undivided(frame: pl.DataFrame) -> str:
    """Enterprises founded after all three years have no sales to divide by: unknown to us, met where one multiplies."""
    none = frame.filter(pl.col("sales_2023") + pl.col("sales_2024") + pl.col("sales_2025") == 0).height
    return f"({none:,} enterprises have no sales to divide by)"


def line(title: str, took: float, all_: list[float], more: str) -> None:
    """One line of the table."""
    print(
        f"{title:32s}{took * 1e3:7.0f} ms ({min(all_) * 1e3:.0f}–{max(all_) * 1e3:.0f})  {ROWS / took:12,.0f}/s  {more}"
    )


class Peer:
    """OpenFisca-Core on the same data, in an environment of its own under build/, a round whenever it is asked."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.python = peer_python()
        self.folder = tempfile.TemporaryDirectory()
        self.target = Path(self.folder.name) / "out.parquet"
        self.inner: list[float] = []
        if self.python is not None:
            source = Path(self.folder.name) / "in.parquet"
            frame.with_columns(pl.col("registered").cast(pl.Int32)).write_parquet(source)
            script = Path(__file__).parent / "_peers" / "openfisca_rules.py"
            call = [str(self.python), str(script), str(source), str(self.target)]
            self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.python is not None:
            self.process.stdin.close()
            self.process.wait()

    def round(self) -> float:
        """Seconds of one round from the columns; those without setting its variables are kept aside."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        whole, inner = json.loads(self.process.stdout.readline())
        self.inner.append(inner)
        return float(whole)

    def tell(self, theirs: pl.DataFrame, ours: float) -> None:
        """What else is to be said of it."""
        if self.python is None:
            print(f"OpenFisca-Core: not run, {PEER[0]} could not be installed into build/openfisca")
            return
        inner = statistics.median(self.inner)
        print(f"  without setting its variables {inner * 1e3:.0f} ms: packs are {inner / ours:.2f} × as fast")
        differ = differences(theirs, pl.read_parquet(self.target))
        print(f"  outputs of it that differ: {sum(differ.values()):,} {differ or ''}")
        (kept,) = struct.unpack("f", struct.pack("f", 50_000_001))
        print(
            f"  its 32 bits: sales of 50,000,001 yuan are kept as {kept:,.0f}, so 5 % is asked where 4 % would do"
        )


def differences(theirs: pl.DataFrame, found: Mapping[str, pl.Series] | pl.DataFrame) -> dict[str, int]:
    """How many rows of each output differ."""
    counts = {
        name: int((theirs[name].cast(pl.Int64) != found[name].cast(pl.Int64)).sum())
        for name in theirs.columns
    }
    return {name: count for name, count in counts.items() if count}


def peer_python() -> Path | None:
    """The interpreter of the peer's environment, made when it is not there yet."""
    folder = ROOT / "build" / "openfisca"
    python = folder / "bin" / "python"
    if not python.exists():
        uv = Path(sys.executable).parent / "uv"
        for call in (
            [uv, "venv", "-q", folder, "--python", sys.executable],
            [uv, "pip", "install", "-q", "--python", python, *PEER],
        ):
            if subprocess.run([str(word) for word in call], check=False, capture_output=True).returncode:
                return None
    return python


def one_decision(table: pl.DataFrame) -> None:
    """One enterprise with its whole trace, what is missing, the distance and the words."""
    records = [record_of(row) for row in table.iter_rows(named=True)]
    for name in (HTE, SME):
        chosen, taken = policy(name), []
        for record in records:
            started = time.perf_counter()
            decision = decide(chosen, record, AS_OF, calendar=work_calendar())
            _ = (
                decision.trace(),
                decision.missing,
                decision.quickest,
                [gap.text() for gap in decision.distance],
            )
            taken.append(time.perf_counter() - started)
        taken.sort()
        print(
            f"one decision of {name} with trace and distance: median {taken[len(taken) // 2] * 1e3:.2f} ms,"
            f" 95 % {taken[len(taken) * 95 // 100] * 1e3:.2f} ms, worst {taken[-1] * 1e3:.2f} ms"
        )


def record_of(row: dict[str, object]) -> Record:
    """A row of the table as a record."""
    facts = {}
    for name, value in row.items():
        key, _, period = name.partition("@")
        plain = (value - EPOCH).days if isinstance(value, date) else value
        facts[key, period] = value // MICRO if key == "innovation-score" else plain
    return Record(facts)


def whole_district(table: pl.DataFrame) -> None:
    """Every shipped pack for every enterprise, as columns and masks; facts that the two rule sets lack are made up."""
    chosen = policies()
    needs = dict.fromkeys(need for one in chosen for bound in bounds_of(one) for need in bound.needs)
    lacking = [need for need in needs if column_name(*need) not in table.columns]
    full = table.with_columns(made_up(*need).alias(column_name(*need)) for need in lacking)
    gc.collect()
    started = time.perf_counter()
    found = assess(chosen, full, AS_OF, work_calendar())
    took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{ROWS:,} enterprises × {len(chosen)} packs (all shipped), {len(needs)} columns asked: {took:.1f} s,"
        f" {found.estimated_size() / 2**20:.0f} MB of answers, {peak:.1f} GB at most"
    )
    for one in chosen:
        if one.is_in_force(AS_OF):
            counts = found[one.id].value_counts().rows()
            shares = {RESULTS[value]: count / ROWS for value, count in counts}
            print(
                f"  {one.id:44s}"
                + "  ".join(f"{word} {shares.get(word, 0):4.0%}" for word in RESULTS.values())
            )


def made_up(fact: Fact, period: Period | None) -> pl.Expr:
    """A column for a fact, from the row number."""
    seed = sum(map(ord, column_name(fact, period)))
    mixed = pl.int_range(pl.len(), dtype=pl.Int64).hash(seed)
    if fact.type.kind == "yes-no":
        return mixed % 3 != 0
    if fact.type == DATE:
        return pl.lit(date(2012, 1, 1)) + pl.duration(days=(mixed % 5100).cast(pl.Int64))
    if not fact.type.is_number:
        return pl.lit(None, dtype=pl.String)
    most = min(fact.edges[1], int(Fraction(10**9) if fact.type.unit == MONEY else 60 / fact.step))
    return (mixed % (most + 1)).cast(pl.Int64)


def bounds_of(one: Policy) -> list[Bound]:
    """The expressions of a policy on the day."""
    bound = bind_policy(one, AS_OF, work_calendar())
    return [found for found in (*bound.conditions, bound.amount) if found is not None]


def growth() -> None:
    """Seconds from ten thousand to five million enterprises."""
    for rows in (10_000, 100_000, 1_000_000, 5_000_000):
        table = table_of(enterprises(rows))
        gc.collect()
        started = time.perf_counter()
        from_packs(table)
        took = time.perf_counter() - started
        print(f"{rows:12,} enterprises {took:8.3f} s  {rows / took:12,.0f}/s")
