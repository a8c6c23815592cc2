"""A bulk load is quick, but its outcome is that of recording each fact by itself, in the order given."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huanchuang.audit import queries as audit
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Money, Period, ProblemError
from huanchuang.engines.kernel.money import EXPONENTS
from huanchuang.facts.models import PLACE, Fact
from huanchuang.facts.queries import current
from huanchuang.facts.services import FactGiven, bulk, record_fact, record_facts, values, withdraw_fact

SUBJECTS = ("registry.organisation:1", "registry.organisation:2")
YEARS = (Period.year(2024), Period.year(2025))
AMOUNTS = ("1", "1.0", "2", "0.000001", "12345678901234.56", "-0", "一千二百")

facts_given = st.builds(
    FactGiven,
    subject=st.sampled_from(SUBJECTS),
    key=st.sampled_from(("net-assets", "圈内签约意向额")),
    period=st.sampled_from(YEARS),
    value=st.sampled_from(AMOUNTS),
    unit=st.sampled_from(("万元", "亿元")),
    source_kind=st.sampled_from(("import", "report")),
    source_link=st.sampled_from(("", "年报")),
    note=st.sampled_from(("", "说明")),
    origin=st.sampled_from(("", "registry.organisation:9")),
)
loads = st.lists(st.lists(facts_given, max_size=8), max_size=4)


class BulkEqualsOneByOne(TestCase):
    """Property: the same rows, each ended by the same successor, whatever was there and however large a portion is."""

    @settings(deadline=None, max_examples=60)
    @given(loads, st.integers(1, 6), st.booleans())
    def test_it_leaves_the_same_rows_as_recording_one_by_one(self, given_loads, portion, withdrawn_between):
        def one_by_one(load):
            for fact in load:
                record_fact(SYSTEM, *self._arguments(fact))

        def at_once(load):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(bulk, "AT_ONCE", portion)
                record_facts(SYSTEM, iter(load))

        outcomes = []
        for way in (one_by_one, at_once):
            Fact.objects.all()._raw_delete("default")  # rows point at each other
            for load in given_loads:
                way(load)
                if withdrawn_between and (standing := current().order_by(*PLACE).first()):
                    withdraw_fact(SYSTEM, standing, "试")
            outcomes.append(self._rows())
            self._check_order()
        assert outcomes[0] == outcomes[1]

    @staticmethod
    def _arguments(fact):
        return (
            fact.subject, fact.key, fact.period, fact.value, fact.unit,
            fact.source_kind, fact.source_link, fact.note, fact.origin,
        )  # fmt: skip

    @staticmethod
    def _content(fact):
        return fact and (
            *(getattr(fact, part) for part in PLACE),
            fact.value, fact.number, fact.unit, fact.given, fact.source_link, fact.note,
            fact.recorded_by, fact.current_until is None, fact.withdrawn_because,
        )  # fmt: skip

    def _rows(self):
        facts = Fact.objects.select_related("superseded_by").order_by(*PLACE, "recorded_at")
        return [(self._content(fact), self._content(fact.superseded_by)) for fact in facts]

    @staticmethod
    def _check_order():
        """The facts of a place follow each other without overlap, each until the next."""
        facts = Fact.objects.order_by(*PLACE, "recorded_at")
        for one, other in itertools.pairwise(facts):
            if all(getattr(one, part) == getattr(other, part) for part in PLACE):
                assert one.recorded_at < one.current_until <= other.recorded_at


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15),
    st.sampled_from(sorted(EXPONENTS)),
    st.sampled_from(("元", "万元", "亿元")),
)
def test_it_counts_money_as_the_kernel_does(number, unit, wanted):
    try:
        right = Money.from_unit(number, unit).in_unit(wanted)
    except ProblemError:
        with pytest.raises(ProblemError):
            values._money(number, unit, wanted)
        return
    assert values._money(number, unit, wanted) == right
    assert f"{values._money(number, unit, wanted):f}" == f"{right:f}"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_it_keeps_in_the_column_for_sorting_only_what_fits(number):
    if values._fits(number):
        assert number == number.quantize(Decimal("1e-10"), context=values._EXACT)
        assert abs(number) < Decimal(10) ** 24


pytestmark = pytest.mark.django_db


def some(count):
    for number in range(count):
        yield FactGiven(f"registry.organisation:{number}", "staff", YEARS[0], str(number), "人", "import")


def test_it_writes_one_line_in_the_trail_for_all_portions(monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 7)
    recorded = record_facts(SYSTEM, some(50), note="2024年度企业数据")
    assert (recorded.added, recorded.superseded, recorded.unchanged) == (50, 0, 0)
    assert audit.history("2024年度企业数据").count() == 1


def test_it_never_holds_more_than_a_portion(monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 10)
    in_hand = []

    def watched():
        for number, fact in enumerate(some(100)):
            in_hand.append(number - Fact.objects.count())
            yield fact

    record_facts(SYSTEM, watched())
    assert max(in_hand) <= 10


def test_it_takes_back_every_portion_when_a_later_one_is_bad(monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 10)
    bad = FactGiven(SUBJECTS[0], "staff", YEARS[1], "不详", "人", "import")
    with pytest.raises(ProblemError):
        record_facts(SYSTEM, [*some(25), bad])
    assert not Fact.objects.exists()


def test_it_refuses_a_text_no_column_holds():
    with pytest.raises(ProblemError, match="超过200个字符"):
        record_fact(SYSTEM, "steering.target:7", "说法", YEARS[0], "很" * 201, "", "manual")


def test_it_says_so_when_somebody_else_records_the_same_at_once(monkeypatch):
    """On PostgreSQL two loads can look before either writes; the unique place then refuses the second."""
    record_facts(SYSTEM, some(1))
    monkeypatch.setattr(bulk, "_last_of", lambda portion: {})
    with pytest.raises(ProblemError, match="稍后再试"):
        record_facts(SYSTEM, some(1))
    assert Fact.objects.count() == 1
