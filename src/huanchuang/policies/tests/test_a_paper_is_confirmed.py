"""An officer brings in a policy paper and decides each proposal; nothing is taken that nobody confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

import huanchuang
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.definitions.models import Draft
from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.services import work_off
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.packs.texts import prove
from huanchuang.policies.models import PaperState, PolicyPaper, Verdict
from huanchuang.policies.queries.papers import checked, marked, review_of
from huanchuang.policies.services.drafting import make_draft
from huanchuang.policies.services.papers import decide, take_sure, upload_paper

pytestmark = pytest.mark.django_db
FILE = Path(huanchuang.__file__).parent / "web" / "demo" / "policy" / "policy.txt"


@pytest.fixture
def paper(cast):
    return upload_paper(cast.officer, FILE.read_bytes(), "办法.txt", inline=True)


def line(paper, words):
    """The requirement that rests on some words."""
    return next(one for one in review_of(paper).lines if words in one.item.text and one.asks)


def test_it_reads_a_paper_as_a_job_and_keeps_every_passage(cast, paper):
    assert paper.state == PaperState.REVIEW
    assert paper.title == "青岑区支持科技服务机构发展办法（征求意见稿）"
    review = review_of(paper)
    assert review.left > 20
    assert review.taken == 0
    text = FILE.read_text(encoding="utf-8")
    for one in review.lines:
        assert one.item.text == text[one.item.start : one.item.end]
    assert line(paper, "近三年研发费用").value["when"] == "sum(研发费用, 近3年) / sum(销售收入, 近3年) >= 3%"
    assert line(paper, "或软件著作权").way == "human"


def test_the_same_file_is_read_once(cast, paper):
    assert upload_paper(cast.officer, FILE.read_bytes(), "另一个名字.txt", inline=True).pk == paper.pk


def test_the_text_is_shown_whole_whatever_is_marked(paper):
    shown = "".join(piece.text for row in marked(review_of(paper)) for piece in row.pieces)
    assert shown == "".join(paper.text.splitlines())


def test_a_proposal_is_taken_changed_or_dropped_and_each_step_is_entered(cast, paper):
    one = line(paper, "不低于200万元")
    decide(
        cast.officer, paper, one.item.id, 0, {"by": "coded", "when": "销售收入 >= 300万元", "text": "改过"}
    )
    assert line(paper, "不低于200万元").value == {
        "by": "coded",
        "text": "改过",
        "when": "销售收入 >= 300万元",
    }
    decide(cast.officer, paper, one.item.id, 1, None)
    assert line(paper, "不低于200万元").state == "dropped"
    assert Entry.objects.filter(verb="policies.paper.decide", subject=paper.subject).count() == 2


def test_a_condition_that_the_language_refuses_is_not_taken(cast, paper):
    one = line(paper, "不低于200万元")
    with pytest.raises(ProblemError, match="以人计的数"):
        decide(cast.officer, paper, one.item.id, 0, {"by": "coded", "when": "销售收入 >= 300人"})
    assert not Verdict.objects.exists()


def test_a_sentence_left_over_can_be_made_a_condition(cast, paper):
    left = next(one for one in review_of(paper).lines if one.item.kind == "left")
    decide(cast.officer, paper, left.item.id, 0, {"by": "human"})
    assert review_of(paper).line(left.item.id).asks


def test_a_second_amount_is_refused_until_the_first_is_dropped(cast, paper):
    first, second = (one for one in review_of(paper).lines if one.item.kind == "amount")
    decide(cast.officer, paper, first.item.id, 0, first.item.value)
    with pytest.raises(ProblemError, match="只有一个金额"):
        decide(cast.officer, paper, second.item.id, 0, second.item.value)


def test_two_people_at_once_do_not_overwrite_each_other(cast, paper):
    one = line(paper, "不低于200万元").item
    decide(cast.officer, paper, one.id, 0, None)
    with pytest.raises(EditedMeanwhile):
        decide(cast.officer, paper, one.id, 0, one.value)


def test_taking_the_sure_leaves_what_was_not_read_word_by_word(cast, paper):
    count = take_sure(cast.officer, paper)
    review = review_of(paper)
    assert count == review.taken > 8
    assert {one.item.confidence for one in review.lines if one.state == "taken"} == {"high"}
    assert all(one.state == "left" for one in review.lines if one.item.kind == "amount")
    assert take_sure(cast.officer, paper) == 0


def test_a_condition_is_checked_as_it_is_typed_with_cases_on_its_threshold():
    import datetime as dt

    found = checked("职工总数 >= 20人", dt.date(2026, 6, 30), "zh")
    assert found.said == "2025年职工总数不低于20人"
    assert [case.gives for case in found.cases] == ["yes", "no"]
    assert "职工总人" in checked("职工总人 >= 20人", dt.date(2026, 6, 30), "zh").problem


def test_a_file_that_cannot_be_read_says_why_and_may_come_again(cast):
    paper = upload_paper(cast.officer, ("字" * 200_001).encode(), "长.txt", inline=True)
    assert paper.state == PaperState.FAILED
    assert "超过200000字" in paper.failure


def test_the_page_takes_a_proposal_and_answers_with_it(client, cast, paper):
    client.force_login(cast.officer)
    page = client.get(reverse("policies:paper", args=[paper.pk])).content.decode()
    assert "采纳逐字读懂的" in page
    one = line(paper, "不低于200万元").item
    address = reverse("policies:paper-verdict", args=[paper.pk, one.id])
    given = {"version": "0", "deed": "take", **one.value, "text": one.text}
    answer = client.post(address, given, headers={"hx-request": "true"}).content.decode()
    assert "已采纳 1 条" in answer
    assert client.post(address, given).status_code == 422
    refused = client.post(
        address, {**given, "version": "1", "when": "销售收入 >="}, headers={"hx-request": "true"}
    )
    assert "field-error" in refused.content.decode()


def test_the_page_checks_what_is_typed(client, cast, paper):
    client.force_login(cast.officer)
    address = reverse("policies:paper-check", args=[paper.pk])
    assert "19人" in client.post(address, {"when": "职工总数 >= 20人"}).content.decode()
    assert "field-error" in client.post(address, {"when": "职工总数 >= 20万元"}).content.decode()
    monstrous = "(" * 1500 + "职工总数"
    assert "field-error" in client.post(address, {"when": monstrous}).content.decode()


def test_an_upload_by_the_page_is_read_by_a_worker(client, cast):
    client.force_login(cast.officer)
    with FILE.open("rb") as file:
        answer = client.post(reverse("policies:papers"), {"file": file})
    paper = PolicyPaper.objects.get()
    assert answer.url == reverse("policies:paper", args=[paper.pk])
    assert "正在读取" in client.get(answer.url).content.decode()
    work_off()
    assert "采纳" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("role", ["clerk", "leader", "auditor", "stranger"])
def test_others_decide_nothing(client, cast, paper, role):
    client.force_login(getattr(cast, role))
    one = review_of(paper).lines[0].item
    for name, arguments in (
        ("paper-verdict", [paper.pk, one.id]),
        ("paper-take", [paper.pk]),
        ("paper-check", [paper.pk]),
    ):
        assert client.post(reverse(f"policies:{name}", args=arguments), {"deed": "take"}).status_code == 403
    assert client.post(reverse("policies:papers"), {}).status_code == 403
    assert not Verdict.objects.exists()
    sees = client.get(reverse("policies:paper", args=[paper.pk])).status_code
    assert sees == (200 if role in ("leader", "auditor") else 403)


def test_the_draft_holds_what_was_confirmed_and_nothing_else(cast, paper):
    one, other = line(paper, "不低于200万元"), line(paper, "近三年研发费用")
    decide(
        cast.officer,
        paper,
        one.item.id,
        0,
        {"by": "coded", "when": "销售收入 >= 200万元", "text": "销售额够"},
    )
    decide(cast.officer, paper, other.item.id, 0, None)
    draft = make_draft(cast.officer, paper, "qingcen.tech-service")
    written = draft.files["policy.yaml"]
    assert "销售收入 >= 200万元" in written
    assert "销售额够" in written
    assert "sum(研发费用" not in written
    assert written.count("  - id: ") == 1
    assert draft.author == actor_of(cast.officer).id
    paper.refresh_from_db()
    assert (paper.state, paper.pack) == (PaperState.DRAFTED, "qingcen.tech-service")


def test_a_draft_of_the_sure_ones_is_sound_with_a_case_on_each_threshold(cast, paper):
    take_sure(cast.officer, paper)
    draft = make_draft(cast.officer, paper, "qingcen.tech-service")
    proof = prove("policies", draft.pack, draft.files)
    assert proof.is_clean, proof.problems
    assert len(proof.asked) > 12
    assert all(case.passed for case in proof.asked)


def test_without_a_confirmed_condition_there_is_no_draft(cast, paper):
    with pytest.raises(ProblemError, match="还没有采纳任何条件"):
        make_draft(cast.officer, paper, "qingcen.tech-service")


def test_the_page_makes_the_draft_and_opens_it(client, cast, paper):
    client.force_login(cast.officer)
    address = reverse("policies:paper-draft", args=[paper.pk])
    assert client.post(address, {"pack": "qingcen.tech-service"}).status_code == 422
    take_sure(cast.officer, paper)
    assert client.post(address, {"pack": "不是编号"}).status_code == 422
    answer = client.post(address, {"pack": "qingcen.tech-service"})
    assert answer.url == reverse("definitions:draft", args=[Draft.objects.get().pk])
    assert "打开草稿" in client.get(reverse("policies:paper", args=[paper.pk])).content.decode()
    client.force_login(cast.clerk)
    assert client.post(address, {"pack": "qingcen.other"}).status_code == 403
