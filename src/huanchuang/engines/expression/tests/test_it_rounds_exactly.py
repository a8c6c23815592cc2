"""Money and shares are exact, at the boundary and at the edge of what columns can hold, in a record and a table alike."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression.arithmetic import rounded

from .asking import WAN, YI, ask

LARGEST = 10**15


@pytest.mark.parametrize(
    ("sales", "rd", "wanted"),
    [
        (5000 * WAN, 250 * WAN, True), (5000 * WAN, 250 * WAN - 1, False), (5000 * WAN + 1, 250 * WAN, True), (5000 * WAN + 1, 200 * WAN, False),
        (5000 * WAN + 25, 200 * WAN + 1, True), (2 * YI, 800 * WAN, True), (2 * YI, 800 * WAN - 1, False), (2 * YI + 1, 600 * WAN, False), (2 * YI + 1, 600 * WAN + 1, True),
        (LARGEST, 3 * LARGEST // 100, True), (LARGEST, 3 * LARGEST // 100 - 1, False), (LARGEST - 1, 3 * LARGEST // 100, True),
    ],
)  # fmt: skip
def test_it_compares_a_quotient_to_the_fen(sales, rd, wanted):
    assert (
        ask(
            "研发费用 / 销售收入 >= band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)",
            {"销售收入@2025": sales, "研发费用@2025": rd},
        )
        is wanted
    )


def test_it_tells_apart_what_floating_point_cannot():
    facts = {
        "销售收入@2025": LARGEST,
        "研发费用@2025": LARGEST - 1,
        "净利润@2025": LARGEST - 1,
        "净资产@2025": LARGEST - 2,
    }
    assert ask("研发费用 / 销售收入 < 100%", facts) is True
    # (n-1)/n and (n-2)/(n-1) differ by 1e-30: equal as 64-bit floating point, apart here.
    assert (LARGEST - 1) / LARGEST == (LARGEST - 2) / (LARGEST - 1)
    assert ask("研发费用 / 销售收入 > 净资产 / 净利润", facts) is True
    assert ask("研发费用 / 销售收入 = 净资产 / 净利润", facts) is False


def test_it_holds_products_beyond_64_bits():
    facts = {
        "销售收入@2025": LARGEST,
        "研发费用@2025": LARGEST,
        "净利润@2025": -LARGEST,
        "净资产@2025": LARGEST,
    }
    assert ask("研发费用 * 销售收入", facts) == LARGEST**2
    assert ask("净利润 * 净资产 / 1元 = -(研发费用 * 销售收入 / 1元)", facts) is True
    assert ask("sum(研发费用, 近1年) * sum(销售收入, 近1年) > 研发费用 * (销售收入 - 0.01元)", facts) is True


@pytest.mark.parametrize(
    ("text", "fen", "wanted"),
    [
        ("round(净利润 / 3)", 100, 33), ("round(净利润 / 3)", 200, 67), ("round(净利润 / 2)", 1, 1), ("round(净利润 / 2)", -1, -1), ("round(净利润 / 2)", -3, -2),
        ("floor(净利润 / 2)", -1, -1), ("ceil(净利润 / 2)", -1, 0), ("floor(净利润, 1元)", 199, 100), ("ceil(净利润, 1元)", 101, 200), ("round(净利润, 1元)", 150, 200),
        ("round(净利润, 1万元)", 1_4999_99, 1_0000_00), ("round(净利润, 1万元)", 1_5000_00, 2_0000_00), ("round(净利润 * 33%, 0.1元)", 100, 30), ("round(净利润, 3元)", 450, 600),
        ("cap(round(净利润 * 12.5%, 1元), 100元)", 99_999, 100_00), ("净利润 * 10% + 0.01元", 10, 2),
    ],
)  # fmt: skip
def test_it_rounds_money_as_it_is_told(text, fen, wanted):
    assert ask(text, {"净利润@2025": fen}) == wanted


def test_it_rounds_nothing_by_itself():
    assert ask("净利润 / 3", {"净利润@2025": 100}) == Fraction(100, 3)
    assert ask("净利润 / 3 * 3 = 净利润", {"净利润@2025": 100}) is True


@given(st.fractions(max_denominator=10**6), st.fractions(Fraction(1, 1000), 1000, max_denominator=1000))
def test_it_rounds_to_a_multiple_next_to_the_value(value, step):
    down, near, up = (rounded(value, step, way) for way in ("down", "nearest", "up"))
    assert down <= value <= up
    assert up - down in (0, step)
    assert near in (down, up)
    assert abs(value - near) * 2 <= step
    assert (Fraction(near) / step).denominator == 1
    assert rounded(-value, step, "nearest") == -near


@settings(max_examples=40, deadline=None)
@given(st.integers(0, LARGEST), st.integers(1, LARGEST), st.integers(0, 1000), st.integers(-1, 1))
def test_it_finds_the_boundary_of_any_share(part, whole, permille, off):
    """At share × whole exactly, and one fen beside it."""
    edge = -(-permille * whole // 1000) + off
    value = min(max(edge, 0), LARGEST)
    facts = {"研发费用@2025": value, "销售收入@2025": whole}
    assert ask(f"研发费用 / 销售收入 >= {permille}‰", facts) is (value * 1000 >= permille * whole)
