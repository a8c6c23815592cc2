"""A district of many firms: loaded, put to the policies by the product's own worker, told, given to; its pages asked for."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from benchmarks.population import asking, loading, working
from benchmarks.population.working import work
from huanchuang.accounts.models import User
from huanchuang.jobs.models import Job
from huanchuang.money.models import Budget
from huanchuang.notices.models import Notice
from huanchuang.orm import clock
from huanchuang.packs.policies.figures import rules_of
from huanchuang.policies.models import Award, Forecast, Push, Roll, Run, Telling
from huanchuang.policies.queries.awards import candidates_of
from huanchuang.policies.queries.library import Listed, policy_named
from huanchuang.policies.queries.runs import policy_lines
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.policies.services.push import begin_push
from huanchuang.policies.services.rolls import MOST
from huanchuang.policies.services.runs import begin_run

SUPPOSED = {
    "80%": "60%",
    "60%": "40%",
    "10%": "8%",
    "5%": "4%",
    "4%": "3%",
    "3%": "2%",
    "200万元": "150万元",
    "100万元": "50万元",
}
"""Figures of a policy that a forecast supposes to be others."""
GIVEN = "qingcen.high-tech-reward"


def main() -> None:
    """Load and carry out everything; one line of JSON."""
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    counts = loading.load(int(os.environ["HUANCHUANG_BENCH_FIRMS"]))
    found: dict[str, Any] = {
        "counts": counts,
        "load": time.perf_counter() - began,
        "loaded_mb": working.database_mb(),
    }
    client, user = asking.officer(), User.objects.get(username="bench-one")
    found |= {"jobs": {}, "pages": {}, "came": {}}
    found["came"]["pages"] = found["pages"]
    for name, job, pages in _steps(user, client, found["came"]):
        if job is not None:
            done = work(job)
            found["jobs"][name] = {**done.__dict__, "database_mb": working.database_mb()}
        found["pages"] |= asking.times(client, pages())
    del found["came"]["pages"]
    print(json.dumps(found), flush=True)


Step = tuple[str, Callable[[], Job] | None, Callable[[], Iterator[tuple[str, str]]]]


def _steps(user: User, client: Client, came: dict[str, Any]) -> Iterator[Step]:
    """Each job, and the pages of what it came to."""
    yield (
        "run",
        lambda: _job(begin_run(user, clock.today())),
        lambda: asking.pages_of_run(Run.objects.get(), client, asking.LIKELY),
    )
    run = Run.objects.get()
    came["run"] = {one: counts["yes"] for one, counts in run.counts.items() if counts["yes"]}
    one = _named(asking.LIKELY)
    asked = Asked(clock.today(), "60%", "假设（测试）", changes=_changes(one), by="size")
    yield (
        "forecast",
        lambda: _job(begin_forecast(user, one, asked)),
        lambda: asking.pages_of_forecast(Forecast.objects.get(), client),
    )
    came["forecast"] = Forecast.objects.get().totals["moves"]
    told = max(policy_lines(run), key=lambda line: line.counts["yes"]).listed
    address = f"{reverse('policies:push-new', args=[run.pk, told.id])}?result=yes"
    yield "", None, lambda: iter([("push, before it is sent", address)])
    yield (
        "push",
        lambda: _job(begin_push(user, run, told, "yes")),
        lambda: asking.pages_of_push(Push.objects.get(), client),
    )
    came["push"] = {
        "policy": told.id,
        "rows": Telling.objects.count(),
        "notices": Notice.objects.filter(kind="policies.push").count(),
    }
    yield "", None, lambda: _roll(run, client, came)


def _job(one: Run | Forecast | Push) -> Job:
    if one.job is None:
        raise SystemExit("no job was started")
    return one.job


def _named(policy: str) -> Listed:
    one = policy_named(policy)
    if one is None:
        raise SystemExit(f"there is no policy {policy}")
    return one


def _changes(one: Listed) -> dict[str, str]:
    return {
        figure.key: SUPPOSED[figure.text]
        for rule in rules_of(one.pack.content, clock.today())
        for figure in rule.figures
        if figure.text in SUPPOSED
    }


def _roll(run: Run, client: Client, came: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A list as long as lists may be, proposed and agreed to through the pages; then the pages that show it."""
    one, budget = _named(GIVEN), Budget.objects.get()
    keys = [row.organisation for row in candidates_of(run, one) if not row.barred][:MOST]
    address = reverse("policies:roll-propose", args=[run.pk, GIVEN])
    came["pages"]["roll, proposed"] = _posted(client, address, {"budget": budget.pk, "chosen": keys})
    roll = Roll.objects.get()
    other = asking.officer("bench-two")
    address = reverse("policies:roll-check", args=[roll.pk])
    came["pages"]["roll, agreed to"] = _posted(other, address, {"deed": "agree", "version": roll.version})
    came["awards"] = Award.objects.count()
    yield from asking.pages_of_rolls(run, Roll.objects.get(), client)


def _posted(client: Client, url: str, given: dict[str, Any]) -> tuple[float, float]:
    """Seconds of one form, by the wall clock and of the processor."""
    began, own = time.perf_counter(), time.process_time()
    answer = client.post(url, given)
    if answer.status_code != http.client.FOUND:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return time.perf_counter() - began, time.process_time() - own
