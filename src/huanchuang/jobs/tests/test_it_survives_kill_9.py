"""A worker is killed in the middle, twice: everything is done in the end, each item exactly once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[3]
WORKSHOP = Path(__file__).with_name("workshop.py")


class Bench:
    """Runs the workshop on a database of its own and looks into it from outside."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "huanchuang.sqlite3"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUANCHUANG_")}
        self.environment = kept | {
            "HUANCHUANG_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "huanchuang.web.settings",
            "PYTHONPATH": str(SOURCES),
        }

    def begin(self, order: str) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, WORKSHOP, order], env=self.environment)

    def do(self, order: str) -> None:
        assert self.begin(order).wait(timeout=120) == 0

    def ask(self, question: str) -> list:
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(question).fetchall()

    def items(self) -> list[str]:
        return [
            row[0] for row in self.ask("SELECT subject FROM audit_entry WHERE verb = 'test.item' ORDER BY id")
        ]

    def kill_after(self, count: int) -> None:
        """Let a worker go on until `count` items are there, then kill it without a word."""
        worker = self.begin("work")
        end = time.monotonic() + 60
        while len(self.items()) < count and time.monotonic() < end:
            time.sleep(0.005)
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
        time.sleep(1.1)  # the lease of the dead worker


@pytest.mark.parametrize("kills", [(5, 25)])
def test_it_does_each_item_once(tmp_path, kills):
    bench = Bench(tmp_path)
    bench.do("prepare")
    for count in kills:
        bench.kill_after(count)
        assert count <= len(bench.items()) < 60
        assert bench.ask("SELECT state FROM jobs_job") == [("running",)]
        bench.do("reclaim")
        assert bench.ask("SELECT state FROM jobs_job") == [("queued",)]
    bench.do("work")
    assert bench.ask("SELECT state, attempts, done FROM jobs_job") == [("done", 3, 60)]
    assert bench.items() == [f"test.item:{item}" for item in range(60)]
