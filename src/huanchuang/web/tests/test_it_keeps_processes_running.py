"""`serve` keeps its three processes running and leaves none behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from huanchuang.web.cli.children import Child, Supervisor

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_it_starts_a_crashed_child_again_ever_more_slowly() -> None:
    child = Child("crashing", [sys.executable, "-c", "raise SystemExit(3)"])
    waits = []
    now = 1000.0
    for _ in range(4):
        child.look(now)
        child.process.wait()
        child.look(now)
        waits.append(child.wait_until - now)
        assert child.process is None
        now = child.wait_until
    assert waits == [1, 2, 4, 8]


def test_it_starts_a_steady_child_again_at_once() -> None:
    child = Child("steady", [sys.executable, "-c", ""])
    child.look(0)
    child.process.wait()
    child.look(100)
    assert child.failures == 0
    assert child.process is not None
    child.process.wait()


def test_it_stops_all_children_on_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    children = [Child("one", FOREVER), Child("two", FOREVER)]
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    try:
        Supervisor(children).run()
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert all(child.process.poll() is not None for child in children)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status
    except OSError:
        return 0


def wait_for(condition, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="children are told of the parent's death by Linux alone")
def test_it_serves_and_leaves_nothing_behind_after_kill_9(data: Path) -> None:
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HUANCHUANG_", "DJANGO_"))
    }
    environment |= {"HUANCHUANG_DATA": str(data), "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [sys.executable, "-m", "huanchuang.web.cli", "serve", "--port", str(port)]
    site = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert wait_for(lambda: answers(port, "/healthz") == 200)
        assert wait_for(
            lambda: (data / "heartbeats/worker").exists() and (data / "heartbeats/ticker").exists()
        )
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert "--port" in second.stderr
    finally:
        site.kill()
        site.wait()
    assert wait_for(lambda: answers(port, "/robots.txt") == 0, 20)
