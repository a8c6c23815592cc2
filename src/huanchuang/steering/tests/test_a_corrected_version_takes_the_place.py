"""修订: a corrected version is compared clause by clause, and the ledger goes over to it with all that hangs on its lines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.audit.models import Entry
from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.services import perform
from huanchuang.steering.models import (
    Fate,
    FormerLine,
    PlanState,
    Report,
    Review,
    Revision,
    State,
    Target,
    Transition,
)
from huanchuang.steering.queries.comparison import Clause, compare, difference
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import all_rows
from huanchuang.steering.queries.rebase import comparison_of, rebase_of
from huanchuang.steering.services.changes import adjust
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.review import put_in_force
from huanchuang.steering.services.revision import give_up, keep_unchanged, revise, take_place

from .conftest import TEXT

DAY = dt.date(2026, 6, 30)
CORRECTED = (
    TEXT.replace("增长30%以上", "增长35%以上")
    .replace(
        "2.建设中试平台。", "2.培育企业。到2027年，培育独角兽企业2家。（清溪区科技局牵头）\n3.建设中试平台。"
    )
    .replace("三、保障措施\n（一）加强督查。清溪区督查办牵头，每年开展一次督查。\n", "")
)
"""A figure is raised, a clause is put in, the one behind it is renumbered, the last section is taken out."""


@pytest.fixture
def revision(plan, cast) -> Revision:
    new = revise(cast.officer, plan, CORRECTED.encode(), "修订.txt", "区政府常务会议审定", inline=True)
    return new.revision


def fates(pairs):
    return {(pair.new or pair.old).heading: pair.fate for pair in pairs}


def test_clauses_are_the_same_renumbered_changed_new_or_gone(revision):
    found = fates(comparison_of(revision))
    assert found["主要目标"] == Fate.SAME
    assert found["做大技术交易"] == Fate.CHANGED
    assert found["培育企业"] == Fate.NEW
    assert found["建设中试平台"] == Fate.MOVED
    assert found["加强督查"] == Fate.GONE


def test_words_that_differ_are_told_apart():
    pieces = difference("增长30%以上。", "增长35%以上。")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("equal", "增长"), ("del", "30%"), ("ins", "35%"), ("equal", "以上。"),
    ]  # fmt: skip


def test_two_clauses_that_change_places_are_only_renumbered():
    old = [Clause("1", "一", "甲", "一、甲。内容一", 0, 7), Clause("2", "二", "乙", "二、乙。内容二", 7, 14)]
    new = [Clause("1", "一", "乙", "一、乙。内容二", 0, 7), Clause("2", "二", "甲", "二、甲。内容一", 7, 14)]
    assert [(pair.old.heading, pair.fate) for pair in compare(old, new)] == [("乙", "moved"), ("甲", "moved")]


def test_a_version_that_is_the_same_changes_nothing(plan, cast):
    new = revise(cast.officer, plan, (TEXT + "\n").encode(), "同.txt", "重新排版", inline=True)
    done = rebase_of(new.revision)
    assert (done.changed, done.arrived, done.gone) == ([], [], [])
    assert keep_unchanged(cast.officer, new.revision) == new.targets.count()
    take_place(cast.officer, new.revision, accept_rest=False)
    for line in new.targets.exclude(kind="task"):
        assert new.text[line.start : line.end] == line.quote


def test_what_hangs_on_a_line_stays_with_it(plan, cast, line, revision):
    growth, document = line("技术合同"), line("办法")
    report_progress(cast.officer, growth, ProgressGiven(as_of=DAY, text="已签约"), "r1")
    report_progress(cast.officer, document, ProgressGiven(as_of=DAY, text="征求意见"), "r2")
    take_place(cast.officer, revision, accept_rest=True)
    for old in (growth, document):
        before = old.state
        old.refresh_from_db()
        assert old.plan == revision.plan
        assert revision.plan.text[old.start : old.end] == old.quote
        assert before in (State.NOT_STARTED, State.IN_PROGRESS)
        assert Report.objects.filter(target=old).count() == 1
    growth.refresh_from_db()
    assert (growth.value, growth.parent.name) == (35, "做大技术交易")
    assert document.item.path == "二（一）3"
    names = [row.target.name for row in all_rows(cast.officer, Filters(plan=revision.plan_id), DAY)]
    assert "独角兽企业" in "".join(names)
    assert len(names) == len(set(names))


def test_the_version_before_is_kept_with_the_reason(plan, cast, line, revision):
    growth = line("技术合同")
    take_place(cast.officer, revision, accept_rest=True)
    former = FormerLine.objects.get(target=growth)
    assert (former.fate, former.values["goal"]) == (Fate.CHANGED, "增长 ≥ 30%")
    step = Transition.objects.get(target=growth)
    assert (step.before["value"], step.after["value"]) == ("30.000000", "35.000000")
    assert "区政府常务会议审定" in step.reason
    plan.refresh_from_db()
    assert plan.state == PlanState.REPLACED
    assert plan.text == TEXT
    assert Entry.objects.get(verb="steering.plan.take_place").note == "区政府常务会议审定"


def test_the_page_of_a_line_says_what_it_promised_before(client, cast, line, revision):
    growth, document = line("技术合同"), line("办法")
    take_place(cast.officer, revision, accept_rest=True)
    client.force_login(cast.reporter)
    page = client.get(reverse("steering:target", args=[growth.pk])).content.decode()
    before = page[page.index("修订以前") :]
    assert "增长 ≥ 30%" in before
    assert "区政府常务会议审定" in before
    assert f"{reverse('steering:compare', args=[revision.plan_id])}?show=lines" in before
    untouched = client.get(reverse("steering:target", args=[document.pk])).content.decode()
    assert "修订以前" not in untouched


def test_a_line_that_is_gone_ends_and_can_still_be_seen(plan, cast, revision):
    gone = Target.objects.get(plan=plan, name="加强督查")
    take_place(cast.officer, revision, accept_rest=True)
    gone.refresh_from_db()
    assert (gone.state, gone.plan) == (State.ENDED, plan)
    assert FormerLine.objects.get(target=gone).fate == Fate.GONE
    assert gone in [row.target for row in all_rows(cast.leader, Filters(), DAY)]


def test_a_closed_line_lives_again_where_more_is_asked_for(plan, cast, line, revision):
    growth, document = line("技术合同"), line("办法")
    Target.objects.filter(pk__in=[growth.pk, document.pk]).update(state=State.CLOSED, closed_on=DAY)
    take_place(cast.officer, revision, accept_rest=True)
    growth.refresh_from_db()
    document.refresh_from_db()
    assert (growth.state, growth.closed_on) == (State.IN_PROGRESS, None)
    assert (document.state, document.closed_on) == (State.CLOSED, DAY)


def test_what_people_corrected_or_adjusted_stays_where_its_words_are_the_same(plan, cast, line):
    document = line("办法")
    adjust(cast.officer, document, "a", document.version, "部门会签", due_on=dt.date(2026, 9, 30), value=None)
    new = revise(
        cast.officer, plan, TEXT.replace("每年服务项目20个以上", "每年服务项目25个以上").encode(), "三.txt", "调高", inline=True
    )  # fmt: skip
    take_place(cast.officer, new.revision, accept_rest=True)
    document.refresh_from_db()
    assert (document.due_on, document.plan) == (dt.date(2026, 9, 30), new)
    assert new.targets.get(value=25).name == "服务项目"


def test_nothing_of_the_new_version_enters_unseen_unless_said_so(plan, cast, revision):
    kept = keep_unchanged(cast.officer, revision)
    assert kept > 0
    with pytest.raises(ProblemError, match="没有看过"):
        take_place(cast.officer, revision, accept_rest=False)
    revision.plan.targets.filter(review=Review.PROPOSED).update(review=Review.ACCEPTED)
    assert take_place(cast.officer, revision, accept_rest=False).state == PlanState.IN_FORCE


def test_there_is_one_corrected_version_at_a_time_and_it_can_be_given_up(plan, cast, revision):
    with pytest.raises(ProblemError, match="已有一份修订版"):
        revise(cast.officer, plan, (TEXT + "再改。").encode(), "四.txt", "再改", inline=True)
    new = revision.plan
    give_up(cast.officer, revision)
    assert not Revision.objects.exists()
    assert put_in_force(cast.officer, new, accept_rest=True).state == PlanState.IN_FORCE


def test_a_file_that_is_in_the_ledger_already_is_no_corrected_version(plan, cast):
    upload_plan(cast.officer, CORRECTED.encode(), "另.txt", inline=True)
    other = Revision.objects.count()
    with pytest.raises(ProblemError, match="不能作为修订版"):
        revise(cast.officer, plan, TEXT.encode(), "同一份.txt", "错选", inline=True)
    assert Revision.objects.count() == other
    with pytest.raises(ProblemError):
        revise(cast.officer, plan, (TEXT + "改").encode(), "无.txt", " ", inline=True)


def test_a_second_correction_follows_the_first(plan, cast, line, revision):
    growth = line("技术合同")
    take_place(cast.officer, revision, accept_rest=True)
    text = CORRECTED.replace("增长35%以上", "增长40%以上")
    again = revise(cast.officer, revision.plan, text.encode(), "再.txt", "再次提高", inline=True)
    take_place(cast.officer, again.revision, accept_rest=True)
    growth.refresh_from_db()
    assert (growth.value, growth.plan) == (40, again)
    assert [former.values["goal"] for former in growth.former.order_by("pk")] == ["增长 ≥ 30%", "增长 ≥ 35%"]
    assert Target.objects.filter(plan=again, review=Review.ACCEPTED).count() == again.targets.count()


def test_the_pages_lead_from_the_upload_to_the_ledger(client, cast, plan, units):
    client.force_login(cast.officer)
    assert (
        reverse("steering:revise", args=[plan.pk])
        in client.get(reverse("steering:plan", args=[plan.pk])).content.decode()
    )
    sent = {"file": SimpleUploadedFile("修订.txt", CORRECTED.encode()), "reason": "调高目标"}
    answer = client.post(reverse("steering:revise", args=[plan.pk]), sent)
    new = Revision.objects.get().plan
    assert answer.url == reverse("steering:plan", args=[new.pk])
    perform(new.job_id)  # what the worker does
    page = client.get(reverse("steering:compare", args=[new.pk])).content.decode()
    assert "<del>30%</del>" in page
    assert "<ins>35%</ins>" in page
    lines = client.get(reverse("steering:compare", args=[new.pk]), {"show": "lines"})
    assert {(change.fate, change.target.name) for change in lines.context["comparison"].lines} >= {
        (Fate.CHANGED, "技术合同成交额"),
        (Fate.GONE, "加强督查"),
    }
    answer = client.post(reverse("steering:keep", args=[new.pk]), follow=True)
    assert "已沿用原版" in answer.content.decode()
    answer = client.post(reverse("steering:put_in_force", args=[new.pk]), {"rest": "accept"})
    assert answer.url == f"{reverse('steering:ledger')}?plan={new.pk}"
    after = client.get(reverse("steering:compare", args=[new.pk]), {"show": "lines"}).content.decode()
    assert "增长 ≥ 30%" in after
    assert "增长 ≥ 35%" in after
    assert "代替" in client.get(reverse("steering:plan", args=[plan.pk])).content.decode()


@pytest.mark.parametrize("name", ["reporter", "clerk", "leader", "auditor", "stranger"])
def test_only_officers_revise_and_others_see_the_comparison_once_it_is_in_force(client, cast, revision, name):
    client.force_login(getattr(cast, name))
    new, old = revision.plan_id, revision.of_id
    for page, number in (("revise", old), ("keep", new), ("give_up", new), ("put_in_force", new)):
        assert client.post(reverse(f"steering:{page}", args=[number])).status_code == 403, page
    assert client.get(reverse("steering:compare", args=[new])).status_code == 404
    take_place(cast.officer, revision, accept_rest=True)
    sees = {"reporter": 200, "leader": 200, "auditor": 200, "clerk": 404, "stranger": 404}
    assert client.get(reverse("steering:compare", args=[new])).status_code == sees[name]


def test_a_reason_is_asked_for(client, cast, plan):
    client.force_login(cast.officer)
    sent = {"file": SimpleUploadedFile("修订.txt", CORRECTED.encode()), "reason": ""}
    page = client.post(reverse("steering:revise", args=[plan.pk]), sent)
    assert page.status_code == 422
    assert "请写明为什么修订" in page.content.decode()
    assert not Revision.objects.exists()
