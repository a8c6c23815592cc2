"""A worker is killed in the middle of a takeover: the plan in force is untouched, and the next run moves the ledger once."""

import signal
import time
from pathlib import Path

from huanchuang.jobs.tests import test_it_survives_kill_9 as killing

WORKSHOP = Path(__file__).with_name("taking_workshop.py")
STATES = "SELECT state FROM steering_plan ORDER BY id"


def test_it_is_all_or_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(killing, "WORKSHOP", WORKSHOP)
    bench = killing.Bench(tmp_path)
    bench.do("prepare")
    worker = bench.begin("hang")
    end = time.monotonic() + 120
    while not (tmp_path / "written").exists() and time.monotonic() < end:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL
    assert bench.ask(STATES) == [("in_force",), ("review",)]
    assert bench.ask("SELECT count(*) FROM steering_formerline") == [(0,)]
    time.sleep(1.1)  # the lease of the dead worker
    bench.do("reclaim")
    bench.do("work")
    assert bench.ask(STATES) == [("replaced",), ("in_force",)]
    assert bench.ask("SELECT state, attempts FROM jobs_job WHERE kind = 'steering.take_place'") == [
        ("done", 2)
    ]
    assert bench.ask("SELECT count(*) FROM audit_entry WHERE verb = 'steering.plan.take_place'") == [(1,)]
    assert bench.ask("SELECT count(*) FROM steering_transition") == [(1,)]
