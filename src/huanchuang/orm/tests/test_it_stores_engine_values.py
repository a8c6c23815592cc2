"""Engine values in columns: what goes in comes out, and a bad value is refused in the kernel's words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Money, Period, Uscc
from huanchuang.orm.fields import MoneyField, PeriodField, UsccField

CODE = "91350100M000100Y43"

periods = st.one_of(
    st.integers(1990, 2100).map(Period.year),
    st.builds(Period.half, st.integers(1990, 2100), st.integers(1, 2)),
    st.builds(Period.quarter, st.integers(1990, 2100), st.integers(1, 4)),
    st.builds(Period.month, st.integers(1990, 2100), st.integers(1, 12)),
    st.builds(
        Period.since,
        st.just(dt.date(2020, 1, 1)),
        st.builds(Period.month, st.integers(2021, 2030), st.integers(1, 12)),
    ),
)


@given(periods)
def test_it_keeps_every_period(period):
    field = PeriodField()
    assert field.from_db_value(field.get_prep_value(period), None, None) == period


@given(st.integers(-(2**63), 2**63 - 1))
def test_it_keeps_every_fen(fen):
    field = MoneyField()
    assert field.from_db_value(field.get_prep_value(Money(fen)), None, None) == Money(fen)


@given(st.integers(-(2**63), 2**63 - 1))
def test_it_writes_money_as_text_and_reads_it_back(fen):
    class Holder:
        amount = Money(fen)

    field = MoneyField()
    field.attname = "amount"
    assert field.to_python(field.value_to_string(Holder())) == Money(fen)


def test_it_keeps_a_code_and_reads_lower_case():
    field = UsccField()
    assert field.from_db_value(field.get_prep_value(CODE.lower()), None, None) == Uscc.parse(CODE)


@pytest.mark.parametrize("field", [PeriodField(), MoneyField(), UsccField()])
def test_it_keeps_nothing_as_nothing(field):
    assert field.get_prep_value(None) is None
    assert field.get_prep_value("") is None
    assert field.from_db_value(None, None, None) is None


@pytest.mark.parametrize(
    ("field", "bad", "word"),
    [
        (PeriodField(), "第五纪", "第五纪"),
        (MoneyField(), "十二", "单位"),
        (UsccField(), "91350100M000100Y4Z", "3"),
    ],
)
def test_it_refuses_a_bad_value_in_the_kernels_words(field, bad, word):
    with pytest.raises(ValidationError) as refused:
        field.to_python(bad)
    assert word in "".join(refused.value.messages)
