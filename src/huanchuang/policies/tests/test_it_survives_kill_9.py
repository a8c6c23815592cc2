"""kill -9 in the middle of a push, a run, a forecast and a list: nobody is told twice or left out, results are as without a break."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3]
WORKSHOP = Path(__file__).with_name("workshop.py")
FIRMS = 120
UNTIL = {
    "policies.push": "SELECT count(*) >= 50 FROM policies_telling",
    "policies.run": "SELECT count(*) FROM jobs_job WHERE kind = 'policies.run' AND state = 'running'",
    "policies.forecast": "SELECT count(*) FROM jobs_job WHERE kind = 'policies.forecast' AND state = 'running'",
}
"""Kind of job → when it is in the middle of its work."""


class Installation:
    """A database of its own, worked on by programs of their own and looked into from outside."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "huanchuang.sqlite3"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUANCHUANG_")}
        self.environment = kept | {
            "HUANCHUANG_DATA": str(folder),
            "HUANCHUANG_TODAY": "2026-06-30",
            "HUANCHUANG_JOB_LEASE": "1",
            "HUANCHUANG_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "huanchuang.web.settings",
            "PYTHONPATH": str(SOURCES),
        }

    def begin(self, order: str) -> subprocess.Popen[str]:
        words = [sys.executable, str(WORKSHOP), order]
        return subprocess.Popen(words, env=self.environment, stdout=subprocess.PIPE, text=True)

    def do(self, order: str) -> list[str]:
        process = self.begin(order)
        said, _errors = process.communicate(timeout=240)
        assert process.returncode == 0
        return said.splitlines()

    def ask(self, question: str, *words: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(question, words).fetchall()

    def kill_in(self, kind: str) -> None:
        """Let a worker go on until it is in the middle of a job of a kind, then kill it without a word."""
        worker, end = self.begin("work"), time.monotonic() + 120
        while self.ask(UNTIL[kind]) == [(0,)] and time.monotonic() < end:
            time.sleep(0.002)
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
        newest = "SELECT state FROM jobs_job WHERE kind = ? ORDER BY id DESC LIMIT 1"
        assert self.ask(newest, kind) == [("running",)]
        time.sleep(1.1)  # the lease of the dead worker


def test_everything_is_done_once(tmp_path: Path) -> None:
    here = Installation(tmp_path)
    here.do("prepare")
    for kind in UNTIL:
        here.kill_in(kind)
    here.do("work")
    assert here.ask("SELECT DISTINCT state FROM jobs_job") == [("done",)]
    dead = here.begin("agree-and-die")
    assert dead.wait() == -signal.SIGKILL
    assert here.ask("SELECT count(*) FROM notices_notice WHERE kind = 'policies.award'") == [(0,)]
    assert here.ask("SELECT state FROM policies_roll") == [("proposed",)]
    assert here.do("agree") == [
        f"told {FIRMS} {{'told': {FIRMS}}}",
        f"policies.push {FIRMS} 1",
        f"policies.award {FIRMS} 1",
        "Run 2 1",
        "Forecast 2 1",
        "roll open open",
    ]
