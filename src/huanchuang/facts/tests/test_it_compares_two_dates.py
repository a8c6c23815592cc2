"""What became known of a subject between two days: what came, what changed, what went."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import value
from huanchuang.facts.queries.access import reader_of
from huanchuang.facts.queries.compare import compared
from huanchuang.facts.services import choose_source, correct_fact, record_fact, withdraw_fact
from huanchuang.orm import clock

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
MARCH, MAY, JUNE = (timezone.make_aware(dt.datetime(2026, month, 28, 12, 0)) for month in (3, 5, 6))
OFFICER = User(role="officer", is_active=True)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the district."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def story(firm, at):
    """In March four figures; in June one corrected, one withdrawn, one new and a choice between two sources."""
    at(MARCH)
    kept, wrong, gone = (
        record_fact(SYSTEM, firm.subject, key, YEAR, "10", "人", "manual")
        for key in ("staff", "tech-staff", "rd-staff")
    )
    imported = record_fact(SYSTEM, firm.subject, "staff", YEAR, "11", "人", "import")
    at(JUNE)
    correct_fact(SYSTEM, wrong, "8", "人", "录错一位")
    withdraw_fact(SYSTEM, gone, "重复填报")
    record_fact(SYSTEM, firm.subject, "sales-revenue", YEAR, "120", "万元", "report")
    choose_source(SYSTEM, kept, "以社保人数为准")
    return firm, imported


def told(firm, one, other):
    found = compared(reader_of(OFFICER, firm.subject), one, other)
    words = {
        (c.what, c.fact.key, c.before and c.before.text, c.after and c.after.text) for c in found.changes
    }
    return words, [choice.reason for choice in found.choices], found.same


def test_it_tells_what_came_changed_and_went(story):
    firm, _ = story
    changes, choices, same = told(firm, MAY, JUNE)
    assert changes == {
        ("came", "sales-revenue", None, "120"),
        ("changed", "tech-staff", "10", "8"),
        ("went", "rd-staff", "10", None),
    }
    assert choices == ["以社保人数为准"]
    assert same == 2


def test_it_finds_nothing_between_equal_days_and_everything_since_the_beginning(story):
    firm, _ = story
    assert told(firm, MAY, MAY) == (set(), [], 4)
    changes, _, same = told(firm, MARCH - dt.timedelta(days=1), JUNE)
    assert {what for what, *_ in changes} == {"came"}
    assert len(changes) == 4
    assert same == 0


def test_the_page_shows_it_and_asks_for_dates_in_order(client, people, story):
    firm, _ = story
    client.force_login(people.officer)
    url = reverse("facts:compare", kwargs={"subject": firm.subject})
    text = client.get(url, {"earlier": "2026-05-31", "later": "2026-06-30"}).content.decode()
    for word in ("新增 1 项，变更 1 项，撤回 1 项，其余 2 项不变", "重复填报", "录错一位", "以社保人数为准"):
        assert word in text
    assert client.get(url).status_code == 200
    assert client.get(url, {"earlier": "2026-06-30", "later": "2026-05-31"}).status_code == 422
    assert client.get(url, {"earlier": "昨天", "later": "2026-05-31"}).status_code == 422


def test_it_compares_only_what_one_may_see(client, people, story):
    firm, _ = story
    client.force_login(people.researcher)
    page = client.get(
        reverse("facts:compare", kwargs={"subject": firm.subject}),
        {"earlier": "2026-05-31", "later": "2026-06-30"},
    )
    assert page.context["compared"].changes == []
    assert page.context["compared"].choices == []
    assert page.context["compared"].hidden == 4


def test_it_shows_the_table_with_the_choice_as_it_stood(story):
    firm, imported = story
    assert Fact.objects.count() == 6
    assert SourceChoice.objects.count() == 1
    assert value(firm.subject, "staff", YEAR, MAY) == imported
    assert value(firm.subject, "staff", YEAR).source_kind == "manual"
