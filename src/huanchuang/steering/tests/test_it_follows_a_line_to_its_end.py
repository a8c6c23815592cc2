"""Report, evidence, request, return, verify, adjust, end, reopen; twice at once and by two people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.audit.queries import history
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.queries import value
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import Report, Target
from huanchuang.steering.queries.record import FACT_KEY
from huanchuang.steering.services.changes import adjust, end, reopen
from huanchuang.steering.services.closing import request_close, return_for_more, verify
from huanchuang.steering.services.evidence import add_evidence
from huanchuang.steering.services.progress import ProgressGiven, report_progress

DAY = dt.date(2026, 6, 20)
PROOF = [("证明.txt", "已完成".encode())]


def given(percent: int | None = 50, figure: str | None = None, day: dt.date = DAY) -> ProgressGiven:
    return ProgressGiven(
        as_of=day, text="进展正常", percent=percent, figure=None if figure is None else Decimal(figure)
    )


@pytest.fixture
def started(line, cast) -> Target:
    """A line led by the reporter's unit, reported and proven."""
    target = line("中试平台管理办法")
    report_progress(cast.reporter, target, given(100), "r1", PROOF)
    return again(target)


def again(target: Target) -> Target:
    return Target.objects.select_related("plan").get(pk=target.pk)


def test_a_report_starts_the_line_and_its_figure_becomes_a_fact(line, cast, units):
    target = line("技术合同成交额")
    report = report_progress(cast.reporter, target, given(None, "17.4"), "r1")
    target = again(target)
    assert (target.state, target.reached, target.percent, target.reported_on) == (
        "in_progress",
        Decimal("17.4"),
        None,
        DAY,
    )
    fact = value(target.subject, FACT_KEY, Period.month(2026, 6))
    assert (fact.value, fact.unit, fact.pk) == ("17.4", "%", target.reached_fact)
    assert fact.source_link == f"/steering/targets/{target.pk}/#report-{report.pk}"
    assert report.organisation == units.university


def test_the_second_press_of_the_button_changes_nothing(line, cast):
    target = line("技术合同成交额")
    first = report_progress(cast.reporter, target, given(), "same")
    assert report_progress(cast.reporter, target, given(), "same") == first
    assert Report.objects.count() == 1


def test_two_people_may_report_at_once_and_nothing_is_lost(line, cast):
    seen_by_one, seen_by_other = line("技术合同成交额"), line("技术合同成交额")
    report_progress(cast.reporter, seen_by_one, given(40), "one")
    report_progress(cast.officer, seen_by_other, given(45), "two")
    assert Report.objects.count() == 2
    assert again(seen_by_one).percent == 45


def test_a_late_report_for_an_earlier_day_does_not_turn_the_line_back(line, cast):
    target = line("技术合同成交额")
    report_progress(cast.officer, target, given(60), "new")
    report_progress(cast.officer, target, given(30, day=dt.date(2026, 3, 31)), "old")
    assert again(target).percent == 60


def test_a_unit_reports_only_on_its_own_lines(line, cast):
    with pytest.raises(ProblemError, match="不是贵单位"):
        report_progress(cast.reporter, line("加强督查"), given(), "x")


def test_a_refused_file_leaves_no_report_behind(line, cast):
    with pytest.raises(ProblemError):
        report_progress(cast.officer, line("技术合同成交额"), given(), "x", [("病毒.exe", b"MZ\x90\x00")])
    assert not Report.objects.exists()


def test_closing_needs_evidence(line, cast):
    target = line("中试平台管理办法")
    report_progress(cast.reporter, target, given(100), "r1")
    with pytest.raises(ProblemError, match="佐证"):
        request_close(cast.reporter, target, "c1", again(target).version)


def test_a_second_person_verifies_and_the_unit_is_told(started, cast):
    request_close(cast.reporter, started, "c1", started.version, "已印发")
    assert Notice.objects.filter(user=cast.officer, kind="steering.close_requested").count() == 1
    verify(cast.officer, started, "v1", again(started).version)
    closed = again(started)
    assert (closed.state, closed.closed_on) == ("closed", dt.date(2026, 6, 30))
    assert Notice.objects.filter(user=cast.reporter, kind="steering.closed").count() == 1
    verbs = [entry.verb for entry in history(closed.subject)]
    assert verbs[:2] == ["steering.target.verify", "steering.target.request_close"]


def test_nobody_verifies_the_own_request(started, cast):
    request_close(cast.officer, started, "c1", started.version)
    with pytest.raises(ProblemError, match="不能核验自己的申请"):
        verify(cast.officer, started, "v1", again(started).version)
    assert again(started).state == "to_verify"


def test_a_return_needs_a_reason_and_reaches_the_unit(started, cast):
    request_close(cast.reporter, started, "c1", started.version)
    with pytest.raises(ProblemError, match="原因"):
        return_for_more(cast.officer, started, "b1", again(started).version, "  ")
    return_for_more(cast.officer, started, "b1", again(started).version, "缺少文号")
    assert again(started).state == "in_progress"
    assert "缺少文号" in Notice.objects.get(user=cast.reporter, kind="steering.returned").body


def test_a_step_pressed_twice_happens_once(started, cast):
    request_close(cast.reporter, started, "c1", started.version)
    request_close(cast.reporter, started, "c1", started.version)
    assert started.transitions.filter(verb="request_close").count() == 1
    assert Notice.objects.filter(kind="steering.close_requested").count() == 1


def test_who_decides_on_an_old_picture_is_stopped(started, cast, second_officer):
    request_close(cast.reporter, started, "c1", started.version)
    seen = again(started).version
    return_for_more(cast.officer, started, "b1", seen, "缺少文号")
    with pytest.raises((EditedMeanwhile, ProblemError)):
        verify(second_officer, started, "v1", seen)
    assert again(started).state == "in_progress"


def test_two_different_adjustments_of_one_picture_do_not_overwrite(line, cast, second_officer):
    target = line("技术合同成交额")
    adjust(cast.officer, target, "a1", target.version, "会议决定", due_on=None, value=Decimal(35))
    with pytest.raises(EditedMeanwhile):
        adjust(second_officer, target, "a2", target.version, "另一决定", due_on=None, value=Decimal(40))
    assert again(target).value == 35


def test_an_adjustment_keeps_what_was_before(line, cast):
    target = line("技术合同成交额")
    adjust(cast.officer, target, "a1", target.version, "会议决定", due_on=dt.date(2027, 6, 30), value=None)
    step = again(target).transitions.get(verb="adjust")
    assert (step.before["due_on"], step.after["due_on"]) == ("2026-12-31", "2027-06-30")
    with pytest.raises(ProblemError, match="没有变化"):
        adjust(cast.officer, target, "a2", again(target).version, "原因", due_on=None, value=None)


def test_a_line_may_end_and_be_taken_up_again(line, cast):
    target = line("技术合同成交额")
    end(cast.officer, target, "e1", target.version, "职能划转")
    with pytest.raises(ProblemError, match="已终止"):
        report_progress(cast.officer, target, given(), "r")
    reopen(cast.officer, target, "o1", again(target).version, "划转取消")
    assert again(target).state == "in_progress"


def test_evidence_is_kept_once_and_never_empty(started, cast):
    add_evidence(cast.reporter, started, PROOF)
    assert started.evidence.count() == 1
    with pytest.raises(ProblemError, match="没有选择文件"):
        add_evidence(cast.reporter, started, [])


def test_the_pages_carry_a_line_from_report_to_close(client, cast, line):
    target = line("中试平台管理办法")
    client.force_login(cast.reporter)
    form = client.get(reverse("steering:report", args=[target.pk])).context["form"]
    values = {"token": form["token"].value(), "as_of": "2026-06-20", "percent": "100", "text": "已印发"}
    proof = SimpleUploadedFile("通知.txt", "印发通知".encode())
    assert (
        client.post(reverse("steering:report", args=[target.pk]), {**values, "evidence": proof}).status_code
        == 302
    )
    client.post(
        reverse("steering:close_request", args=[target.pk]), {"token": "c", "version": again(target).version}
    )
    assert again(target).state == "to_verify"
    client.force_login(cast.officer)
    assert "核验通过，销号" in client.get(reverse("steering:target", args=[target.pk])).content.decode()
    client.post(
        reverse("steering:verify", args=[target.pk]),
        {"token": "v", "version": again(target).version, "deed": "verify"},
    )
    assert again(target).state == "closed"


def test_a_report_from_the_future_or_beyond_hundred_is_refused(client, cast, line):
    client.force_login(cast.officer)
    address = reverse("steering:report", args=[line("技术合同成交额").pk])
    answer = client.post(address, {"token": "t", "as_of": "2026-07-01", "percent": "101", "text": "x"})
    assert answer.status_code == 422
    assert {"as_of", "percent"} == set(answer.context["form"].errors)
