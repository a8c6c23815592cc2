"""An amount that is due is kept of a budget together with the decision it rests on: both or neither."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.money.models import Budget, Reservation
from huanchuang.money.services import open_budget
from huanchuang.policies.models import Decision
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.services.promise import promise

from .test_it_tells_whom_it_concerns import REWARD, start_up

pytestmark = pytest.mark.django_db
OFFICER = Actor("1", "林科长")
DAY, UNTIL = dt.date(2026, 6, 30), dt.date(2026, 12, 31)
DUE = Money.parse("20万元")


@pytest.fixture
def found(db):
    return found_for(start_up("青岑符合科技有限公司"), REWARD, DAY)


def test_the_reservation_leads_to_the_decision_it_rests_on(client, cast, found):
    budget = open_budget(OFFICER, "奖励资金", 2026, DUE)
    kept, made = promise(OFFICER, found.subject, found.card, budget, DUE, UNTIL)
    assert made.link == reverse("policies:kept", args=[kept.pk]) + "#about"
    client.force_login(cast.officer)
    page = client.get(made.link).content.decode()
    assert 'id="about"' in page
    assert "20万元" in page


def test_a_budget_without_enough_leaves_no_decision_behind(found):
    budget = open_budget(OFFICER, "奖励资金", 2026, Money(DUE.fen - 1))
    with pytest.raises(ProblemError, match="超出可用额度"):
        promise(OFFICER, found.subject, found.card, budget, DUE, UNTIL)
    assert (Decision.objects.count(), Reservation.objects.count()) == (0, 0)


def test_more_than_is_due_is_refused(found):
    budget = open_budget(OFFICER, "奖励资金", 2026, Money(DUE.fen * 9))
    with pytest.raises(ProblemError, match="超过应享金额20万元"):
        promise(OFFICER, found.subject, found.card, budget, Money(DUE.fen + 1), UNTIL)
    assert not Decision.objects.exists()


def test_the_same_promise_twice_leaves_one_decision(found):
    budget = open_budget(OFFICER, "奖励资金", 2026, Money(DUE.fen * 9))
    promise(OFFICER, found.subject, found.card, budget, DUE, UNTIL)
    with pytest.raises(ProblemError, match="预留过"):
        promise(OFFICER, found.subject, found.card, budget, DUE, UNTIL)
    assert (Decision.objects.count(), Reservation.objects.count()) == (1, 1)
    assert Budget.objects.get().reserved == DUE


def test_an_officer_reserves_on_the_page(client, cast, found):
    budget = open_budget(OFFICER, "奖励资金", 2026, DUE)
    client.force_login(cast.officer)
    address = reverse("policies:reserve", args=[found.organisation.pk, REWARD])
    given = {"budget": budget.pk, "until": "2026-12-31"}
    assert client.post(address, {**given, "amount": "20万元1分"}).status_code == 422
    assert client.post(address, {**given, "amount": "20万元"}).url == budget.get_absolute_url()
    assert Reservation.objects.get().link.startswith(
        reverse("policies:kept", args=[Decision.objects.get().pk])
    )
