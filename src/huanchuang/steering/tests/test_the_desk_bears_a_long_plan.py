"""A plan of thousands of lines: the text comes a window at a time, the lines a page at a time, and nothing is left out."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huanchuang.orm.statistics import refresh_statistics
from huanchuang.steering.models import Target
from huanchuang.steering.queries.document import WINDOW, marked_text, window_at
from huanchuang.steering.services.plan import upload_plan

CLAUSES = 600


@pytest.fixture
def long_plan(cast, units):
    body = "".join(
        f"{n}.推进第{n}项建设。2026年底前，新增机构{n}家，服务企业{n + 3}家次。（清溪区科技局牵头，清溪大学配合）\n"
        for n in range(1, CLAUSES + 1)
    )
    text = f"清溪区重点任务方案\n一、重点任务\n{body}清溪区人民政府\n2026年3月18日\n"
    plan = upload_plan(cast.officer, text.encode(), "长.txt", inline=True)
    refresh_statistics()  # as the database does by itself once such a plan is committed
    return plan


def test_the_windows_of_a_text_are_the_text(long_plan):
    text = long_plan.text
    first = window_at(text, 0)
    assert first.count > 2
    windows = [window_at(text, start) for start in first.starts]
    assert "".join(text[window.start : window.end] for window in windows) == text
    assert all(window.end - window.start < WINDOW * 2 for window in windows)
    shown = [
        "".join(piece.text for piece in paragraph.pieces)
        for window in windows
        for paragraph in marked_text(long_plan, window, everything=True)
    ]
    assert shown == [line for line in text.split("\n") if line.strip()]


def test_every_line_is_marked_in_the_window_that_holds_it(long_plan):
    text = long_plan.text
    marked = {
        piece.target
        for start in window_at(text, 0).starts
        for paragraph in marked_text(long_plan, window_at(text, start), everything=True)
        for piece in paragraph.pieces
        if piece.target
    }
    assert marked == set(long_plan.targets.exclude(kind="task").values_list("pk", flat=True))


def test_the_desk_asks_as_little_for_a_long_plan_and_shows_a_page(client, cast, long_plan):
    client.force_login(cast.officer)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("steering:review", args=[long_plan.pk]))
    assert len(asked) < 30
    assert len(page.context["desk"].lines) == 40
    assert page.context["desk"].total == long_plan.targets.count() == CLAUSES * 3
    assert len(page.content) < 300_000


def test_the_pages_of_the_desk_hold_every_line_once(client, cast, long_plan):
    client.force_login(cast.officer)
    seen: list[int] = []
    for number in range(1, CLAUSES * 3 // 40 + 1):
        page = client.get(reverse("steering:review", args=[long_plan.pk]), {"page": number})
        seen += [line.target.pk for line in page.context["desk"].lines]
    assert sorted(seen) == sorted(long_plan.targets.values_list("pk", flat=True))


def test_a_line_leads_to_the_window_that_holds_it(client, cast, long_plan):
    client.force_login(cast.officer)
    last = long_plan.targets.exclude(kind="task").order_by("-start").first()
    for page in ("review", "plan"):
        found = client.get(reverse(f"steering:{page}", args=[long_plan.pk]), {"t": last.pk})
        assert f'id="t{last.pk}"' in found.content.decode()
    asked = client.get(
        reverse("steering:desk_text", args=[long_plan.pk]), {"t": last.pk}, headers={"HX-Request": "true"}
    )
    assert f'id="t{last.pk}"' in asked.content.decode()
    plain = client.get(reverse("steering:desk_text", args=[long_plan.pk]), {"t": last.pk})
    assert plain.url == f"{reverse('steering:review', args=[long_plan.pk])}?t={last.pk}"


def test_turning_the_text_keeps_the_page_of_lines(client, cast, long_plan):
    client.force_login(cast.officer)
    page = client.get(reverse("steering:review", args=[long_plan.pk]), {"page": 3, "show": "left"})
    assert 'href="?page=3&amp;show=left&amp;at=' in page.content.decode()


def test_a_decision_leads_back_to_the_same_page(client, cast, long_plan):
    client.force_login(cast.officer)
    one = Target.objects.filter(plan=long_plan).first()
    sent = {"deed": f"accept:{one.pk}", "back_show": "left", "back_page": "3"}
    answer = client.post(reverse("steering:decide", args=[long_plan.pk]), sent)
    assert answer.url == f"{reverse('steering:review', args=[long_plan.pk])}?show=left&page=3"
