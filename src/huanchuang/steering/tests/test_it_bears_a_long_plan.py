"""A plan of hundreds of lines: as many questions to the database as for a short one, and short pages."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huanchuang.steering.models import State, Target
from huanchuang.steering.queries.due import due_lists, urgent
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.inheritance import SENTENCE_END, sentence
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.steering.queries.sheet import sheet_rows

DAY = dt.date(2026, 6, 30)
LATE = dt.date(2026, 6, 1)


@pytest.fixture
def long_plan(plan):
    """The plan in force with 120 more lines that are late."""
    pattern = plan.targets.exclude(kind="task").first()
    Target.objects.bulk_create(
        Target(
            plan=plan, item=pattern.item, code=f"more-{n}", position=1000 + n, kind=pattern.kind, name=f"第{n}项",
            quote=pattern.quote, start=pattern.start, end=pattern.end, review="accepted", due_on=LATE, state=State.IN_PROGRESS,
        )
        for n in range(120)
    )  # fmt: skip
    return plan


def test_a_sheet_holds_the_text_of_each_plan_once(long_plan, cast):
    with CaptureQueriesContext(connection) as asked:
        rows = all_rows(cast.officer, Filters(), DAY)
        assert len(sheet_rows(rows)) == len(rows) > 120
    texts = [query["sql"] for query in asked if '"steering_plan"."text"' in query["sql"]]
    assert len(texts) == 1
    assert len({id(row.target.plan) for row in rows}) == 1


def test_the_list_of_what_is_late_shows_the_most_urgent_and_leads_to_the_rest(long_plan, cast, client):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:due"))
    late = page.context["lists"].late
    assert len(late) >= 120
    assert page.content.decode().count("<li data-row") <= 150
    assert f"查看全部 {len(late)} 条" in page.content.decode()


def test_the_home_page_counts_what_is_urgent_without_fetching_it(long_plan, cast, client):
    client.force_login(cast.officer)
    with CaptureQueriesContext(connection) as asked:
        home = client.get("/").context["home"]
    assert len(home.urgent) == 8
    assert home.more == len(urgent(cast.officer, DAY)) - 8 >= 112
    assert len(asked) < 40


def test_what_is_urgent_begins_with_what_is_red(long_plan, cast):
    rows = list(urgent(cast.officer, DAY))
    colours = [row.light.colour == "red" for row in rows]
    assert colours == sorted(colours, reverse=True)
    assert {row.target.pk for row in due_lists(cast.officer, DAY).late} <= {row.target.pk for row in rows}


@pytest.mark.parametrize("text", ["甲。乙！丙", "没有句号", "一行\n 二行。三行", "。。", "甲？"])
def test_a_sentence_begins_after_the_nearest_end_before_it(text):
    for start in range(len(text)):
        ends = [match.end() for match in SENTENCE_END.finditer(text, 0, start)]
        expected = ends[-1] if ends else 0
        while expected < start and text[expected].isspace():
            expected += 1
        assert sentence(text, start, start + 1)[0] == expected


def test_the_whole_ledger_goes_out_as_one_sheet(long_plan, cast, client):
    client.force_login(cast.leader)
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(client.get(reverse("steering:export")).content)).active
    shown = client.get(reverse("steering:ledger")).context["ledger"].count
    assert sheet.max_row - 3 == shown
