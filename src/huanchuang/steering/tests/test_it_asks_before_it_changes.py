"""调整 and 终止 are asked for and approved by somebody else; closing falls with its evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import Change, Evidence, Target
from huanchuang.steering.queries.due import waiting_for
from huanchuang.steering.services.asking import Wanted, ask_change, decide_change, withdraw_change
from huanchuang.steering.services.closing import request_close, verify
from huanchuang.steering.services.evidence import add_evidence, reopen_expired, withdraw_evidence
from huanchuang.steering.services.progress import ProgressGiven, report_progress

DAY = dt.date(2026, 6, 30)
LATER = dt.date(2027, 3, 31)
ADJUST, END = Change.Wish.ADJUST, Change.Wish.END


def later(reason: str = "设备晚到") -> Wanted:
    return Wanted(ADJUST, reason, LATER)


def again(target: Target) -> Target:
    return Target.objects.select_related("plan").get(pk=target.pk)


@pytest.fixture
def asked(line, cast) -> Change:
    return ask_change(cast.reporter, line("中试平台管理办法"), "a1", later())


def test_nothing_changes_before_a_second_person_agrees(asked, cast):
    assert again(asked.target).due_on != LATER
    assert asked.target in [row.target for row in waiting_for(cast.officer, DAY)]
    decide_change(cast.officer, asked, asked.version, True, "同意")
    target = again(asked.target)
    step = target.transitions.get(verb="adjust")
    assert (target.due_on, target.adjusted, step.by) == (LATER, 1, cast.officer)
    assert cast.reporter.name in step.reason
    decide_change(cast.officer, asked, asked.version, True, "同意")
    assert target.transitions.filter(verb="adjust").count() == 1


def test_whoever_asks_does_not_decide(line, cast, second_officer):
    asked = ask_change(cast.officer, line("技术合同成交额"), "a1", Wanted(END, "职能划转"))
    with pytest.raises(ProblemError, match="不能审批自己"):
        decide_change(cast.officer, asked, asked.version, True, "")
    decide_change(second_officer, asked, asked.version, True, "")
    assert again(asked.target).state == "ended"


def test_a_refusal_says_why_and_leaves_the_line_as_it_is(asked, cast):
    with pytest.raises(ProblemError, match="原因"):
        decide_change(cast.officer, asked, asked.version, False, " ")
    decide_change(cast.officer, asked, asked.version, False, "理由不充分")
    assert again(asked.target).due_on != LATER
    assert "理由不充分" in Notice.objects.get(user=cast.reporter, kind="steering.change_refused").body
    with pytest.raises(ProblemError, match="未同意"):
        decide_change(cast.officer, asked, asked.version + 1, True, "")


def test_one_request_at_a_time_and_the_button_counts_once(asked, cast, line):
    target = line("中试平台管理办法")
    assert ask_change(cast.reporter, target, "a1", later()) == asked
    with pytest.raises(ProblemError, match="等审批"):
        ask_change(cast.officer, target, "a2", Wanted(END, "不做了"))
    with pytest.raises(ProblemError, match="不是您提出"):
        withdraw_change(cast.officer, asked)
    withdraw_change(cast.reporter, asked)
    assert ask_change(cast.officer, target, "a3", Wanted(END, "不做了")).state == "asked"


def test_a_stranger_asks_for_nothing_and_nothing_is_asked_without_reason(line, cast):
    with pytest.raises(ProblemError, match="不是贵单位"):
        ask_change(cast.reporter, line("加强督查"), "a", later())
    target = line("技术合同成交额")
    with pytest.raises(ProblemError, match="原因"):
        ask_change(cast.officer, target, "b", later("  "))
    with pytest.raises(ProblemError, match="没有变化"):
        ask_change(cast.officer, target, "c", Wanted(ADJUST, "原因", target.due_on, target.value))


def test_who_decides_on_an_old_picture_is_stopped(asked, cast):
    with pytest.raises(EditedMeanwhile):
        decide_change(cast.officer, asked, asked.version + 7, True, "")
    assert again(asked.target).due_on != LATER


def test_the_pages_ask_and_decide(client, cast, line):
    target = line("中试平台管理办法")
    client.force_login(cast.reporter)
    form = client.get(reverse("steering:adjust", args=[target.pk])).context["form"]
    values = {
        "token": form["token"].value(),
        "version": target.version,
        "due_on": "2027-03-31",
        "reason": "设备晚到",
    }
    assert client.post(reverse("steering:adjust", args=[target.pk]), values).status_code == 302
    change = Change.objects.get()
    decide = reverse("steering:decide_change", args=[change.pk])
    assert client.post(decide, {"deed": "approve", "version": change.version}).status_code == 403
    client.force_login(cast.officer)
    assert "申请调整，待审批" in client.get(reverse("steering:target", args=[target.pk])).content.decode()
    client.post(decide, {"deed": "approve", "version": change.version})
    assert again(target).due_on == LATER
    client.force_login(cast.stranger)
    assert client.post(decide, {"deed": "withdraw"}).status_code == 403


@pytest.fixture
def closed(line, cast) -> Target:
    target = line("中试平台管理办法")
    report_progress(cast.reporter, target, ProgressGiven(DAY, "已印发", 100), "r1")
    add_evidence(cast.reporter, target, [("通知.txt", b"issued")], valid_until=dt.date(2026, 9, 30))
    add_evidence(cast.reporter, target, [("照片.txt", b"picture")])
    request_close(cast.reporter, target, "c1", again(target).version)
    verify(cast.officer, target, "v1", again(target).version)
    return again(target)


def test_a_closing_falls_with_the_evidence_it_stood_on(closed, cast):
    assert closed.state == "closed"
    with pytest.raises(ProblemError, match="原因"):
        withdraw_evidence(cast.reporter, closed.evidence.first(), "")
    withdraw_evidence(cast.reporter, closed.evidence.first(), "文件作废")
    target = again(closed)
    assert (target.state, target.closed_on) == ("in_progress", None)
    assert "文件作废" in target.transitions.first().reason
    assert Notice.objects.filter(user=cast.reporter, kind="steering.reopened").count() == 1
    withdraw_evidence(cast.reporter, closed.evidence.first(), "再撤一次")
    assert target.transitions.filter(verb="reopen").count() == 1


def test_a_closing_falls_when_its_evidence_runs_out(closed, settings):
    assert reopen_expired(dt.date(2026, 9, 30)) == 0
    settings.HUANCHUANG_TODAY = dt.date(2026, 10, 1)
    assert reopen_expired(dt.date(2026, 10, 1)) == 1
    assert reopen_expired(dt.date(2026, 10, 1)) == 0
    step = again(closed).transitions.first()
    assert (step.verb, step.by, again(closed).state) == ("reopen", None, "in_progress")


def test_evidence_that_ran_out_closes_nothing(line, cast, settings):
    target = line("中试平台管理办法")
    report_progress(cast.reporter, target, ProgressGiven(DAY, "已印发", 100), "r1")
    with pytest.raises(ProblemError, match="已经过了"):
        add_evidence(cast.reporter, target, [("旧.txt", b"old")], valid_until=dt.date(2026, 6, 29))
    add_evidence(cast.reporter, target, [("旧.txt", b"old")], valid_until=DAY)
    settings.HUANCHUANG_TODAY = dt.date(2026, 7, 1)
    with pytest.raises(ProblemError, match="佐证"):
        request_close(cast.reporter, target, "c1", again(target).version)


def test_a_unit_withdraws_what_its_own_people_added(closed, cast, client):
    add = Evidence.objects.filter(target=closed).first()
    Evidence.objects.filter(pk=add.pk).update(added_by=cast.officer)
    with pytest.raises(ProblemError, match="不是您上传"):
        withdraw_evidence(cast.reporter, add, "作废")
    client.force_login(cast.officer)
    client.post(reverse("steering:withdraw_evidence", args=[add.pk]), {"reason": "作废"})
    add.refresh_from_db()
    assert add.withdrawn_by == cast.officer
    assert "撤回：作废" in client.get(reverse("steering:target", args=[closed.pk])).content.decode()
