"""The register and its facts at size, beside a plain Django admin that holds the same data in the same run.

100,000 organisations and 1,000,000 facts are made up by a fixed rule, loaded through our services into a database of
their own in a temporary folder, and asked for through Django's test client, pages and middleware included. The peer is
a small Django project (`peer/`): a model for each table, `ModelAdmin` with search, filters and inlines, nothing tuned.
Some organisations also have patents, people, achievements, needs, instruments and qualifications: 48 rows that the page with
everything about one (一企一档) and the admin's page with its inlines both show.

    ./run bench registry
    HUANCHUANG_BENCH_SCALE=0.01 ./run bench registry        a hundredth of it
    HUANCHUANG_BENCH_POSTGRES=1 ./run bench registry        on a throw-away PostgreSQL instead of SQLite

10,000 rows of a sheet are imported into the same register by the jobs that the pages start (`importing.py`).

Bars: the facts load in under 60 s; every page answers in under 100 ms; lists, search and 一企一档 in at most half the admin's time (medians).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.registry.imported import print_table
from benchmarks.registry.side import ROOT, Side

LOAD_BAR, PAGE_BAR, PEER_BAR = 60.0, 100.0, 0.5
"""Seconds, milliseconds, share of the admin's time."""
ALONE = {"one organisation"}
"""A page beside which the admin's is shown, without a bar: the record alone, without what belongs to it."""
ROUNDS, WARMING = 15, 2


def main() -> None:
    """Load both, ask both in turn, print one table."""
    with tempfile.TemporaryDirectory(prefix="bench-registry-") as name, _databases() as (first, second):
        folder = Path(name)
        with (
            Side("benchmarks.registry.ours", "benchmarks.registry.settings", folder / "ours", first) as ours,
            Side("benchmarks.registry.peer.peer", "benchmarks.registry.peer.settings", folder / "peer", second) as peer,
        ):  # fmt: skip
            for _turn in range(WARMING):
                ours.round(), peer.round()
            rounds = [(ours.round(), peer.round()) for _turn in range(ROUNDS)]
    _print_load(ours, peer)
    for page in rounds[0][0]:
        mine = _medians([one[page] for one, _ in rounds])
        its = _medians([other[page] for _, other in rounds]) if page in rounds[0][1] else None
        _print_page(page, mine, its)
    print_table(_imported())
    print(
        f"\nmemory at its peak while loading: {ours.loaded['memory_mb']} MB, admin {peer.loaded['memory_mb']} MB"
    )
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _imported() -> dict[str, Any]:
    """The import, in a process and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as name, _databases() as (url, _):
        settings = "benchmarks.registry.settings"
        with Side("benchmarks.registry.importing", settings, Path(name) / "ours", url) as side:
            return side.loaded


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(wall for wall, _ in times), statistics.median(own for _, own in times)


def _print_load(ours: Side, peer: Side) -> None:
    mine, its = ours.loaded["load"], peer.loaded["load"]
    size = f"{ours.loaded['organisations']:,} organisations, {ours.loaded['facts']:,} facts"
    print(f"{size}, {ours.loaded['database']}; medians of {ROUNDS} requests, both sides in turn")
    print("in brackets the time of the process itself, which other work on the machine does not stretch\n")
    print("| what | ours | plain admin | bar | |\n|---|---:|---:|---|---|")
    for what, bar in (("facts", f"< {LOAD_BAR:.0f} s"), ("organisations", "")):
        verdict = _verdict(mine[what][0] < LOAD_BAR) if bar else ""
        print(f"| load the {what} | {_seconds(mine[what])} | {_seconds(its[what])} | {bar} | {verdict} |")


def _seconds(taken: tuple[float, float]) -> str:
    return f"{taken[0]:.1f} s ({taken[1]:.1f})"


def _print_page(page: str, mine: tuple[float, float], its: tuple[float, float] | None) -> None:
    bar, beside = f"< {PAGE_BAR:.0f} ms", ""
    met = mine[0] < PAGE_BAR
    if its is not None:
        beside = f"{its[0]:.0f} ms ({its[1]:.0f})"
    if its is not None and page not in ALONE:
        bar, met = f"{bar}, ≤ {PEER_BAR:.0%} of the admin", met and mine[0] <= PEER_BAR * its[0]
    print(f"| {page} | {mine[0]:.0f} ms ({mine[1]:.0f}) | {beside} | {bar} | {_verdict(met)} |")


def _verdict(met: bool) -> str:
    return "met" if met else "NOT MET"


@contextmanager
def _databases() -> Iterator[tuple[str, str]]:
    """The addresses of the two databases; empty for SQLite files beside the data."""
    if not os.environ.get("HUANCHUANG_BENCH_POSTGRES"):
        yield "", ""
        return
    sys.path.insert(0, str(ROOT / "tests"))
    from postgres import temporary_cluster

    with tempfile.TemporaryDirectory(prefix="bench-pg-") as cluster, temporary_cluster(Path(cluster)) as url:
        yield url, url.removesuffix("/postgres") + "/template1"
