"""Forged, repeated and ill-timed calls: nothing is shown too early, nothing done that was not asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.steering.models import Report, Review, State, Transition
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.steering.services.closing import request_close, return_for_more, verify
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.review import decide
from huanchuang.steering.services.slips import send_slips

DAY = dt.date(2026, 6, 30)
GIVEN = ProgressGiven(as_of=DAY, text="已完成选址")


def test_a_line_accepted_under_review_is_in_nobody_elses_ledger_yet(read, cast, client):
    decide(cast.officer, read, list(read.targets.values_list("pk", flat=True)), Review.ACCEPTED)
    assert all_rows(cast.leader, Filters(), DAY) == []
    client.force_login(cast.leader)
    some = read.targets.first()
    assert client.get(reverse("steering:target", args=[some.pk])).status_code == 404
    assert client.get(f"/api/v1/steering/targets/{some.pk}").status_code == 404


def test_nobody_reports_on_a_line_that_is_not_in_force(read, cast, client):
    decide(cast.officer, read, list(read.targets.values_list("pk", flat=True)), Review.ACCEPTED)
    some = read.targets.filter(responsibilities__organisation__isnull=False).first()
    client.force_login(cast.reporter)
    values = {"token": "t1", "as_of": "2026-06-30", "text": "抢先填报"}
    assert client.post(reverse("steering:report", args=[some.pk]), values).status_code == 404
    assert not Report.objects.exists()


def test_nobody_is_urged_about_a_plan_under_review(read, cast):
    decide(cast.officer, read, list(read.targets.values_list("pk", flat=True)), Review.ACCEPTED)
    assert send_slips(DAY) == 0
    assert not Notice.objects.exists()


def test_a_token_of_one_line_does_nothing_to_another(plan, cast, line):
    first, other = line("技术合同"), line("办法")
    report_progress(cast.officer, first, GIVEN, "same-token")
    with pytest.raises(ProblemError):
        report_progress(cast.officer, other, GIVEN, "same-token")
    assert Report.objects.get().target == first


def test_going_back_to_an_old_page_and_pressing_another_button_is_not_taken_for_the_first(
    plan, cast, line, second_officer
):
    target = line("办法")
    report_progress(cast.officer, target, GIVEN, "r", [("佐证.txt", "合同已签".encode())])
    target.refresh_from_db()
    request_close(cast.officer, target, "c", target.version)
    target.refresh_from_db()
    version = target.version
    return_for_more(second_officer, target, "page", version, "缺盖章页")
    with pytest.raises(ProblemError):
        verify(second_officer, target, "page", version)
    target.refresh_from_db()
    assert target.state == State.IN_PROGRESS
    assert Transition.objects.filter(token="page").count() == 1


def test_numbers_too_long_for_any_line_choose_nothing(read, cast, client):
    client.force_login(cast.officer)
    page = reverse("steering:decide", args=[read.pk])
    assert client.post(page, {"deed": "accept", "chosen": ["9" * 5000, "9" * 30]}).status_code == 302
    assert not read.targets.filter(review=Review.ACCEPTED).exists()
