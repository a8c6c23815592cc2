"""Quantities add up within one unit and its scales, and nowhere else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import UNITS, ProblemError, Quantity, find_unit
from huanchuang.engines.kernel.units import SCALES

VALUES = st.decimals(-(10**9), 10**9, places=6)
UNIT_NAMES = st.sampled_from(sorted(name for name in UNITS if name != "成"))
SCALE_WORDS = st.sampled_from(["", "万", "亿", "千", "百万", "万亿"])


def scaled_name(scale: str, unit: str) -> str | None:
    """The unit with its scale, where that is not itself another unit of the table (千 + 瓦)."""
    found = find_unit(scale + unit)
    return scale + unit if found and found.base.name == unit and found.scale == scale else None


@given(VALUES, UNIT_NAMES, SCALE_WORDS)
def test_its_base_is_the_same_amount(value, unit, scale):
    name = scaled_name(scale, unit)
    if name is None:
        return
    base = Quantity(value, name).base()
    assert base.unit == unit
    assert base.value == value * SCALES[scale]
    assert base.to(name).value == value


@given(VALUES.map(abs), UNIT_NAMES)
def test_its_text_reads_back(value, unit):
    back = Quantity.parse(Quantity(value, unit).text())
    assert back.base() == Quantity(value, unit).base()


@given(VALUES, VALUES, UNIT_NAMES)
def test_it_adds_and_compares_across_scales(one, other, unit):
    name = scaled_name("万", unit)
    if name is None:
        return
    total = Quantity(one, unit) + Quantity(other, name)
    assert total.base().value == one + other * 10_000
    assert (Quantity(one, unit) < Quantity(other, name)) == (one < other * 10_000)


@pytest.mark.parametrize(
    ("text", "value", "unit", "base", "base_unit"),
    [
        ("1.2亿千瓦", "1.2", "亿千瓦", "120000000", "千瓦"),
        ("3万平方米", "3", "万平方米", "30000", "平方米"),
        ("200万㎡", "200", "万㎡", "2000000", "平方米"),
        ("1000万人次", "1000", "万人次", "10000000", "人次"),
        ("30%", "30", "%", "30", "%"),
        ("３ 个百分点", "3", "个百分点", "3", "个百分点"),
        ("二百五十家", "250", "家", "250", "家"),
        ("26.9亿元", "26.9", "亿元", "2690000000", "元"),
        ("500亩", "500", "亩", "500", "亩"),
    ],
)
def test_it_reads_quantities_of_plans(text, value, unit, base, base_unit):
    quantity = Quantity.parse(text)
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert (quantity.base().value, quantity.base().unit) == (Decimal(base), base_unit)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3家", "3项"), ("3%", "3个百分点"), ("3万元", "3万人"), ("1年", "1个月"), ("1元", "1美元")],
)
def test_it_refuses_to_add_what_does_not_add_up(one, other):
    with pytest.raises(ProblemError, match="不能相加或比较。请先换算成同一单位"):
        Quantity.parse(one) + Quantity.parse(other)
    with pytest.raises(ProblemError):
        assert Quantity.parse(one) < Quantity.parse(other)


def test_its_messages():
    with pytest.raises(ProblemError) as unit:
        Quantity(Decimal(3), "坨")
    assert str(unit.value) == "单位“坨”：不在单位表中。请改用常用单位，例如 家、个、项、万元、%"
    with pytest.raises(ProblemError) as text:
        Quantity.parse("若干家")
    assert str(text.value) == "数量“若干家”：不是“数字+单位”。请写成数字加单位，例如 250家、1.2亿元、30%"
