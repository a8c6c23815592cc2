"""The proposals of the demonstration: every stage, one done again, and papers whose figures have records."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.orm import clock
from huanchuang.steering.models import Draft, Letter
from huanchuang.steering.queries.letters.lists import waiting_letters
from huanchuang.steering.queries.letters.rendering import is_whole
from huanchuang.steering.services.letters.drafting import unanswered
from huanchuang.web.demo import load

DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(told, db) -> None:
    """The demonstration; what a test writes is taken back."""


def test_they_stand_at_different_stages_and_the_clock_is_back(loaded):
    states = dict(Letter.objects.values_list("number", "state"))
    assert states == {
        "0128": "closed", "0156": "handling", "0092": "signing", "0037": "handling", "0171": "asked_back", "0043": "assigned",
        "0051": "received",
    }  # fmt: skip
    assert clock.today() == DAY
    again = Letter.objects.get(number="0128")
    assert (again.round, again.verdict, again.mark, again.publicity) == (2, "satisfied", "A", "open")
    assert list(again.feedbacks.values_list("verdict", flat=True)) == ["dissatisfied", "satisfied"]


def test_no_step_lies_after_the_day_of_the_demonstration(loaded):
    assert not Letter.objects.filter(steps__on__gt=DAY).exists()


def test_what_was_signed_cites_nothing_newer_than_its_day(loaded):
    for draft in Draft.objects.filter(signed_on__isnull=False):
        assert is_whole(draft)
        assert [one.text for one in draft.citations.all() if one.as_of and one.as_of > draft.signed_on] == []


def test_one_paper_has_a_figure_that_waits_for_a_name(loaded):
    waiting = {
        draft.letter.number: unanswered(draft)
        for draft in Draft.objects.filter(letter__isnull=False, state="writing")
    }
    assert [one.text for one in waiting["0156"]] == ["36家"]
    assert [unanswered(draft) for draft in Draft.objects.filter(plan__isnull=False)] == [[]]


def test_everybody_has_something_to_do(loaded):
    asked = {
        role: [task.asked for task in waiting_letters(User.objects.get(username=f"demo-{role}"), DAY)]
        for role in ("officer", "reporter", "leader")
    }
    assert asked["leader"] == ["请您审签"]
    assert {"申请退办，请决定", "请交办"} <= set(asked["officer"])
    assert {"请签收或退办", "请提出会办意见", "请办理答复"} <= set(asked["reporter"])


def test_loading_again_changes_nothing(loaded):
    before = list(Letter.objects.order_by("pk").values_list("pk", "version"))
    load()
    assert list(Letter.objects.order_by("pk").values_list("pk", "version")) == before
