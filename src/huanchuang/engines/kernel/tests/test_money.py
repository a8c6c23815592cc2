"""Money is exact to the fen, in and out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.engines.kernel.money import EXPONENTS

FEN = st.integers(-(10**30), 10**30)
UNITS = st.sampled_from(sorted(EXPONENTS))
ROUNDINGS = ("down", "up", "half_up", "half_even")


@given(FEN, UNITS)
def test_it_goes_out_and_back_in_any_unit_without_loss(fen, unit):
    assert Money.from_unit(Money(fen).in_unit(unit), unit) == Money(fen)


@given(FEN, st.sampled_from(["auto", "元", "万元", "亿元"]))
def test_its_text_reads_back(fen, unit):
    assert Money.parse(Money(fen).text(unit)) == Money(fen)


@given(FEN, FEN)
def test_it_adds_subtracts_and_compares_like_fen(one, other):
    assert (Money(one) + Money(other)).fen == one + other
    assert (Money(one) - Money(other)).fen == one - other
    assert (Money(one) < Money(other)) == (one < other)
    assert Money.total([Money(one), Money(other)]) == Money(one + other)


@given(st.integers(-(10**15), 10**15), st.fractions(-3, 3), st.sampled_from(ROUNDINGS))
def test_rounding_moves_less_than_a_fen(fen, factor, rounding):
    assert abs(Money(fen).times(factor, rounding).fen - fen * factor) < 1


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_shares_add_up_and_are_off_by_less_than_a_fen(fen, weights):
    parts = Money(fen).share(weights)
    assert Money.total(parts).fen == fen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen - Fraction(fen * weight, sum(weights))) < 1


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.567891万元", 1234567891),
        ("0.000001万元", 1),
        ("1.5亿", 15_000_000_000),
        ("三百万元", 300_000_000),
        ("5000万", 5_000_000_000),
        ("￥1,200元", 120_000),
        ("人民币 100 元整", 10_000),
        ("１００元", 10_000),
        ("3角", 30),
        ("2.5百万元", 250_000_000),
        ("-3.2万元", -3_200_000),
        ("1.0000000万元", 1_000_000),
    ],
)
def test_it_reads_amounts_as_written(text, fen):
    assert Money.parse(text).fen == fen


def test_it_shows_the_fitting_unit():
    assert [Money(fen).text() for fen in (1, 120_050, 1_000_000, 15_000_000_000, 0)] == [
        "0.01元",
        "1200.5元",
        "1万元",
        "1.5亿元",
        "0元",
    ]


def test_it_rounds_only_when_told():
    assert [Money(5).times(Fraction(1, 2), rounding).fen for rounding in ROUNDINGS] == [2, 3, 3, 2]
    assert [Money(-5).times(Fraction(1, 2), rounding).fen for rounding in ROUNDINGS] == [-2, -3, -3, -2]
    assert Money(4).times(Decimal("0.5")) == Money(2)
    with pytest.raises(ProblemError, match="不足一分的部分无法入账。请写明取整方法"):
        Money(5).times(Fraction(1, 2))


def test_its_messages():
    with pytest.raises(ProblemError) as seventh:
        Money.parse("1.2345678万元")
    assert str(seventh.value) == "金额“1.2345678万元”：不足一分的部分无法入账。请最多保留6位小数"
    with pytest.raises(ProblemError) as bare:
        Money.parse("100")
    assert str(bare.value) == "金额“100”：没有写明单位。请在数字后写 元、万元 或 亿元，例如 12.5万元"
    with pytest.raises(ProblemError) as dollars:
        Money.from_unit(Decimal(1), "美元")
    assert dollars.value.text("en") == 'unit "美元": is not a unit of renminbi. Use 元, 万元 or 亿元'


@pytest.mark.parametrize("text", ["", "元", "十几万元", "约3万元", "1.2.3万元", "万元", "NaN元", "1e5元"])
def test_it_refuses_what_is_no_amount(text):
    with pytest.raises(ProblemError):
        Money.parse(text)


@pytest.mark.parametrize("value", [1.5, True, Decimal(1)])
def test_it_takes_no_floats(value):
    with pytest.raises(TypeError):
        Money(value)
