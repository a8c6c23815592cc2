"""The pages of what the jobs came to: asked for by an officer through the test client, middleware included."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.policies.models import Forecast, Push, Roll, Run

TIMES = 3
"""Each page is asked for so often."""
LIKELY = "national.high-tech-enterprise"
"""A policy of which many are eligible, many are near and many cannot be told: its lists are looked at, its figures changed."""


def officer(name: str = "bench-one") -> Client:
    """Somebody of the office at a screen."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def seconds(client: Client, url: str) -> tuple[float, float]:
    """The median of `TIMES`, by the wall clock and of the processor. A page that does not answer 200 ends the run."""
    found = []
    for _time in range(TIMES):
        began, own = time.perf_counter(), time.process_time()
        answer = client.get(url)
        if answer.status_code != http.client.OK:
            raise SystemExit(f"{url} answered {answer.status_code}")
        _whole = answer.getvalue()
        found.append((time.perf_counter() - began, time.process_time() - own))
    return statistics.median(wall for wall, _own in found), statistics.median(own for _wall, own in found)


def shown(client: Client, url: str) -> Any:
    """What a page was made of. Only here the templates are watched: it costs time."""
    setup_test_environment()
    try:
        return client.get(url).context
    finally:
        teardown_test_environment()


def paged(url: str, client: Client) -> Iterator[tuple[str, str]]:
    """A list at its first page and at the one in its middle."""
    sign = "&" if "?" in url else "?"
    yield "first page", url
    last = shown(client, url)["page"].paginator.num_pages
    yield "middle page", f"{url}{sign}page={max(1, last // 2)}"


def pages_of_run(run: Run, client: Client, policy: str) -> Iterator[tuple[str, str]]:
    """What is read of a run."""

    def of(name: str, *words: str) -> str:
        return reverse(f"policies:{name}", args=[run.pk, *words])

    yield "run", of("run")
    for result in ("yes", "unknown", "near", "few"):
        for which, url in paged(f"{of('run-policy', policy)}?result={result}", client):
            yield f"one policy, {result}, {which}", url
    yield "one policy, no, xlsx", f"{of('run-export', policy, 'xlsx')}?result=no"
    yield "one policy, unknown, csv", f"{of('run-export', policy, 'csv')}?result=unknown"
    yield "blind spots", of("blind-spots")
    for which, url in paged(of("run-group"), client):
        yield f"a group, {which}", url
    for which, url in paged(f"{of('run-together')}?which=all", client):
        yield f"best combination, {which}", url
    yield "best combination, xlsx", f"{of('run-together-export', 'xlsx')}?which=all"
    yield "overlaps", of("run-overlaps")
    pair = shown(client, of("run-overlaps"))["rows"][0]["pair"]
    for which, url in paged(of("run-overlap", pair.one.id, pair.other.id), client):
        yield f"a pair of policies, {which}", url
    yield "figures to collect", of("quality")
    line = shown(client, of("quality"))["lines"][0]
    for which, url in paged(of("quality-without", line.need.name), client):
        yield f"who lacks a figure, {which}", url


def pages_of_forecast(one: Forecast, client: Client) -> Iterator[tuple[str, str]]:
    """What is read of a forecast."""
    yield "forecast", reverse("policies:forecast", args=[one.pk])
    for which, url in paged(reverse("policies:forecast-moved", args=[one.pk]), client):
        yield f"who gains and loses, {which}", url
    address = reverse("policies:forecast-export", args=[one.pk, "xlsx"])
    yield "who gains and loses, xlsx", address
    yield "groups, xlsx", f"{address}?part=groups"


def pages_of_push(one: Push, client: Client) -> Iterator[tuple[str, str]]:
    """What is read of a push."""
    for which, url in paged(reverse("policies:push", args=[one.pk]), client):
        yield f"push, {which}", url


def pages_of_rolls(run: Run, one: Roll, client: Client) -> Iterator[tuple[str, str]]:
    """What is read of a confirmation list."""
    yield "candidates", reverse("policies:roll-propose", args=[run.pk, one.policy])
    yield "rolls", reverse("policies:rolls")
    for which, url in paged(reverse("policies:roll", args=[one.pk]), client):
        yield f"roll, {which}", url


def times(client: Client, pages: Iterator[tuple[str, str]]) -> Mapping[str, tuple[float, float]]:
    """The seconds of each."""
    return {name: seconds(client, url) for name, url in pages}
