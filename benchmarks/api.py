"""The API as it is served: `huanchuang serve` with two processes, a client with kept connections, answers counted as decisions.

Peers in the same run: the same server answering robots.txt (its ceiling, without database and sign-in), and the engine alone
in one process without any server. The bar: 200 decisions a second on two cores, which the client shares. Afterwards
Schemathesis sends some hundred cases to every call.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLI = [sys.executable, "-m", "huanchuang.web.cli"]
DAY, SECONDS, CONNECTIONS, BAR = "2026-06-30", 8, 4, 200
DECIDE, MANY = "/api/v1/policies/decide", "/api/v1/policies/decide-many"
HTE = "national.high-tech-enterprise"
YEARS = ("2023", "2024", "2025")
FACTS = {
    "注册日期": "2015-03-02", "职工总数": {"2025": "90"}, "科技人员数": {"2025": "8"},
    "销售收入": dict.fromkeys(YEARS, "8000万元"), "研发费用": dict.fromkeys(YEARS, "320万元"), "境内研发费用": dict.fromkeys(YEARS, "320万元"),
    "高新技术产品收入": {"2025": "4800万元"}, "总收入": {"2025": "8000万元"}, "技术领域符合": "是", "知识产权支撑主要产品": "是",
    "创新能力评分": "71", "重大事故": {"2025": "否", "2026": "否"}, "居民企业": "是",
}  # fmt: skip
SET_UP = """
import datetime, django
django.setup()
from huanchuang.accounts.services import create_service, make_token
from huanchuang.audit.services import SYSTEM
portal = create_service(SYSTEM, "portal", "portal", "officer")
print(make_token(SYSTEM, portal, "bench", ["policies.policy.view"], datetime.date.today())[1])
"""
ALONE = f"""
import datetime, json, sys, time, django
django.setup()
from huanchuang.engines.rules import decide
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.api.given import record_of
from huanchuang.policies.queries.library import in_force
day, facts = datetime.date.fromisoformat("{DAY}"), json.load(sys.stdin)
every, calendar, done, started = in_force(day), work_calendar(), 0, time.perf_counter()
[decide(one.policy, record_of(facts), day, calendar=calendar) for one in every]
started = time.perf_counter()
while time.perf_counter() - started < 3:
    record = record_of(facts)
    done += len([decide(one.policy, record, day, calendar=calendar) for one in every])
print(done / (time.perf_counter() - started))
"""


@dataclass(frozen=True)
class Ask:
    """One kind of request, and how many decisions its answer holds."""

    name: str
    path: str
    decisions: int
    body: bytes = b""


@dataclass
class Tally:
    """What came of it."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0


def asks(policies: int) -> list[Ask]:
    """What is measured."""

    def body(**more: object) -> bytes:
        return json.dumps({"as_of": DAY, **more}).encode()

    firms = [{"key": str(place), "facts": FACTS} for place in range(20)]
    return [
        Ask("robots.txt: the ceiling of this server", "/robots.txt", 0),
        Ask("one firm, one policy, with reasons", DECIDE, 1, body(facts=FACTS, policies=[HTE])),
        Ask(f"one firm, all {policies}, with reasons", DECIDE, policies, body(facts=FACTS)),
        Ask(f"one firm, all {policies}, brief", DECIDE, policies, body(facts=FACTS, detail="brief")),
        Ask(f"20 firms, all {policies}, brief", MANY, 20 * policies, body(organisations=firms)),
        Ask("explain one policy", f"/api/v1/policies/{HTE}/explain", 1, body(facts=FACTS)),
    ]


def main() -> None:
    """Serve, ask, print."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (port, token):
        status, answer = once(
            port, token, Ask("", DECIDE, 0, json.dumps({"as_of": DAY, "facts": FACTS}).encode())
        )
        if status != http.client.OK:
            raise SystemExit(f"the server answers {status}: {answer[:300]!r}")
        policies = len(json.loads(answer))
        print(
            f"{CONNECTIONS} connections, {SECONDS} s each, 2 server processes; load of the machine {os.getloadavg()[0]:.1f}"
        )
        print(f"{'':44}{'requests/s':>11}{'decisions/s':>12}{'p50 ms':>9}{'p95 ms':>9}")
        for ask in asks(policies):
            report(ask, measure(port, token, ask))
        alone = run([sys.executable, "-c", ALONE], json.dumps(FACTS))
        print(f"{'the engine alone, one process, no reasons':44}{'':11}{float(alone):12.0f}", flush=True)
    fuzz()


def report(ask: Ask, tally: Tally) -> None:
    """One line of the table."""
    rate = len(tally.seconds) / SECONDS
    milliseconds = sorted(1000 * one for one in tally.seconds)
    middle, most = statistics.median(milliseconds), milliseconds[int(len(milliseconds) * 0.95)]
    decided = f"{rate * ask.decisions:12.0f}" if ask.decisions else f"{'':12}"
    note = f"  {tally.wrong} WRONG" if tally.wrong else ""
    if ask.decisions > 1:
        note += "  bar met" if rate * ask.decisions >= BAR else f"  BELOW {BAR}"
    print(f"{ask.name:44}{rate:11.0f}{decided}{middle:9.1f}{most:9.1f}{note}", flush=True)


def measure(port: int, token: str, ask: Ask) -> Tally:
    """So many connections asking one after the other for some seconds, after a short run to warm up."""
    tallies = [Tally() for _ in range(CONNECTIONS)]
    for seconds, kept in ((1.0, False), (float(SECONDS), True)):
        threads = [
            threading.Thread(target=hammer, args=(port, token, ask, seconds, tally if kept else Tally()))
            for tally in tallies
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return Tally([one for tally in tallies for one in tally.seconds], sum(tally.wrong for tally in tallies))


def hammer(port: int, token: str, ask: Ask, seconds: float, tally: Tally) -> None:
    """One kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    end = time.perf_counter() + seconds
    while (started := time.perf_counter()) < end:
        status, _ = _ask(connection, token, ask)
        tally.seconds.append(time.perf_counter() - started)
        tally.wrong += status != http.client.OK


def once(port: int, token: str, ask: Ask) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    return _ask(http.client.HTTPConnection("127.0.0.1", port), token, ask)


def _ask(connection: http.client.HTTPConnection, token: str, ask: Ask) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST" if ask.body else "GET", ask.path, ask.body or None, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, str]]:
    """A new installation in a folder, served until the end; its port and a token."""
    os.environ.update(
        HUANCHUANG_DATA=str(folder),
        HUANCHUANG_LOG_LEVEL="WARNING",
        DJANGO_SETTINGS_MODULE="huanchuang.web.settings",
    )
    run([*CLI, "migrate"])
    token = run([sys.executable, "-c", SET_UP]).strip()
    port = free_port()
    words = [*CLI, "serve", "--host", "127.0.0.1", "--port", str(port), "--processes", "2"]
    server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, token
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            if once(port, "", Ask("", "/robots.txt", 0))[0] == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")


def run(words: list[str], given: str = "") -> str:
    """The output of a command that has to succeed."""
    return subprocess.run(words, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout


def fuzz() -> None:
    """A long run of the test over all calls."""
    environment = {**os.environ, "API_EXAMPLES": os.environ.get("API_EXAMPLES", "200"), "HUANCHUANG_DATA": ""}
    environment = {
        name: value for name, value in environment.items() if value and name != "DJANGO_SETTINGS_MODULE"
    }
    words = [sys.executable, "-m", "pytest", "-q", "tests/pages/test_calls_keep_their_description.py"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(
        f"Schemathesis, {environment['API_EXAMPLES']} cases a call and kind: {done.stdout.strip().splitlines()[-1]}"
    )
