"""Data quality: values that have outlived their time and sources that differ, key by key, to be worked through."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huanchuang.accounts.models import User
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import current, differing
from huanchuang.facts.queries.freshness import freshness_of
from huanchuang.facts.queries.quality import differing_places, overview, stale_facts
from huanchuang.facts.services import FactGiven, choose_source, record_fact, record_facts
from huanchuang.packs import vocabulary
from huanchuang.registry.services import register_organisation, register_organisations, retire_organisation

STAFF = vocabulary.fact_dictionary().key("staff")  # 730 days after the end of the year
TODAY = dt.date(2026, 6, 30)
OFFICER = User(role="officer", is_active=True)
YEARS = tuple(Period.year(year) for year in (2022, 2023, 2024, 2025))

said = st.builds(
    FactGiven,
    subject=st.sampled_from((0, 1)),
    key=st.just("staff"),
    period=st.sampled_from(YEARS),
    value=st.sampled_from(("1", "2")),
    unit=st.just("人"),
    source_kind=st.sampled_from(("report", "import", "manual")),
)


class WhatWaits(TestCase):
    """Property: the lists hold what one finds by looking at every figure by itself."""

    @classmethod
    def setUpTestData(cls):
        cls.subjects = [
            register_organisation(SYSTEM, name=name, kind="company").subject for name in ("甲公司", "乙公司")
        ]

    @settings(deadline=None, max_examples=50)
    @given(st.lists(said, max_size=10), st.integers(0, 3), st.dates(dt.date(2023, 1, 1), dt.date(2029, 1, 1)))
    def test_it_lists_what_one_finds_one_by_one(self, facts, choices, day):
        SourceChoice.objects.all().delete()
        Fact.objects.all()._raw_delete("default")
        record_facts(SYSTEM, [replace(fact, subject=self.subjects[fact.subject]) for fact in facts])
        decided = self._choose(choices)
        places = {(fact.subject, fact.period) for fact in current()}
        open_places = {
            (subject, period.code)
            for subject, period in places - decided
            if len({fact.value for fact in differing(subject, "staff", period)}) > 1
        }
        assert differing_places(OFFICER, "staff") == sorted(open_places)
        newest = {}
        for subject, period in places:
            newest[subject] = max(period, newest.get(subject, period))
        stale = {
            s: differing(s, "staff", p)[0] for s, p in newest.items() if day > p.end + dt.timedelta(days=730)
        }
        assert {one.fact.subject: one.fact for one in stale_facts(OFFICER, STAFF, day)} == stale

    def _choose(self, count):
        decided = set()
        for fact in current().order_by("subject", "period", "id"):
            place = (fact.subject, fact.period)
            differs = len({one.value for one in differing(fact.subject, "staff", fact.period)}) > 1
            if len(decided) < count and place not in decided and differs:
                choose_source(SYSTEM, fact, "试")
                decided.add(place)
        return decided


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("key", "period", "day", "stale"),
    [
        ("staff", Period.year(2024), dt.date(2026, 12, 31), False),
        ("staff", Period.year(2024), dt.date(2027, 1, 1), True),
        ("registered-on", Period.year(2001), dt.date(2100, 1, 1), False),
        ("圈内签约意向额", Period.year(2001), dt.date(2100, 1, 1), False),
    ],
)
def test_it_counts_from_the_end_of_the_period(key, period, day, stale):
    value = "2001-05-06" if key == "registered-on" else "5"
    fact = record_fact(SYSTEM, "registry.organisation:1", key, period, value, "", "import")
    assert freshness_of(fact, day).is_stale is stale


def test_it_counts_a_timeless_value_from_the_day_it_was_recorded(firm):
    key = next(key for key in vocabulary.fact_dictionary() if key.is_timeless and key.freshness_days)
    value = {"yes-no": "是", "date": "2001-05-06"}.get(key.value_type, "1")
    fact = record_fact(SYSTEM, firm.subject, key.code, Period.year(2001), value, "", "import")
    last = TODAY + dt.timedelta(days=key.freshness_days)
    assert freshness_of(fact, last).until == last
    assert not freshness_of(fact, last).is_stale
    assert stale_facts(OFFICER, key, last) == []
    after = last + dt.timedelta(days=1)
    assert [one.fact for one in stale_facts(OFFICER, key, after)] == [fact]
    assert stale_facts(OFFICER, key, after)[0].freshness.since == after


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


@pytest.fixture
def figures(firm, other_firm):
    record_fact(SYSTEM, firm.subject, "staff", Period.year(2023), "50", "人", "import")
    record_fact(SYSTEM, other_firm.subject, "staff", Period.year(2025), "51", "人", "import")
    return record_fact(SYSTEM, other_firm.subject, "staff", Period.year(2025), "52", "人", "report")


def quality(**words):
    return reverse("facts:quality"), words


def test_the_officer_sees_where_to_begin(officer, figures):
    page = officer.get(reverse("facts:quality"))
    [count] = page.context["counts"]
    assert (count.key.code, count.differing, count.stale) == ("staff", 1, 1)
    assert [one.key.code for one in overview(OFFICER, TODAY)] == ["staff"]


def test_the_officer_works_through_differing_places(officer, figures, other_firm):
    url = reverse("facts:quality")
    page = officer.get(url, {"key": "staff"}).content.decode()
    assert other_firm.name in page
    assert "51" in page
    assert "52" in page
    choose = reverse("facts:choose", kwargs={"pk": figures.pk}) + "?from=quality"
    assert choose in page
    answer = officer.post(choose, {"fact": figures.pk, "seen": 0, "reason": "报表已核对"})
    assert answer.url == f"{url}?key=staff"
    assert officer.get(url, {"key": "staff"}).context["page"].paginator.count == 0
    chosen = officer.get(url, {"key": "staff", "show": "chosen"}).content.decode()
    assert "报表已核对" in chosen


def test_the_officer_works_through_stale_values(officer, figures, firm, other_firm):
    page = officer.get(reverse("facts:quality"), {"key": "staff", "show": "stale"}).content.decode()
    assert firm.name in page
    assert other_firm.name not in page
    assert "2025-12-31" in page  # the first day after 730 days
    table = officer.get(reverse("facts:subject", kwargs={"subject": firm.subject})).content.decode()
    assert "已过时效" in table


def test_it_leaves_out_who_is_no_longer_there(officer, figures, firm, other_firm):
    for gone in (firm, other_firm):
        retire_organisation(SYSTEM, gone, gone.version, reason="注销")
    assert officer.get(reverse("facts:quality")).context["counts"] == []


def test_it_knows_only_keys_of_the_dictionary(officer):
    assert officer.get(reverse("facts:quality"), {"key": "nonsense"}).status_code == 404


def test_it_leads_from_a_stale_value_to_the_form_with_its_key(officer, figures, firm):
    form = officer.get(reverse("facts:place", kwargs={"subject": firm.subject}), {"key": "staff"})
    assert form.status_code == 200
    assert 'value="staff" selected' in form.content.decode()


def test_it_shows_fifty_a_page_with_few_questions(officer, django_assert_max_num_queries):
    rows = [{"name": f"云澜第{number}有限公司", "kind": "company"} for number in range(120)]
    registered = register_organisations(SYSTEM, rows, digest="0" * 64)
    facts = [
        FactGiven(entry.subject, "staff", YEARS[3], value, "人", kind)
        for entry in registered.entries
        for value, kind in (("1", "import"), ("2", "report"))
    ]
    record_facts(SYSTEM, facts)
    with django_assert_max_num_queries(14):
        page = officer.get(reverse("facts:quality"), {"key": "staff", "page": "2"})
    assert len(page.context["rows"]) == 50
    assert page.context["page"].paginator.count == 120
