"""The course of a line: what was reported against the planned way, as a table that is drawn; adjusted figures as people write them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.urls import reverse
from django.utils.translation import override

from huanchuang.steering.models import Change, Report, Transition
from huanchuang.steering.queries.course import course_of
from huanchuang.steering.queries.path import share_planned
from huanchuang.steering.queries.typed import Standing, Waypoint
from huanchuang.steering.services.asking import Wanted, ask_change, decide_change
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.templatetags.course import course_finding, course_marks
from huanchuang.steering.templatetags.steering import changes_of

START, DUE, DAY = dt.date(2025, 1, 1), dt.date(2027, 1, 1), dt.date(2026, 6, 30)
LINE = Standing(
    state="in_progress", due=DUE, started=START, kind="count", unit="家", comparator=">=",
    value=Decimal(200), baseline=Decimal(100),
)  # fmt: skip
FIRST, SECOND = dt.date(2025, 7, 1), dt.date(2026, 1, 1)


def said(day: dt.date, figure: str | None, percent: int | None = None, pk: int = 1) -> Report:
    return Report(pk=pk, as_of=day, figure=None if figure is None else Decimal(figure), percent=percent)


TWO = [said(SECOND, "130"), said(FIRST, "120")]


def test_days_stand_in_order_with_what_was_planned_for_each():
    course = course_of(LINE, TWO, DAY)
    assert [(point.day, point.reached, point.marks) for point in course.points] == [
        (START, None, ("start",)), (FIRST, 120, ()), (SECOND, 130, ()), (DAY, None, ("today",)), (DUE, None, ("due",)),
    ]  # fmt: skip
    assert [point.planned for point in course.points] == [
        100 + 100 * share_planned(LINE, day) for day in (START, FIRST, SECOND, DAY, DUE)
    ]
    assert course.points[2].planned == 150


def test_the_way_goes_through_its_nodes():
    node = Waypoint(SECOND, "中期", value=Decimal(180))
    course = course_of(replace(LINE, nodes=(node,)), TWO, DAY)
    at_node = next(point for point in course.points if point.day == SECOND)
    assert (at_node.planned, course_marks(at_node)) == (180, "节点")


def test_the_last_word_of_a_day_counts():
    course = course_of(LINE, [said(SECOND, "140", pk=9), said(SECOND, "130", pk=3), said(FIRST, "120")], DAY)
    assert course.last.reached == 140


def test_a_line_without_a_figure_goes_by_percent():
    course = course_of(
        replace(LINE, value=None, unit="", baseline=None),
        [said(FIRST, None, 30), said(SECOND, None, 50)],
        DAY,
    )
    assert (course.unit, course.last.reached, course.last.planned) == ("%", 50, 50)
    assert course_finding(course) == "2026-01-01 达到 50%，与计划一致"


@pytest.mark.parametrize(
    ("change", "reports"),
    [
        ({}, []),
        ({}, [said(FIRST, "120")]),
        ({}, [said(FIRST, "120"), said(FIRST, "121", pk=2)]),
        ({}, [said(FIRST, None, 20), said(SECOND, None, 40)]),
        ({"started": None}, TWO),
        ({"due": None}, TWO),
        ({"comparator": "<="}, TWO),
        ({"lacks": "no_baseline"}, TWO),
    ],
)
def test_what_has_no_way_or_no_two_days_is_not_drawn(change, reports):
    assert course_of(replace(LINE, **change), reports, DAY) is None


def test_a_line_that_recurs_starts_anew_with_its_period():
    yearly = replace(LINE, recurring="yearly", due=None, baseline=None)
    assert course_of(yearly, TWO, DAY) is None
    course = course_of(
        yearly, [*TWO, said(dt.date(2026, 3, 31), "40"), said(dt.date(2026, 5, 31), "90")], DAY
    )
    assert course.points[0].day == SECOND
    assert course.last.planned == Fraction(200) * share_planned(
        replace(yearly, started=SECOND, due=dt.date(2026, 12, 31), recurring=""), dt.date(2026, 5, 31)
    )


def test_the_finding_says_how_far_ahead_or_behind():
    behind = course_of(LINE, TWO, DAY)
    assert course_finding(behind) == "2026-01-01 达到 130家，按计划当天应到150家，落后20家"
    ahead = course_of(LINE, [said(FIRST, "120"), said(SECOND, "160.5")], DAY)
    assert course_finding(ahead) == "2026-01-01 达到 160.5家，按计划当天应到150家，超前10.5家"
    with override("en"):
        assert "behind by 20家" in course_finding(behind)


def test_it_cuts_parts_of_whole_things_and_says_so():
    course = course_of(LINE, [said(FIRST, "110"), said(dt.date(2025, 8, 1), "111")], DAY)
    assert course.last.planned.denominator > 1
    assert course_finding(course) == "2025-08-01 达到 111家，按计划当天应到约129家，落后约18家"


@pytest.mark.django_db
def test_the_page_shows_table_and_finding_once_two_days_are_reported(client, cast, line):
    target = line("科技型企业")
    client.force_login(cast.officer)
    address = reverse("steering:target", args=[target.pk])
    report_progress(
        cast.officer, target, ProgressGiven(dt.date(2025, 12, 31), "上年", figure=Decimal(210)), "c1"
    )
    assert "data-chart" not in client.get(address).content.decode()
    report_progress(
        cast.officer, target, ProgressGiven(dt.date(2026, 5, 31), "今年", figure=Decimal(229)), "c2"
    )
    page = client.get(address).content.decode()
    assert 'data-chart="lines"' in page
    assert "2026-05-31 达到 229家" in page
    assert 'data-worth="229.000000"' in page
    assert ">229</td>" in page


@pytest.mark.django_db
def test_adjusted_figures_are_printed_as_people_write_them(client, cast, line, second_officer):
    target = line("科技型企业")
    asked = ask_change(
        cast.officer, target, "c1", Wanted(Change.Wish.ADJUST, "县里要求", None, Decimal("730.5"))
    )
    decide_change(second_officer, asked, asked.version, True, "")
    step = Transition.objects.get(verb="adjust")
    assert changes_of(step, "家") == "目标值 600家 → 730.5家"
    client.force_login(cast.officer)
    page = client.get(reverse("steering:target", args=[target.pk])).content.decode()
    assert "目标值 600家 → 730.5家" in page
    assert ".000000 →" not in page


def test_an_adjusted_day_has_no_unit():
    step = Transition(
        before={"due_on": None, "value": None}, after={"due_on": "2027-03-31", "value": "20.000000"}
    )
    assert changes_of(step, "个") == "时限 — → 2027-03-31；目标值 — → 20个"


def test_a_template_finds_the_words_of_a_course():
    drawn = (
        engines["django"]
        .from_string("{% load course %}{{ value|brief_share }}")
        .render({"value": Fraction(2, 3)})
    )
    assert drawn == "0.66"
