"""An achievement goes from disclosure through evaluation and listing to transfer; each step leaves who, when, why and a file."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.accounts.queries import actor_of
from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.files import queries as files
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.registry.models import Revision, Step
from huanchuang.registry.queries.lives import deeds_open, path_of, steps_of
from huanchuang.registry.queries.visibility import may_read_evidence
from huanchuang.registry.services import change, retire, take_step
from huanchuang.registry.tests.scenes import achievement, paper

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


def go(entry, *deeds, on=DAY, note="依据会议纪要"):
    for deed in deeds:
        entry = take_step(SYSTEM, entry, entry.version, deed, on=on, note=note)
    return entry


def test_it_goes_the_whole_way(firm, people):
    entry = achievement(firm)
    entry = take_step(
        actor_of(people.clerk), entry, entry.version, "evaluate", on=DAY, note="第三方评价为国内领先", uploads=[paper()]
    )  # fmt: skip
    entry = go(entry, "list", "transfer", "end", on=dt.date(2026, 6, 1))
    assert entry.state == "ended"
    assert [(step.deed, step.state) for step in steps_of(entry)] == [
        ("evaluate", "evaluated"), ("list", "listed"), ("transfer", "transferred"), ("end", "ended"),
    ]  # fmt: skip
    first = steps_of(entry)[0]
    assert (first.on, first.by_name, first.note) == (DAY, "企业经办人", "第三方评价为国内领先")
    assert [use.stored.name for use in files.files_of(first.subject)] == ["试验记录.txt"]
    assert audit.history(entry.subject)[0].verb == "registry.achievement.end"
    assert Revision.objects.filter(subject_of=entry.subject).last().values == {"state": "ended"}


@pytest.mark.parametrize("deed", ["list", "transfer", "withdraw", "return", "reopen"])
def test_it_leaves_out_no_step(firm, deed):
    entry = achievement(firm)
    with pytest.raises(ProblemError, match="已披露"):
        go(entry, deed)
    assert not Step.objects.exists()


def test_it_says_which_fields_listing_misses(firm):
    entry = go(achievement(firm, summary="", solves="", keywords=[]), "evaluate")
    with pytest.raises(ProblemError) as refused:
        go(entry, "list")
    assert [problem.where for problem in refused.value.problems] == ["成果关键字", "成果简介", "解决的问题"]
    entry.refresh_from_db()
    assert entry.state == "evaluated"


def test_it_lists_nothing_confidential_and_keeps_what_is_listed_open(firm):
    entry = go(achievement(firm, is_confidential=True), "evaluate")
    with pytest.raises(ProblemError, match="保密"):
        go(entry, "list")
    entry = change(SYSTEM, entry, entry.version, {"is_confidential": False})
    entry = go(entry, "list")
    for values in ({"is_confidential": True}, {"summary": ""}):
        with pytest.raises(ProblemError, match="撤回挂牌"):
            change(SYSTEM, entry, entry.version, values)


@pytest.mark.parametrize(
    ("way", "deed", "state"),
    [
        (["evaluate"], "return", "disclosed"),
        (["evaluate", "list"], "withdraw", "evaluated"),
        (["evaluate", "list", "transfer"], "undo-transfer", "listed"),
        (["evaluate", "end"], "reopen", "disclosed"),
    ],
)
def test_it_goes_back_with_a_reason_only(firm, way, deed, state):
    entry = go(achievement(firm), *way)
    with pytest.raises(ProblemError, match="不能为空"):
        go(entry, deed, note=" ")
    assert go(entry, deed, note="材料不全").state == state


def test_it_tells_the_owner_why_it_came_back(firm, people):
    go(go(achievement(firm), "evaluate"), "return", note="缺少评价报告")
    told = Notice.objects.get()
    assert told.user == people.clerk
    assert "高强度复合板材" in told.title
    assert "缺少评价报告" in told.body


def test_it_keeps_a_secret_out_of_titles(firm, people):
    go(go(achievement(firm, is_confidential=True), "evaluate"), "return", note="缺少评价报告")
    assert "复合板材" not in Notice.objects.get().title


@pytest.mark.parametrize(
    ("on", "word"), [(dt.date(2026, 7, 1), "晚于今天"), (dt.date(2026, 2, 1), "早于上一步")]
)
def test_it_keeps_the_order_of_days(firm, on, word):
    entry = go(achievement(firm), "evaluate")
    with pytest.raises(ProblemError, match=word):
        go(entry, "list", on=on)


def test_it_stops_who_saw_an_older_version(firm):
    entry = achievement(firm)
    seen = entry.version
    go(entry, "evaluate")
    with pytest.raises(EditedMeanwhile):
        take_step(SYSTEM, entry, seen, "list", on=DAY)


def test_it_offers_what_can_be_done_next(firm):
    entry = achievement(firm)
    assert [deed.name for deed in deeds_open(entry)] == ["evaluate", "end"]
    listed = go(entry, "evaluate", "list")
    assert [deed.name for deed in deeds_open(listed)] == ["transfer", "withdraw", "end"]
    assert deeds_open(retire(SYSTEM, listed, listed.version, "已并入其他成果")) == []


def test_it_shows_the_path_with_its_days(firm):
    entry = go(go(achievement(firm), "evaluate"), "list", on=dt.date(2026, 4, 1))
    path = path_of(entry, steps_of(entry))
    assert [(one.state, one.done, one.now) for one in path] == [
        ("disclosed", True, False), ("evaluated", True, False), ("listed", True, True), ("transferred", False, False),
    ]  # fmt: skip
    assert [one.on for one in path[1:]] == [DAY, dt.date(2026, 4, 1), None]
    back = go(entry, "withdraw", on=dt.date(2026, 5, 1))
    assert [one.done for one in path_of(back, steps_of(back))] == [True, True, False, False]
    ended = go(back, "end", on=dt.date(2026, 5, 2))
    assert [(one.state, one.done) for one in path_of(ended, steps_of(ended))][2:] == [
        ("listed", False), ("transferred", False), ("ended", True),
    ]  # fmt: skip


def test_it_lets_read_the_papers_who_sees_the_entry_from_inside(firm, people):
    open_one, secret = achievement(firm), achievement(firm, title="低温固化树脂", is_confidential=True)
    subjects = []
    for entry in (open_one, secret):
        take_step(SYSTEM, entry, entry.version, "evaluate", on=DAY, uploads=[paper(entry.title)])
        subjects.append(Step.objects.get(subject_of=entry.subject).subject)
    seen = {
        name: [may_read_evidence(getattr(people, name), subject) for subject in subjects]
        for name in ("officer", "clerk", "reporter", "researcher", "reviewer", "auditor", "stranger")
    }
    assert seen == {
        "officer": [True, False],
        "clerk": [True, True],
        "reporter": [False, False],
        "researcher": [False, False],
        "reviewer": [False, False],
        "auditor": [True, False],
        "stranger": [False, False],
    }
