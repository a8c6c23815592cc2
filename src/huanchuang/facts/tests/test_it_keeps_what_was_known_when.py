"""A figure is never lost: what was current at any recorded moment can be asked for ever after."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import current, differing, history, series, value
from huanchuang.facts.services import FactGiven, correct_fact, record_fact, record_facts, withdraw_fact
from huanchuang.facts.services.record import CorrectedMeanwhile

SUBJECT, KEY, YEAR = "registry.organisation:1", "sales-revenue", Period.year(2025)
YES_NO_KEY = "major-accident"
PERIODS = (Period.year(2024), Period.year(2025))
SOURCES = ("report", "manual")

deeds = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from(PERIODS), st.sampled_from(SOURCES), st.integers(0, 5)),
        st.tuples(st.just("bulk"), st.sampled_from(PERIODS), st.sampled_from(SOURCES), st.integers(0, 5)),
        st.tuples(st.just("withdraw"), st.sampled_from(PERIODS), st.sampled_from(SOURCES), st.just(0)),
    ),
    max_size=12,
)


class AsKnownAt(TestCase):
    """Property: after any row of deeds, each past view shows exactly what was current then."""

    @settings(deadline=None, max_examples=40)
    @given(deeds)
    def test_it_shows_at_every_moment_what_was_current_then(self, steps):
        Fact.objects.all().delete()
        moments, views = [], []
        for deed, period, source, amount in steps:
            self._do(deed, period, source, amount)
            newest = self._newest_moment()
            if newest is not None:
                moments.append(newest)
                views.append(self._view(None))
        # A later deed can share a moment with an earlier one of another place only; the last view of a moment counts.
        for moment, view in dict(zip(moments, views, strict=True)).items():
            assert self._view(moment) == view

    def _do(self, deed, period, source, amount):
        given_value = FactGiven(SUBJECT, KEY, period, str(amount), "元", source)
        if deed == "record":
            record_fact(SYSTEM, SUBJECT, KEY, period, str(amount), "元", source)
        elif deed == "bulk":
            record_facts(SYSTEM, [given_value])
        else:
            standing = current().filter(subject=SUBJECT, period=period, source_kind=source).first()
            if standing:
                withdraw_fact(SYSTEM, standing, "试")

    def _newest_moment(self):
        ends = [m for row in Fact.objects.all() for m in (row.recorded_at, row.current_until) if m]
        return max(ends, default=None)

    def _view(self, known_at):
        return {(f.period.code, f.source_kind, f.value) for f in current(known_at).filter(subject=SUBJECT)}


pytestmark = pytest.mark.django_db


def record(amount, source="manual", unit="元", **more):
    return record_fact(SYSTEM, SUBJECT, KEY, YEAR, amount, unit, source, **more)


def test_it_supersedes_and_keeps_the_old_one():
    first, second = record("100"), record("120")
    first.refresh_from_db()
    assert first.superseded_by == second
    assert first.current_until == second.recorded_at
    assert value(SUBJECT, KEY, YEAR) == second
    assert value(SUBJECT, KEY, YEAR, known_at=first.recorded_at) == first
    assert list(history(SUBJECT, KEY, YEAR)) == [second, first]


def test_it_takes_the_same_again_as_nothing_new():
    first = record("100")
    trail = audit.history(SUBJECT).count()
    assert record("100") == first
    assert Fact.objects.count() == 1
    assert audit.history(SUBJECT).count() == trail


def test_it_keeps_one_current_fact_whatever_the_program_does():
    first = record("100")
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_it_shows_two_sources_side_by_side_the_checked_one_first():
    typed, reported = record("100"), record("101", source="report")
    assert differing(SUBJECT, KEY, YEAR) == [reported, typed]
    assert value(SUBJECT, KEY, YEAR) == reported


@pytest.mark.parametrize(
    ("amount", "unit", "stored"),
    [
        ("1234.567891", "万元", "12345678.91"),
        ("1.2", "亿元", "120000000"),
        ("１，２００", "元", "1200"),
        (Decimal("0.10"), "元", "0.1"),
        ("0", "", "0"),
    ],
)
def test_it_stores_money_in_yuan_exactly(amount, unit, stored):
    fact = record(amount, unit=unit)
    assert Decimal(fact.value) == Decimal(stored)
    assert fact.unit == "元"
    assert fact.number == Decimal(stored)


def test_it_remembers_what_was_given_when_it_converted():
    assert record("1234.5", unit="万元").given == "1234.5万元"


@pytest.mark.parametrize(
    ("amount", "kept"),
    [("3.0", "3"), ("0.50", "0.5"), ("100", "100"), ("-0.0", "0"), ("1234567890123456.12345678", None)],
)
def test_it_writes_a_number_in_one_way(amount, kept):
    fact = record_fact(SYSTEM, SUBJECT, "area-rd-intensity-of-ours", YEAR, amount, "", "manual")
    assert fact.value == (kept or amount)


@pytest.mark.parametrize(("amount", "unit"), [("", "元"), ("很多", "元"), ("12", "家"), ("几百", "元")])
def test_it_refuses_what_is_no_amount_of_money(amount, unit):
    with pytest.raises(ProblemError) as refused:
        record(amount, unit=unit)
    assert refused.value.problems[0].remedy
    assert not Fact.objects.exists()


def test_it_refuses_a_negative_staff():
    with pytest.raises(ProblemError, match=r"职工总数.*不会小于0"):
        record_fact(SYSTEM, SUBJECT, "staff", YEAR, "-3", "人", "manual")


@pytest.mark.parametrize(("written", "kept"), [("是", "yes"), ("否", "no"), ("TRUE", "yes")])
def test_it_keeps_yes_and_no_in_one_form(written, kept):
    assert record_fact(SYSTEM, SUBJECT, YES_NO_KEY, YEAR, written, "", "manual").value == kept


def test_it_takes_a_target_key_of_its_own():
    fact = record_fact(SYSTEM, "steering.target:7", "圈内签约意向额", YEAR, "1.5", "亿元", "report")
    assert (fact.value, fact.unit, fact.number) == ("1.5", "亿元", Decimal("1.5"))


def test_it_corrects_only_with_a_reason_and_only_the_current_one():
    first = record("100")
    with pytest.raises(ProblemError, match="更正说明"):
        correct_fact(SYSTEM, first, "90", "元", " ")
    better = correct_fact(SYSTEM, first, "90", "元", "审计调整")
    assert better.note == "审计调整"
    with pytest.raises(CorrectedMeanwhile):
        correct_fact(SYSTEM, first, "80", "元", "后到的更正")
    assert value(SUBJECT, KEY, YEAR) == better


def test_it_withdraws_without_forgetting():
    first = record("100")
    withdraw_fact(SYSTEM, first, "重复填报")
    assert value(SUBJECT, KEY, YEAR) is None
    assert value(SUBJECT, KEY, YEAR, known_at=first.recorded_at) == first
    again = record("100")
    assert again != first
    assert value(SUBJECT, KEY, YEAR) == again


def test_it_lists_a_series_in_the_order_of_time():
    for year in (2025, 2023, 2024):
        record_fact(SYSTEM, SUBJECT, KEY, Period.year(year), str(year), "元", "import")
    record_fact(SYSTEM, SUBJECT, KEY, Period.year(2024), "1", "元", "report")
    assert [fact.value for fact in series(SUBJECT, KEY)] == ["2023", "1", "2025"]


def test_it_records_very_many_with_few_questions(django_assert_max_num_queries):
    given_facts = [
        FactGiven(
            f"registry.organisation:{number}", KEY, Period.year(year), str(number * year), "元", "import"
        )
        for number in range(400)
        for year in (2023, 2024, 2025)
    ]
    with django_assert_max_num_queries(25):
        first = record_facts(SYSTEM, given_facts, note="2025年度企业数据")
    assert (first.added, first.superseded, first.unchanged) == (1200, 0, 0)
    second = record_facts(SYSTEM, given_facts)
    assert (second.added, second.superseded, second.unchanged) == (0, 0, 1200)
    changed = [
        FactGiven(g.subject, g.key, g.period, g.value + "0", g.unit, g.source_kind) for g in given_facts
    ]
    third = record_facts(SYSTEM, changed)
    assert (third.added, third.superseded) == (1197, 1197)
    assert current().count() == 1200


def test_it_takes_all_or_nothing():
    good = FactGiven(SUBJECT, KEY, YEAR, "1", "元", "import")
    bad = FactGiven(SUBJECT, KEY, Period.year(2024), "不详", "元", "import")
    with pytest.raises(ProblemError):
        record_facts(SYSTEM, [good, bad])
    assert not Fact.objects.exists()
