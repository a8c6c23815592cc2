"""The light: examples of each colour, and properties over all standings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.steering.queries.light import Colour, light, plain
from huanchuang.steering.queries.path import fulfils
from huanchuang.steering.queries.typed import Standing
from huanchuang.steering.queries.words import REASONS, goal, reason

CALENDAR = WorkCalendar({}, frozenset())
START, DUE = dt.date(2025, 1, 1), dt.date(2026, 12, 31)
DAY = dt.date(2026, 6, 30)
OPEN = Standing(state="in_progress", due=DUE, started=START)
WORSE = {Colour.GREEN: 0, Colour.GREY: 0, Colour.AMBER: 1, Colour.RED: 2}


@pytest.mark.parametrize(
    ("standing", "day", "colour", "why"),
    [
        (OPEN, DAY, Colour.GREY, "not_reported"),
        (replace(OPEN, due=None), DAY, Colour.GREY, "no_deadline"),
        (replace(OPEN, percent=75), DAY, Colour.GREEN, "on_time"),
        (replace(OPEN, percent=60), DAY, Colour.AMBER, "behind"),
        (replace(OPEN, percent=20), DAY, Colour.RED, "far_behind"),
        (OPEN, dt.date(2026, 12, 10), Colour.AMBER, "near"),
        (OPEN, DUE, Colour.AMBER, "due_today"),
        (OPEN, dt.date(2027, 1, 1), Colour.RED, "late"),
        (replace(OPEN, percent=100), dt.date(2027, 1, 1), Colour.AMBER, "late_to_close"),
        (replace(OPEN, state="to_verify"), dt.date(2027, 1, 1), Colour.AMBER, "late_to_verify"),
        (replace(OPEN, state="to_verify"), DAY, Colour.GREEN, "to_verify"),
        (replace(OPEN, state="closed"), dt.date(2030, 1, 1), Colour.GREEN, "closed"),
        (replace(OPEN, state="ended"), DAY, Colour.GREY, "ended"),
        (
            replace(OPEN, value=Decimal(180), comparator=">=", reached=Decimal(180)),
            DAY,
            Colour.GREEN,
            "reached",
        ),
        (
            replace(OPEN, value=Decimal(180), comparator=">", reached=Decimal(180)),
            dt.date(2027, 1, 1),
            Colour.RED,
            "late",
        ),
        (
            replace(OPEN, value=Decimal(200), baseline=Decimal(100), reached=Decimal(110)),
            DAY,
            Colour.RED,
            "far_behind",
        ),
    ],
)
def test_each_colour_has_its_reason(standing, day, colour, why):
    lamp = light(standing, day, CALENDAR)
    assert (lamp.colour, lamp.reason) == (colour, why)
    assert reason(lamp)
    assert lamp.trace.children


def test_zero_percent_is_known_and_none_is_not():
    assert light(replace(OPEN, percent=0), DAY, CALENDAR).colour == Colour.RED
    assert light(replace(OPEN, percent=None), DAY, CALENDAR).colour == Colour.GREY


def test_a_recurring_line_counts_only_what_belongs_to_the_period():
    yearly = Standing(
        state="in_progress",
        due=None,
        recurring="yearly",
        value=Decimal(20),
        reached=Decimal(20),
        comparator=">=",
    )
    assert light(replace(yearly, reported_on=dt.date(2026, 3, 1)), DAY, CALENDAR).colour == Colour.GREEN
    assert light(replace(yearly, reported_on=dt.date(2025, 12, 1)), DAY, CALENDAR).colour == Colour.GREY


def test_holidays_bring_the_amber_forward():
    holiday = {dt.date(2026, 12, day): False for day in range(1, 8)}
    day = dt.date(2026, 11, 25)
    assert light(OPEN, day, CALENDAR).reason == "not_reported"
    assert light(OPEN, day, WorkCalendar(holiday, frozenset({2026}))).reason == "not_reported"
    assert light(OPEN, dt.date(2026, 11, 30), WorkCalendar(holiday, frozenset({2026}))).reason == "near"


numbers = st.none() | st.decimals(0, 500, places=2)
standings = st.builds(
    Standing,
    state=st.sampled_from(["not_started", "in_progress", "to_verify", "closed"]),
    due=st.none() | st.dates(dt.date(2025, 6, 1), dt.date(2027, 12, 31)),
    started=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2025, 5, 1)),
    percent=st.none() | st.integers(0, 100),
    value=numbers,
    comparator=st.sampled_from([">=", ">", "<=", "<", "=", "growth", ""]),
    reached=numbers,
    baseline=numbers,
)
days = st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1))


@given(standings, days, st.integers(0, 900))
def test_time_alone_never_improves_a_light(standing, day, later):
    first = light(standing, day, CALENDAR)
    then = light(standing, day + dt.timedelta(days=later), CALENDAR)
    assert WORSE[then.colour] >= WORSE[first.colour]
    if first.colour == Colour.RED:
        assert then.colour == Colour.RED


@given(standings, days)
def test_every_light_says_why(standing, day):
    lamp = light(standing, day, CALENDAR)
    assert lamp.reason in REASONS
    assert "{" not in reason(lamp)


@given(standings.filter(lambda s: s.percent is not None and s.value is None), days, st.integers(0, 100))
def test_more_progress_never_worsens_a_light(standing, day, more):
    better = replace(standing, percent=min(100, standing.percent + more))
    assert WORSE[light(better, day, CALENDAR).colour] <= WORSE[light(standing, day, CALENDAR).colour]


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 6, 1)), st.integers(0, 400))
def test_a_red_recurring_line_never_turns_green_by_itself(day, later):
    monthly = Standing(state="in_progress", due=None, recurring="monthly", percent=10, reported_on=day)
    if light(monthly, day, CALENDAR).colour == Colour.RED:
        assert light(monthly, day + dt.timedelta(days=later), CALENDAR).colour != Colour.GREEN


def test_figures_are_compared_as_they_are_worded():
    assert fulfils(Decimal(30), ">=", Decimal(30)) is True
    assert fulfils(Decimal(30), ">", Decimal(30)) is False
    assert fulfils(Decimal(5), "<=", Decimal(6)) is True
    assert fulfils(None, ">=", Decimal(6)) is None


def test_figures_are_written_as_people_write_them():
    assert plain(Decimal("30.000000")) == "30"
    assert plain(Decimal("1500")) == "1500"
    assert goal(Decimal("3.20"), None, ">=", "%") == "≥ 3.2%"
    assert goal(Decimal(10), Decimal(20), "range", "个") == "10～20个"
    assert goal(None, None, ">=", "个") == ""
