"""A cell as text, identifier, number and amount of money."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Money, ProblemError, parse_number
from huanchuang.engines.sheets import Broken, amount_of, identifier_of, is_blank, number_text, text_of


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""), ("甲", "甲"), (3, "3"), (3.0, "3"), (2.50, "2.5"), (0.1 + 0.2, "0.3"), (True, "是"), (False, "否"),
        (1e-7, "0.0000001"), (201710601862.3, "201710601862.3"), (date(2023, 6, 1), "2023-06-01"),
        (datetime(2023, 6, 1, 8, 30), "2023-06-01 08:30"), (time(8, 30), "08:30"), (timedelta(hours=36), "36:00:00"),
        (Broken("#REF!"), ""),
    ],
)  # fmt: skip
def test_it_shows_what_a_person_sees(cell, shown):
    assert text_of(cell) == shown


def test_it_says_that_excel_lost_the_last_digits_of_a_code():
    with pytest.raises(ProblemError) as refused:
        identifier_of(1.234567890123457e17)
    assert refused.value.text() == (
        "数字“123456789012346000”：超过15位，Excel 已经把后面的数字变成了0。请把单元格设为文本格式，再重新填写"
    )
    assert identifier_of(13800000001) == "13800000001"


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        (120, "万元", "120万元"), (120, "", "120元"), ("1,250.5", "万元", "1250.5万元"), ("１２０", "万元", "120万元"),
        ("50万元", "元", "50万元"), ("￥1,200", "元", "1200元"), ("(300)", "万元", "-300万元"), ("（300）", "元", "-300元"),
        ("面议", "万元", "面议"), (None, "万元", ""), (12.5, "%", "12.5元"), ("3 000", "元", "3000元"),
    ],
)  # fmt: skip
def test_it_gives_an_amount_the_unit_of_its_column(cell, unit, amount):
    assert amount_of(cell, unit).replace(",", "") == amount


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("12台", "台", "12"),
        ("1,200", "", "1,200"),
        ("（3）", "", "-3"),
        (7, "人", "7"),
        ("台", "台", "台"),
        ("25%", "", "25%"),
    ],
)
def test_it_takes_the_unit_off_a_number(cell, unit, number):
    assert number_text(cell, unit) == number


def test_it_knows_the_signs_for_nothing():
    marks = frozenset({"/", "-", "—"})
    assert all(is_blank(cell, marks) for cell in (None, "/", " - ", "—", "／", "－"))
    assert not any(is_blank(cell, marks) for cell in ("无", 0, False, "a/b"))


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from(["元", "万元", "亿元"]))
def test_an_amount_keeps_its_value(number, unit):
    assert Money.parse(amount_of(f"{number:f}", unit)) == Money.from_unit(number, unit)


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_a_number_of_excel_keeps_its_fifteen_digits(digits, places):
    number = Decimal(digits).scaleb(-places)
    assert parse_number(text_of(float(number))) == number
