"""Papers and people answer what cannot be computed; decisions are kept with everything that is needed to read them again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.queries import history
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import ProblemError
from huanchuang.facts.queries.values import current
from huanchuang.policies.models import Answer, Decision
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import listed
from huanchuang.policies.queries.outlook import answers_of
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.keep import keep

from .conftest import HTE, note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
OFFICER = Actor("1", "林科长")


@pytest.fixture
def open_one():
    found = [
        (one.id, requirement.id)
        for one in listed()
        for requirement in one.policy.requirements
        if requirement.condition is None
    ]
    if not found:
        pytest.fail("no shipped policy asks for a paper")
    return found[0]


def test_an_answer_counts_until_its_day_and_another_takes_its_place(firm, open_one):
    policy, requirement = open_one
    answer(OFFICER, firm, policy, requirement, is_met=True, basis="专项审计报告", valid_until=DAY)
    assert answers_of(firm, DAY)[policy] == {requirement: True}
    assert answers_of(firm, DAY + dt.timedelta(days=1)) == {}
    answer(OFFICER, firm, policy, requirement, is_met=False, basis="报告被撤回")
    assert answers_of(firm, DAY)[policy] == {requirement: False}
    assert Answer.objects.filter(ended_at=None).count() == 1
    assert [entry.verb for entry in history(firm.subject)][:2] == ["policies.answer.give"] * 2


@pytest.mark.parametrize(
    ("requirement", "basis", "until", "words"),
    [
        ("tech-staff", "表", None, "没有填写"),
        ("tech-staff", "看过名册", None, "由数据算出"),
        ("nothing", "看过名册", None, "不在政策里"),
    ],
)
def test_it_refuses_what_is_computed_unknown_or_without_grounds(firm, requirement, basis, until, words):
    with pytest.raises(ProblemError) as caught:
        answer(OFFICER, firm, HTE, requirement, is_met=True, basis=basis, valid_until=until)
    assert "条件" in caught.value.text() or words in caught.value.text()
    assert not Answer.objects.exists()


def test_a_day_that_is_over_is_refused(firm, open_one):
    with pytest.raises(ProblemError, match="已过"):
        answer(
            OFFICER,
            firm,
            *open_one,
            is_met=True,
            basis="专项审计报告",
            valid_until=DAY - dt.timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("clerk", 403), ("stranger", 403), ("leader", 403)]
)
def test_officers_answer(client, own, firm, open_one, person, status):
    client.force_login(getattr(own, person))
    address = reverse("policies:answer", args=[firm.pk, *open_one])
    assert client.get(address).status_code == status
    sent = client.post(address, {"is_met": "yes", "basis": "专项审计报告（2026-03）", "valid_until": ""})
    assert sent.status_code == (302 if status == 200 else status)
    assert Answer.objects.count() == (1 if status == 200 else 0)


def test_an_empty_answer_is_asked_for_again(client, own, firm, open_one):
    client.force_login(own.officer)
    sent = client.post(reverse("policies:answer", args=[firm.pk, *open_one]), {"basis": ""})
    assert sent.status_code == 422
    assert not Answer.objects.exists()


def test_what_is_kept_stays_whatever_the_figures_become(client, own, firm):
    client.force_login(own.clerk)
    sent = client.post(reverse("policies:keep", args=[firm.pk, HTE]), follow=True)
    assert sent.status_code == 200
    one = Decision.objects.get()
    assert (one.result, one.as_of, one.kept_by_name) == ("yes", DAY, own.clerk.name)
    assert len(one.digest) == 64
    assert {
        "key": "staff",
        "name": "职工总数",
        "period": "2025",
        "value": "90人",
        "source": "批量导入 · 2026-06-30",
    } in one.inputs
    assert all(line["outcome"] is True for line in one.findings)
    note(firm, "tech-staff", "2025", "1", "人")
    page = client.get(reverse("policies:kept", args=[one.pk])).content.decode()
    assert one.digest in page
    assert "不满足" not in page
    assert found_for(firm, HTE, DAY).card.result == "no"


@pytest.mark.parametrize(("person", "status"), [("leader", 403), ("stranger", 404), ("reviewer", 403)])
def test_others_keep_nothing(client, own, firm, person, status):
    client.force_login(getattr(own, person))
    assert client.post(reverse("policies:keep", args=[firm.pk, HTE])).status_code == status
    assert not Decision.objects.exists()


def test_strangers_do_not_read_what_was_kept(client, own, firm):
    found = found_for(firm, HTE, DAY)
    one = keep(OFFICER, found.subject, found.card)
    client.force_login(own.stranger)
    assert client.get(reverse("policies:kept", args=[one.pk])).status_code == 404
    assert current().exists()
