"""Judgements: remembered, transitive, and asked about again where they contradict each other."""

from __future__ import annotations

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.models import Candidate, Judgement, Said
from huanchuang.registry.queries.kinds import PERSON
from huanchuang.registry.queries.sameness.judged import Verdicts, cluster, contradictions, ordered
from huanchuang.registry.services import register_organisation
from huanchuang.registry.services.entries import register
from huanchuang.registry.services.sameness import Contradiction, judge, merge, put_forward


def firm(name: str, **values):
    return register_organisation(SYSTEM, name=name, kind="company", region="990101", **values)


@pytest.fixture
def three(db):
    return firm("青岑星澜有限公司"), firm("青岑星澜科技有限公司"), firm("云澜星澜技术有限公司")


def test_it_keeps_a_judgement_with_score_and_comparison(three):
    one, other, _ = three
    made = judge(SYSTEM, other, one, Said.DIFFERENT, "两个代码")
    assert (made.one, made.other) == ordered(one.subject, other.subject)
    assert made.note == "两个代码"
    assert 0 < made.score < 1
    assert {row["field"] for row in made.comparison["fields"]} >= {"name", "form", "code"}


def test_it_lets_a_later_judgement_take_the_place_of_an_earlier_one(three):
    one, other, _ = three
    put_forward(SYSTEM, one, other)
    judge(SYSTEM, one, other, Said.UNSURE)
    judge(SYSTEM, one, other, Said.DIFFERENT)
    assert Judgement.objects.count() == 2
    assert Judgement.objects.get(is_current=True).verdict == Said.DIFFERENT
    assert Candidate.objects.get().said == Said.DIFFERENT


def test_it_follows_same_through_others_and_different_across_them(three):
    one, two, three_ = three
    judge(SYSTEM, one, two, Said.SAME)
    judge(SYSTEM, two, three_, Said.DIFFERENT)
    assert cluster(one.subject) == {one.subject, two.subject}
    assert [found.other for found in contradictions(one.subject, three_.subject)] == [three_.subject]
    verdicts = Verdicts("registry.organisation")
    assert verdicts.are_apart(one.subject, three_.subject)
    assert not verdicts.are_apart(one.subject, two.subject)
    with pytest.raises(Contradiction) as caught:
        judge(SYSTEM, one, three_, Said.SAME)
    assert caught.value.earlier[0].verdict == Said.DIFFERENT
    assert "系统" in caught.value.text("zh") or SYSTEM.name in caught.value.text("zh")
    with pytest.raises(Contradiction):
        merge(SYSTEM, one, three_, {}, "看着像")


def test_it_takes_a_contradiction_with_a_reason(three):
    one, two, _ = three
    judge(SYSTEM, one, two, Said.DIFFERENT)
    made = merge(SYSTEM, one, two, {}, "同一营业执照", despite="已核对执照原件")
    assert made.despite == "已核对执照原件"
    assert Judgement.objects.get(is_current=True).verdict == Said.SAME


def test_it_asks_again_before_it_parts_what_was_one(three):
    one, two, three_ = three
    judge(SYSTEM, one, two, Said.SAME)
    judge(SYSTEM, two, three_, Said.SAME)
    with pytest.raises(Contradiction):
        judge(SYSTEM, one, three_, Said.DIFFERENT)
    judge(SYSTEM, one, three_, Said.DIFFERENT, despite="是它的子公司")
    assert Judgement.objects.get(verdict=Said.DIFFERENT).note == "是它的子公司"


def test_it_refuses_two_kinds_and_one_entry(three, bureau):
    person = register(SYSTEM, PERSON, {"name": "秦砚秋", "roles": ["researcher"]})
    for other in (person, three[0]):
        with pytest.raises(ProblemError, match="要选同一类的两条不同记录"):
            judge(SYSTEM, three[0], other, Said.SAME)
