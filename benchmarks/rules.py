"""Policies from their packs against the same rules written by hand, over 1,000,000 enterprises.

高企 (nine conditions) and 科小 (eight, with three partial scores and their sum): for each enterprise the outcome of every
condition, the scores and both results. Peers: Polars expressions as one writes them by hand, which know no unknown, and
OpenFisca-Core in an environment of its own (it counts in 32 bits; where that goes wrong is shown). Ours answers in three values.
Times are of the clock and of the processor: on a machine that does other things beside, the latter are the ones to compare.
"""

from __future__ import annotations

import gc
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import polars as pl

from benchmarks._peers.polars_rules import (
    AS_OF,
    HTE,
    SME,
    by_hand,
    district,
    enterprises,
    needs_of,
    table_of,
)
from huanchuang.engines.rules import assess
from huanchuang.packs.policies import policies, policy
from huanchuang.packs.vocabulary import work_calendar

ROWS, ROUNDS = 1_000_000, 9
SCORES = {
    "staff_points": "科技人员得分",
    "rd_points": "研发投入得分",
    "ip_points": "科技成果得分",
    "points": "综合评价得分",
}
PEER = ("openfisca-core==46.0.1", "pyarrow")
ROOT = Path(__file__).parent.parent
RESULTS = {1: "yes", 0: "no", -1: "unknown"}


class Took(NamedTuple):
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float


class Times(NamedTuple):
    """What some rounds took, and what came out of the last."""

    rounds: Sequence[Took]
    found: object

    @property
    def clock(self) -> float:
        """The median by the clock."""
        return median(took.clock for took in self.rounds)

    @property
    def processor(self) -> float:
        """The median by the processor."""
        return median(took.processor for took in self.rounds)


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


def timed(*works: Callable[[], object]) -> list[Times]:
    """Each work some rounds, in turns, so that a busy machine is busy for all. One that gives `Took` measures itself."""
    taken: list[list[Took]] = [[] for _ in works]
    found: list[object] = [None for _ in works]
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            gc.collect()
            begun, started = time.process_time(), time.perf_counter()
            found[index] = work()
            took = Took(time.perf_counter() - started, time.process_time() - begun)
            own = found[index]
            taken[index].append(own if isinstance(own, Took) else took)
    return [Times(rounds, last) for rounds, last in zip(taken, found, strict=True)]


def main() -> None:
    """Print speed and agreement, then all packs."""
    frame = enterprises(ROWS)
    table = table_of(frame)
    from_packs(table.head(1000))
    with Peer(frame) as peer:
        works = [lambda: by_hand(frame), lambda: from_packs(table), *([peer.round] if peer.python else [])]
        hand, ours, *others = timed(*works)
    print(
        f"{ROWS:,} enterprises, 17 conditions, 4 scores, 2 results; {pl.thread_pool_size()} threads, median of {ROUNDS} in turns"
    )
    line("Polars by hand, no unknowns", hand, "")
    line("packs, three values", ours, f"{ratio(hand, ours)} by hand")
    differ = differences(hand.found, outputs(ours.found))
    print(f"outputs that differ from by hand: {sum(differ.values())} {differ or ''}{undivided(frame)}")
    for times in others:
        line("OpenFisca-Core, float", times, f"packs are {ratio(times, ours)} as fast")
    peer.tell(hand.found, ours)
    gapped = table_of(enterprises(ROWS, gaps=True))
    (with_gaps,) = timed(lambda: from_packs(gapped))
    line("packs, 5 % of all cells empty", with_gaps, "")
    whole_district(table)


def ratio(theirs: Times, ours: Times) -> str:
    """How many times as long they take, by processor and by clock."""
    return f"{theirs.processor / ours.processor:.2f} × ({theirs.clock / ours.clock:.2f} × by the clock)"


def undivided(frame: pl.DataFrame) -> str:
    """Enterprises founded after all three years have no sales to divide by: unknown to us, met where one multiplies."""
    none = frame.filter(pl.col("sales_2023") + pl.col("sales_2024") + pl.col("sales_2025") == 0).height
    return f"({none:,} enterprises have no sales to divide by)"


def line(title: str, times: Times, more: str) -> None:
    """One line of the table."""
    clocks = [took.clock for took in times.rounds]
    spread = f"clock {times.clock * 1e3:4.0f} ms ({min(clocks) * 1e3:.0f}–{max(clocks) * 1e3:.0f})"
    print(f"{title:32s}{times.processor * 1e3:5.0f} ms  {spread:26s}{ROWS / times.clock:12,.0f}/s  {more}")


class Peer:
    """OpenFisca-Core on the same data, in an environment of its own under build/, a round whenever it is asked."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.python = peer_python()
        self.folder = tempfile.TemporaryDirectory()
        self.target = Path(self.folder.name) / "out.parquet"
        self.inner: list[Took] = []
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

    def round(self) -> Took:
        """One round from the columns; what it took without setting its variables is kept aside."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        whole, inner = json.loads(self.process.stdout.readline())
        self.inner.append(Took(*inner))
        return Took(*whole)

    def tell(self, theirs: pl.DataFrame, ours: Times) -> None:
        """What else is to be said of it."""
        if self.python is None:
            print(f"OpenFisca-Core: not run, {PEER[0]} could not be installed into build/openfisca")
            return
        inner = Times(self.inner, None)
        line("  without setting its variables", inner, f"packs are {ratio(inner, ours)} as fast")
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


def whole_district(table: pl.DataFrame) -> None:
    """Every shipped pack for every enterprise, as columns and masks; facts that the two rule sets lack are made up."""
    chosen = policies()
    needs = needs_of(*chosen)
    full = district(table, needs)
    gc.collect()
    begun, started = time.process_time(), time.perf_counter()
    found = assess(chosen, full, AS_OF, work_calendar())
    took = Took(time.perf_counter() - started, time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{ROWS:,} enterprises × {len(chosen)} packs (all shipped), {len(needs)} columns asked: {took.clock:.1f} s"
        f" ({took.processor:.1f} s of processor), {found.estimated_size() / 2**20:.0f} MB of answers, {peak:.1f} GB at most"
    )
    for one in chosen:
        if one.is_in_force(AS_OF):
            counts = found[one.id].value_counts().rows()
            shares = {RESULTS[value]: count / ROWS for value, count in counts}
            print(
                f"  {one.id:44s}"
                + "  ".join(f"{word} {shares.get(word, 0):4.0%}" for word in RESULTS.values())
            )
