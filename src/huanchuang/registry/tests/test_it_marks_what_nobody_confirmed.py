"""A record that nobody confirmed within the agreed time is stale, a need past its day has expired: in lists, records, API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.standing import in_force, is_expired, is_stale, stale_since, statuses_of
from huanchuang.registry.services import retire
from huanchuang.registry.tests.scenes import entry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 30)
LONG_AGO = dt.date(2025, 1, 1)


def need(firm, **values):
    return entry("need", owner=firm, **{"title": "减重板材", "kind": "technology", **values})


@pytest.mark.parametrize(
    ("days", "stale"), [(180, False), (181, True)]
)  # a need is to be confirmed within 180 days
def test_it_counts_the_agreed_days(firm, days, stale):
    found = need(firm, confirmed_on=TODAY - dt.timedelta(days=days))
    assert is_stale(found) is stale
    assert (stale_since(found) <= TODAY) is stale


def test_papers_never_become_stale(firm):
    paper = entry("document", title="实施方案", kind="plan", confirmed_on=dt.date(2001, 1, 1))
    assert not is_stale(paper)
    assert "stale" not in statuses_of(KINDS["document"])


@pytest.mark.parametrize(
    ("until", "expired"), [(TODAY, False), (TODAY - dt.timedelta(days=1), True), (None, False)]
)
def test_its_last_day_still_counts(firm, until, expired):
    assert is_expired(need(firm, valid_until=until)) is expired


def test_what_can_be_relied_on_leaves_them_out(firm):
    good = need(firm, title="甲", valid_until=TODAY)
    need(firm, title="乙", confirmed_on=LONG_AGO)
    need(firm, title="丙", valid_until=dt.date(2026, 6, 1))
    gone = need(firm, title="丁")
    retire(SYSTEM, gone, gone.version, "已解决")
    assert [one.title for one in in_force(KINDS["need"], TODAY)] == ["甲"]
    assert [one.title for one in in_force(KINDS["need"], dt.date(2026, 5, 31)).order_by("title")] == [
        "丁",
        "丙",
        "甲",
    ]
    assert list(in_force(KINDS["need"], TODAY, among=KINDS["need"].model.objects.exclude(pk=good.pk))) == []


def test_the_list_narrows_to_them_and_marks_them(client, people, firm):
    need(firm, title="久未核实的", confirmed_on=LONG_AGO)
    need(firm, title="过期的", valid_until=dt.date(2026, 6, 1))
    need(firm, title="好的")
    client.force_login(people.officer)
    names = {}
    for state in ("stale", "expired", "in-force"):
        page = client.get(reverse("registry:needs"), {"status": state})
        names[state] = {row.title for row, _ in page.context["rows"]}
    assert names == {
        "stale": {"久未核实的"},
        "expired": {"过期的"},
        "in-force": {"久未核实的", "过期的", "好的"},
    }
    body = strip_tags(page.content.decode().split("<tbody", 1)[1])
    assert body.count("久未核实") == 2  # its title and its mark
    assert body.count("已过期") == 1


def test_the_record_says_so_until_it_is_confirmed_with_one_press(client, people, firm):
    found = need(firm, confirmed_on=LONG_AGO)
    client.force_login(people.clerk)
    assert "久未核实" in client.get(found.get_absolute_url()).content.decode()
    client.post(reverse("registry:need-confirm", kwargs={"pk": found.pk}), {"version": found.version})
    assert "久未核实" not in client.get(found.get_absolute_url()).content.decode()


def test_the_api_says_so(client, people, firm):
    need(firm, confirmed_on=LONG_AGO, valid_until=dt.date(2026, 6, 1))
    client.force_login(people.officer)
    [row] = client.get("/api/v1/registry/needs", {"status": "stale"}).json()["entries"]
    assert (row["stale"], row["expired"]) == (True, True)
    assert client.get("/api/v1/registry/needs", {"status": "retired"}).json()["count"] == 0
