"""`./run test`: all tests, in the parts that this machine can run, with one closing line.

1. everything without a browser, on SQLite;
2. the slices again (not the rooms that know no database), on a PostgreSQL cluster made for this run;
3. journeys and accessibility in Chromium, beside the others: a browser and a site that wait for each other leave half
   of the machine free. What it says is shown when the others are done.

What cannot run is named with what to install; under CI=true that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgres import find_postgres, temporary_cluster
from prepared import prepared_folder

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
    seconds: float
    output: str


def main(arguments: list[str]) -> int:
    """Run the parts and say in one line how it went. 0 when all that ran is green (and, in CI, all ran)."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    missing: list[str] = []
    with prepared_folder(), ThreadPoolExecutor(1) as beside:
        browser = None
        if any(shutil.which(name) for name in CHROMIUM_NAMES):
            browser = beside.submit(run_part, "Chromium", ["-m", "browser", "tests/journeys"], shown=False)
        parts = [run_part("SQLite", ["-m", "not browser", "-n", "2"])]
        if find_postgres():
            with postgres_environment() as environment:
                words = ["-m", "not browser", "src", *WITHOUT_DATABASE, "-n", "2"]
                parts.append(run_part("PostgreSQL", words, environment))
        else:
            missing.append("postgresql")
        if browser is None:
            missing.append("chromium fonts-wqy-microhei")
        else:
            parts.append(browser.result())
            print(parts[-1].output, flush=True)
    return close(parts, missing)


def run_part(
    title: str, arguments: list[str], environment: dict[str, str] | None = None, *, shown: bool = True
) -> Part:
    """Run pytest once, showing its output as it comes with the slowest tests, and count what it says at its end.

    What is not `shown` is kept in the answer.
    """
    output = [f"\n== {title}\n"]
    if shown:
        print(output[0], end="", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "--durations=25", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        output.append(line)
        if shown:
            print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            last = line
    status = process.wait()
    counts = {
        word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?|skipped)", last)
    }
    failed = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
    return Part(
        title,
        counts.get("passed", 0),
        failed,
        counts.get("skipped", 0),
        status,
        time.monotonic() - began,
        "".join(output),
    )


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
        counted = f"{part.passed} passed, {part.failed} failed, {part.skipped} skipped"
        print(f"{part.title}: {counted} in {part.seconds / 60:.1f} minutes")
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
