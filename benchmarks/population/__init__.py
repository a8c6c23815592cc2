"""A district of firms put to all policies through the product: the jobs by its own worker, the pages with their middleware.

Firms with three years of figures as the demonstration's have (a few left out, a few recorded years ago, a few said otherwise by a
second source) are made by a fixed rule and loaded through the services, a tenth of them first and then all, each into a
database of its own. Then the worker that `huanchuang serve` starts computes a run over all policies and a forecast with
two figures changed, and tells the policy that reaches most; a list as long as lists may be is proposed and agreed to through
the pages; and an officer opens what it came to: lists at their first and middle page, exports, blind spots, figures to collect.

    ./run bench population
    HUANCHUANG_BENCH_SCALE=0.1 ./run bench population       a tenth of it

Bars: every job in under 60 s and 1,500 MB, every page and file in under 1 s (medians). A tenth beside all shows how each grows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.registry.data import scale

ROOT = Path(__file__).resolve().parents[2]
FIRMS = 10_000
TENTH = 10
JOB_BAR, MEMORY_BAR, PAGE_BAR = 60.0, 1500, 1.0
"""Seconds, megabytes, seconds."""


def main() -> None:
    """Load and carry out a tenth, then all; print the tables."""
    firms = int(FIRMS * scale())
    few, all_ = _district(firms // TENTH), _district(firms)
    counts = all_["counts"]
    print(
        f"{counts['organisations']:,} firms, {counts['facts']:,} facts, {counts['accounts']:,} accounts; "
        f"loaded in {all_['load']:.0f} s; seconds of the wall clock, in brackets of the processor; "
        f"load of the machine at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    )
    print("| job | a tenth | all | peak | database after it | bar | |\n|---|---:|---:|---:|---:|---|---|")
    for name, done in all_["jobs"].items():
        _print_job(name, few["jobs"][name], done)
    print("\n| page or file | a tenth | all | bar | |\n|---|---:|---:|---|---|")
    for name, taken in all_["pages"].items():
        _print_page(name, few["pages"].get(name), taken)
    came = all_["came"]
    told = came["push"]
    print(
        f"\n{sum(came['run'].values()):,} times yes; {told['rows']:,} firms of {told['policy']} decided anew, "
        f"{told['notices']:,} people told; {came['awards']:,} firms on the list"
    )


def _district(firms: int) -> dict[str, Any]:
    """One size, in a process and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-population-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.registry.settings",
            "HUANCHUANG_DATA": folder,
            "HUANCHUANG_TODAY": "2026-06-30",
            "HUANCHUANG_REGIONS": "national,qingcen",
            "HUANCHUANG_LOG_LEVEL": "ERROR",
            "HUANCHUANG_BENCH_FIRMS": str(firms),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        words = [sys.executable, "-m", "benchmarks.registry.worker", "benchmarks.population.district"]
        made = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return found


def _print_job(name: str, few: dict[str, Any], done: dict[str, Any]) -> None:
    met = done["seconds"] < JOB_BAR and done["peak_mb"] < MEMORY_BAR
    bar = f"< {JOB_BAR:.0f} s, < {MEMORY_BAR:,} MB"
    print(
        f"| {name} | {few['seconds']:.1f} s ({few['processor']:.1f}) | {done['seconds']:.1f} s ({done['processor']:.1f}) "
        f"| {done['peak_mb']} MB | {done['database_mb']} MB | {bar} | {_verdict(met)} |"
    )


def _print_page(name: str, few: list[float] | None, taken: list[float]) -> None:
    beside = "" if few is None else f"{few[0]:.2f} s ({few[1]:.2f})"
    print(
        f"| {name} | {beside} | {taken[0]:.2f} s ({taken[1]:.2f}) | < {PAGE_BAR:.0f} s | {_verdict(taken[0] < PAGE_BAR)} |"
    )


def _verdict(met: bool) -> str:
    return "met" if met else "NOT MET"
