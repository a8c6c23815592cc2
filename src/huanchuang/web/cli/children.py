"""Keeps child processes running: a crashed one is started again (ever more slowly), all stop with the parent."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger("huanchuang.serve")

LOOK_EVERY = 0.5
STOP_SECONDS = 15
SLOWEST = 60
STEADY_SECONDS = 60
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl: after kill -9 of the parent no child holds the port or the queue."""


@dataclass
class Child:
    """One process that shall be there."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    failures: int = 0
    wait_until: float = field(default=0)

    def start(self, now: float) -> None:
        """Start it; on Linux it is told when the parent dies."""
        self.process = subprocess.Popen(
            self.command, preexec_fn=_die_with_parent if sys.platform == "linux" else None
        )
        self.started = now

    def look(self, now: float) -> None:
        """Start it again when it has died: at once after a steady run, else after 1, 2, 4 … 60 seconds."""
        if self.process is not None and self.process.poll() is not None:
            self.failures = 0 if now - self.started > STEADY_SECONDS else self.failures + 1
            self.wait_until = now + (min(2 ** (self.failures - 1), SLOWEST) if self.failures else 0)
            log.error("%s ended with %s, starts again", self.name, self.process.returncode)
            self.process = None
        if self.process is None and now >= self.wait_until:
            self.start(now)


class Supervisor:
    """Runs children until SIGTERM or SIGINT."""

    def __init__(self, children: Sequence[Child], beat: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self.beat = beat
        self.stopping = False

    def run(self) -> None:
        """Return when told to stop and every child has ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.look(time.monotonic())
                self.beat()
                time.sleep(LOOK_EVERY)
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
