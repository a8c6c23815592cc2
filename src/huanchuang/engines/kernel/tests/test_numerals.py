"""Numbers as people write them."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError, parse_number, read_number

DIGITS = "零一二三四五六七八九"
STEPS = ("", "十", "百", "千")


def below_myriad(number: int) -> str:
    """The regular Chinese numeral of 1 to 9999."""
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + STEPS[place]
            gap = False
        else:
            gap = True
    return out


def chinese(number: int) -> str:
    """The regular Chinese numeral below 10^12, written independently of the parser."""
    if number == 0:
        return "零"
    out = ""
    for sign, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group = number // size % 10**4
        if group:
            out += ("零" if out and group < 1000 else "") + below_myriad(group) + sign
    return out


@given(st.integers(0, 10**12 - 1))
def test_it_reads_every_regular_chinese_numeral(number):
    assert parse_number(chinese(number)) == number


@given(st.decimals(0, 10**12, places=4))
def test_it_reads_arabic_numbers_in_any_width_and_with_separators(number):
    wide = str(number).translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789."})
    assert parse_number(f"{number}") == parse_number(f"{number:,}") == parse_number(wide) == number


@given(st.text(max_size=12))
def test_it_reads_or_refuses_but_never_breaks(text):
    with suppress(ProblemError):
        assert isinstance(read_number(text).value, Fraction)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千二百三十四", "1234"),
        ("1,234.5", "1234.5"),
        ("３０", "30"),
        ("1.2万", "12000"),
        ("两百五十", "250"),
        ("两百五", "250"),
        ("一千二", "1200"),
        ("三千万亿", "3000000000000000"),
        ("二〇二六", "2026"),
        ("十", "10"),
        ("十二", "12"),
        ("三点一四", "3.14"),
        ("百分之三十", "0.3"),
        ("百分之百", "1"),
        ("千分之三", "0.003"),
        ("30%", "0.3"),
        ("三成", "0.3"),
        ("一半", "0.5"),
        ("四分之三", "0.75"),
        ("-5", "-5"),
    ],
)
def test_it_reads_the_forms_of_plans(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "bound", "growth"),
    [
        ("3千多", 3000, ">", False),
        ("二十余", 20, ">", False),
        ("十几", 10, ">", False),
        ("近100", 100, "~", False),
        ("翻一番", 1, "=", True),
        ("翻两番", 3, "=", True),
        ("三分之一", Fraction(1, 3), "=", False),
    ],
)
def test_it_says_how_vague_a_number_is(text, value, bound, growth):
    number = read_number(text)
    assert (number.value, number.bound, number.growth) == (value, bound, growth)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "几",
        "几十",
        "abc",
        "1.2.3",
        "十百",
        "一二百",
        "万",
        "1,23",
        "零分之三",
        "数十",
        "二十三十",
        "%",
        "三%%分之",
    ],
)
def test_it_refuses_what_is_no_exact_number(text):
    with pytest.raises(ProblemError):
        parse_number(text)


def test_its_messages():
    with pytest.raises(ProblemError) as vague:
        parse_number("十几")
    assert str(vague.value) == "数字“十几”：是约数，不是确切的数。请写出确切的数值"
    with pytest.raises(ProblemError) as endless:
        parse_number("三分之一")
    assert str(endless.value) == "数字“三分之一”：不能写成有限小数。请改写为百分数或小数并注明保留几位"
    with pytest.raises(ProblemError) as nothing:
        parse_number("若干")
    assert (
        nothing.value.text("en")
        == 'number "若干": is not a number. Write Arabic digits (1234.5) or a regular Chinese numeral (一千二百三十四)'
    )
