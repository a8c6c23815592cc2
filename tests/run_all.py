"""`./run test`: all tests, in the parts that this machine can run, with one closing line.

1. everything without a browser, on SQLite;
2. the slices again (not the rooms that know no database), on a PostgreSQL cluster made for this run;
3. journeys and accessibility in Chromium.

What cannot run is named with what to install; under CI=true that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgres import find_postgres, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATABASE = ("--ignore=src/huanchuang/engines", "--ignore=src/huanchuang/packs")
"""Rooms that know no database: once is enough for their tests."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Part:
    """What one part of the run came to."""

    title: str
    passed: int
    failed: int
    skipped: int
    status: int


def main(arguments: list[str]) -> int:
    """Run the parts and say in one line how it went. 0 when all that ran is green (and, in CI, all ran)."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    parts = [run_part("SQLite", ["-m", "not browser", "-n", "2"])]
    missing: list[str] = []
    if find_postgres():
        with postgres_environment() as environment:
            parts.append(
                run_part(
                    "PostgreSQL", ["-m", "not browser", "src", *WITHOUT_DATABASE, "-n", "2"], environment
                )
            )
    else:
        missing.append("postgresql")
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        parts.append(run_part("Chromium", ["-m", "browser", "tests"]))
    else:
        missing.append("chromium fonts-wqy-microhei")
    return close(parts, missing)


def run_part(title: str, arguments: list[str], environment: dict[str, str] | None = None) -> Part:
    """Run pytest once, showing its output as it comes with the slowest tests, and count what it says at its end."""
    print(f"\n== {title}", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "--durations=25", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            last = line
    status = process.wait()
    counts = {
        word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?|skipped)", last)
    }
    failed = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
    return Part(title, counts.get("passed", 0), failed, counts.get("skipped", 0), status)


@contextmanager
def postgres_environment() -> Iterator[dict[str, str]]:
    """A cluster of its own, thrown away afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="huanchuang-pg-") as folder,
        temporary_cluster(Path(folder)) as url,
    ):
        yield {"HUANCHUANG_DATABASE_URL": url}


def close(parts: list[Part], missing: list[str]) -> int:
    """Say per part and in all what happened."""
    print()
    for part in parts:
        print(f"{part.title}: {part.passed} passed, {part.failed} failed, {part.skipped} skipped")
    failed = sum(part.failed for part in parts) + sum(1 for part in parts if part.status and not part.failed)
    if missing:
        print(
            f"not run: {len(missing)}, install {' '.join(missing)} (Debian: apt-get install {' '.join(missing)})"
        )
        if os.environ.get("CI") == "true":
            failed += len(missing)
    print(
        f"{sum(part.passed for part in parts)} passed, {failed} failed, {sum(part.skipped for part in parts)} skipped"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
