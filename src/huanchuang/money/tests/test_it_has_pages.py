"""Budgets on their pages: opened, changed and closed with a reason by whoever may; two at once do not overwrite each other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huanchuang.audit.queries import history
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Money
from huanchuang.money.models import Budget
from huanchuang.money.services import change_total, open_budget

pytestmark = pytest.mark.django_db
OFFICER = Actor("1", "林科长")


@pytest.fixture
def budget():
    return open_budget(OFFICER, "研发补助", 2026, Money(1_000_000), source="批复")


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


def test_it_is_closed_with_a_reason_and_says_so(officer, budget):
    address = reverse("money:budget-close", args=[budget.pk])
    assert "不能重新打开" in officer.get(address).content.decode()
    assert officer.post(address, {"version": budget.version, "reason": ""}).status_code == 422
    assert officer.post(address, {"version": budget.version, "reason": "年度结束"}).status_code == 302
    shown = officer.get(reverse("money:budget", args=[budget.pk])).content.decode()
    assert "关闭，不能再预留" in shown
    assert address not in shown
    assert next((one.verb, one.note) for one in history(budget.subject)) == ("money.budget.close", "年度结束")
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("page", ["money:budget-close", "money:budget-total"])
def test_two_at_once_do_not_overwrite_each_other(officer, budget, page):
    change_total(OFFICER, budget, budget.version, Money(2_000_000), "年中追加")
    given = {"version": budget.version, "reason": "年度结束", "total": "50万元"}
    answer = officer.post(reverse(page, args=[budget.pk]), given)
    assert answer.status_code == 422
    assert "他人刚改过这笔预算" in answer.content.decode()
    stored = Budget.objects.get(pk=budget.pk)
    assert (stored.total, stored.closed_on) == (Money(2_000_000), None)


def test_who_only_looks_cannot_close(client, cast, budget):
    client.force_login(cast.leader)
    assert client.post(reverse("money:budget-close", args=[budget.pk]), {"version": 0, "reason": "年度结束"}).status_code == 403  # fmt: skip
    assert Budget.objects.get(pk=budget.pk).closed_on is None
