"""Jobs done by the worker of the product: a process of its own for each, so that its peak of memory is the job's."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from huanchuang.jobs.models import UNFINISHED, Job, State

PATIENCE = 900
"""Seconds after which a job is given up."""


@dataclass(frozen=True)
class Done:
    """What a job took: seconds of the wall clock, of the worker's processor, megabytes at its peak and before."""

    seconds: float
    processor: float
    peak_mb: int
    before_mb: int


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """`huanchuang worker` on the data of this process."""
    process = subprocess.Popen([sys.executable, "-m", "huanchuang.web.cli", "worker"])
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def work(begin: Callable[[], Job]) -> Done:
    """Let a worker come up, start a job, and see it to its end. SystemExit for a job that does not end well."""
    with worker() as process:
        _settled(process)
        before, own = _memory(process), _processor(process)
        job = begin()
        until = time.monotonic() + PATIENCE
        while Job.objects.filter(pk=job.pk, state__in=UNFINISHED).exists() and time.monotonic() < until:
            time.sleep(0.1)
        job.refresh_from_db()
        if job.state != State.DONE or job.started_at is None or job.finished_at is None:
            raise SystemExit(f"{job.kind} ended as {job.state}: {job.problem_en}")
        seconds = (job.finished_at - job.started_at).total_seconds()
        return Done(seconds, _processor(process) - own, _memory(process), before)


def _settled(process: subprocess.Popen[bytes]) -> None:
    """Wait until the worker does nothing but look for work."""
    spent = -1.0
    while (now := _processor(process)) - spent > 0.1:
        spent = now
        time.sleep(0.7)


def _memory(process: subprocess.Popen[bytes]) -> int:
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def _processor(process: subprocess.Popen[bytes]) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def database_mb() -> int:
    """Megabytes of the database with its log, where it is a file."""
    files = Path(settings.HUANCHUANG_DATA).glob("*.sqlite3*")
    return sum(one.stat().st_size for one in files) // 1_000_000
