"""Growth by its baseline, coverage by its list, benchmark by its reference, and the way by its nodes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError, WorkCalendar
from huanchuang.steering.models import Target
from huanchuang.steering.queries.light import Colour, light
from huanchuang.steering.queries.path import share_planned
from huanchuang.steering.queries.standing import light_of
from huanchuang.steering.queries.typed import Known, Standing, Waypoint, growth
from huanchuang.steering.services.measure import (
    NodeGiven,
    cover,
    drop_member,
    drop_node,
    finish_node,
    list_members,
    record_basis,
    set_node,
)
from huanchuang.steering.services.progress import ProgressGiven, report_progress

CALENDAR = WorkCalendar({}, frozenset())
START, DUE, DAY = dt.date(2025, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 6, 30)
GROWTH = Standing(
    state="in_progress", due=DUE, started=START, kind="growth", unit="%", comparator="growth",
    value=Decimal(30), reached=Decimal(31), percent=100, reported_on=DAY,
)  # fmt: skip
COVERAGE = Standing(
    state="in_progress", due=DUE, started=START, kind="coverage", unit="%", value=Decimal(100)
)
BENCHMARK = Standing(
    state="in_progress", due=DUE, started=START, kind="benchmark", reached=Decimal("3.1"), reported_on=DAY
)


def seen(standing: Standing, day: dt.date = DAY) -> tuple[str, str]:
    lamp = light(standing, day, CALENDAR)
    return lamp.colour.value, lamp.reason


def test_a_growth_without_its_baseline_is_unknown_whatever_was_reported():
    assert seen(GROWTH) == ("grey", "no_baseline")
    assert seen(replace(GROWTH, bases=(Known(dt.date(2025, 12, 31), Decimal(10)),))) == ("green", "reached")


def test_a_growth_that_recurs_needs_the_baseline_of_the_period_before():
    yearly = replace(GROWTH, recurring="yearly", due=None)
    assert seen(replace(yearly, bases=(Known(dt.date(2024, 12, 31), Decimal(10)),)))[1] == "no_baseline"
    assert seen(replace(yearly, bases=(Known(dt.date(2025, 12, 31), Decimal(10)),)))[1] == "reached"


def test_a_coverage_without_its_list_is_unknown_and_with_it_counts_members():
    assert seen(COVERAGE) == ("grey", "no_list")
    assert seen(replace(COVERAGE, listed=3, covered=3)) == ("green", "reached")
    assert seen(replace(COVERAGE, listed=3, covered=1))[1] == "far_behind"


def test_most_of_a_list_is_rounded_up_to_whole_members():
    four_fifths = replace(COVERAGE, value=Decimal(80), listed=7)
    assert seen(replace(four_fifths, covered=5))[1] != "reached"
    assert seen(replace(four_fifths, covered=6))[1] == "reached"


def test_a_benchmark_moves_with_its_reference():
    assert seen(BENCHMARK) == ("grey", "no_reference")
    low, high = Known(dt.date(2025, 12, 31), Decimal(3)), Known(dt.date(2026, 6, 1), Decimal(4))
    assert seen(replace(BENCHMARK, bases=(low,)))[1] == "reached"
    assert seen(replace(BENCHMARK, bases=(high, low)))[1] != "reached"
    old = Known(dt.date(2024, 12, 31), Decimal(3))
    assert seen(replace(BENCHMARK, bases=(old,))) == ("grey", "old_reference")


def test_growth_is_counted_in_the_unit_of_the_target():
    assert growth(Decimal("4.32"), Decimal("3.68"), "%") == Decimal("17.391304")
    assert growth(Decimal("3.1"), Decimal("2.8"), "个百分点") == Decimal("0.3")
    assert growth(Decimal(5), Decimal(0), "%") is None


def test_the_way_leads_through_the_nodes():
    line = Standing(state="in_progress", due=DUE, started=START, value=Decimal(100), comparator=">=")
    late = replace(line, nodes=(Waypoint(dt.date(2026, 10, 1), value=Decimal(10)),))
    assert share_planned(line, DAY) > Fraction(1, 2)
    assert share_planned(late, DAY) < Fraction(1, 10)
    assert seen(replace(late, reached=Decimal(9), reported_on=DAY))[1] == "on_time"
    assert seen(replace(line, reached=Decimal(9), reported_on=DAY))[1] == "far_behind"


def test_a_node_of_words_that_is_not_done_turns_amber_after_its_grace():
    line = Standing(
        state="in_progress", due=DUE, started=START, nodes=(Waypoint(dt.date(2026, 6, 12), "设备到货"),)
    )
    assert seen(line, dt.date(2026, 6, 15)) == ("grey", "not_reported")
    assert seen(line, dt.date(2026, 6, 30)) == ("amber", "node_missed")
    done = replace(line, nodes=(replace(line.nodes[0], done=True),))
    assert seen(done) == ("grey", "not_reported")


waypoints = st.lists(
    st.builds(
        Waypoint,
        day=st.dates(dt.date(2025, 1, 2), dt.date(2026, 12, 30)),
        text=st.just("x"),
        value=st.none() | st.decimals(0, 200, places=1),
        percent=st.none() | st.integers(0, 100),
        done=st.booleans(),
    ),
    max_size=6,
)  # fmt: skip
KINDS = st.sampled_from(["count", "growth", "coverage", "benchmark", "task"])
known = st.lists(
    st.builds(Known, as_of=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 1)), value=st.decimals(1, 90, places=1)),
    max_size=3,
)  # fmt: skip
standings = st.builds(
    Standing,
    state=st.sampled_from(["not_started", "in_progress", "to_verify"]),
    due=st.just(DUE),
    started=st.just(START),
    kind=KINDS,
    unit=st.sampled_from(["%", "家", ""]),
    percent=st.none() | st.integers(0, 100),
    reported_on=st.just(DAY),
    value=st.none() | st.decimals(1, 100, places=1),
    comparator=st.sampled_from([">=", ">", "growth", ""]),
    reached=st.none() | st.decimals(0, 120, places=1),
    bases=known.map(lambda found: sorted(found, key=lambda one: one.as_of, reverse=True)),
    listed=st.none() | st.integers(1, 40),
    covered=st.integers(0, 40),
    nodes=waypoints,
)


@given(standings, st.dates(START, DUE), st.integers(0, 700))
def test_what_is_planned_never_falls_and_lies_between_nothing_and_all(standing, day, later):
    first, then = (share_planned(standing, day + dt.timedelta(days=more)) for more in (0, later))
    assert 0 <= first <= then <= 1


WORSE = {Colour.GREEN: 0, Colour.GREY: 0, Colour.AMBER: 1, Colour.RED: 2}


@given(
    standings.filter(lambda one: one.kind not in {"growth", "benchmark"}),
    st.dates(START, DUE),
    st.integers(0, 700),
)
def test_time_alone_never_improves_a_light_with_nodes(standing, day, later):
    first = light(standing, day, CALENDAR)
    then = light(standing, day + dt.timedelta(days=later), CALENDAR)
    assert WORSE[then.colour] >= WORSE[first.colour]


@pytest.fixture
def grows(line) -> Target:
    return line("技术合同成交额")


def test_the_baseline_turns_an_amount_into_a_growth(grows, cast):
    record_basis(cast.officer, grows, dt.date(2025, 12, 31), Decimal(10), "亿元", "登记台账")
    report_progress(cast.reporter, grows, ProgressGiven(DAY, "进展", amount=Decimal("13.5")), "r1")
    grows.refresh_from_db()
    assert (grows.reached, grows.reports.get().amount) == (Decimal(35), Decimal("13.5"))
    assert light_of(grows, DAY).reason == "reached"


def test_an_amount_without_a_baseline_is_refused_with_the_way_out(grows, cast):
    with pytest.raises(ProblemError, match="基数"):
        report_progress(cast.officer, grows, ProgressGiven(DAY, "进展", amount=Decimal("13.5")), "r1")


def test_a_baseline_needs_a_source_and_the_bureau(grows, cast):
    for who, value, source in [(cast.reporter, 1, "台账"), (cast.officer, 1, " "), (cast.officer, 0, "台账")]:
        with pytest.raises(ProblemError):
            record_basis(who, grows, DAY, Decimal(value), "亿元", source)


@pytest.fixture
def covers(line) -> Target:
    target = line("加强督查")
    Target.objects.filter(pk=target.pk).update(kind="coverage", recurring="", due_on=DUE)
    target.refresh_from_db()
    return target


def test_a_list_is_kept_by_the_bureau_and_covered_by_units(covers, cast):
    assert list_members(cast.officer, covers, ["甲厂", "乙厂", " 甲厂 ", "丙厂", ""]) == 3
    assert list_members(cast.officer, covers, ["甲厂"]) == 0
    keys = list(covers.members.values_list("pk", flat=True))
    cover(cast.officer, covers, keys[:2], DAY)
    covers.refresh_from_db()
    assert (covers.reached, covers.state) == (Decimal("66.666667"), "in_progress")
    with pytest.raises(ProblemError, match="原因"):
        drop_member(cast.officer, covers, keys[2], "")
    drop_member(cast.officer, covers, keys[2], "已注销")
    covers.refresh_from_db()
    assert light_of(covers, DAY).reason == "reached"
    with pytest.raises(ProblemError):
        list_members(cast.reporter, covers, ["丁厂"])
    with pytest.raises(ProblemError):
        cover(cast.reporter, covers, keys[:1], DAY)


def test_nodes_are_set_by_the_bureau_and_words_are_reported_done_by_the_unit(grows, cast):
    set_node(cast.officer, grows, NodeGiven(dt.date(2026, 6, 12), "签约"))
    with pytest.raises(ProblemError):
        set_node(cast.reporter, grows, NodeGiven(dt.date(2026, 9, 30), "签约"))
    with pytest.raises(ProblemError, match="时限"):
        set_node(cast.officer, grows, NodeGiven(dt.date(2027, 6, 12), "签约"))
    with pytest.raises(ProblemError, match="没有写"):
        set_node(cast.officer, grows, NodeGiven(dt.date(2026, 9, 30)))
    node = set_node(cast.officer, grows, NodeGiven(dt.date(2026, 6, 12), "签约并备案"))
    assert grows.nodes.count() == 1
    finish_node(cast.reporter, grows, node.pk, DAY)
    node.refresh_from_db()
    assert (node.text, node.done_on) == ("签约并备案", DAY)
    figure = set_node(cast.officer, grows, NodeGiven(dt.date(2026, 9, 30), "", Decimal(20)))
    with pytest.raises(ProblemError, match="节点值"):
        finish_node(cast.reporter, grows, figure.pk, DAY)
    drop_node(cast.officer, grows, figure.due_on)
    assert grows.nodes.count() == 1


def test_the_pages_ask_for_what_a_line_lacks(client, cast, grows, covers):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:target", args=[grows.pk])).content.decode()
    assert "登记基数" in page
    values = {"as_of": "2025-12-31", "value": "10", "unit": "亿元", "source": "登记台账"}
    assert client.post(reverse("steering:basis", args=[grows.pk]), values).status_code == 302
    assert "amount" in client.get(reverse("steering:report", args=[grows.pk])).context["form"].fields
    address = reverse("steering:members", args=[covers.pk])
    client.post(address, {"deed": "add", "names": "甲厂\n乙厂"})
    client.post(address, {"deed": "cover", "chosen": [covers.members.first().pk], "on": "2026-06-01"})
    assert "已覆盖 1 家" in client.get(address).content.decode()
    client.post(reverse("steering:node", args=[grows.pk]), {"due_on": "2026-09-30", "text": "签约"})
    assert grows.nodes.get().text == "签约"
    client.post(reverse("steering:finish_node", args=[grows.pk]), {"node": grows.nodes.get().pk})
    assert grows.nodes.get().done_on == DAY
    client.post(reverse("steering:node", args=[grows.pk]), {"drop": "2026-09-30"})
    assert not grows.nodes.exists()


def test_nobody_covers_what_is_not_theirs(client, cast, covers):
    client.force_login(cast.reporter)
    answer = client.post(reverse("steering:members", args=[covers.pk]), {"deed": "cover"})
    assert answer.status_code == 403
