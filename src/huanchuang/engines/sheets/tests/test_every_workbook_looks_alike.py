"""A workbook that the product makes: text stays text, numbers can be summed, rows are as high as what they hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from huanchuang.engines.sheets.look import (
    A4,
    MOST_HEIGHT,
    Look,
    height_of,
    lines_of,
    new_book,
    number_format,
    plain,
    print_setup,
)

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "http://example.test", "007", "\u0000空\u0007响")


def written(*values):
    """The values that a reader finds in a row that was written, and the bytes."""
    buffer = BytesIO()
    with new_book(buffer) as book:
        sheet, look = book.add_worksheet("表"), Look(book)
        for column, value in enumerate(values):
            look.write(sheet, 0, column, value)
        print_setup(sheet, A4, 0)
    return CalamineWorkbook.from_filelike(BytesIO(buffer.getvalue())).get_sheet_by_index(0).to_python()[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    assert written(text, "末") == [plain(text), "末"]


@given(st.integers(-(10**14), 10**14), st.decimals(-1000, 1000, places=4))
def test_numbers_are_numbers(whole, figure):
    found = written(whole, figure, "末")
    assert (Decimal(found[0]), round(Decimal(found[1]), 4)) == (Decimal(whole), figure)


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_text():
    assert written(1234567890123456, "末")[0] == "1234567890123456"


def test_a_day_is_a_day_and_nothing_is_empty():
    assert written(dt.date(2024, 2, 29), None, "末") == [dt.date(2024, 2, 29), "", "末"]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (1200, "#,##0"), (Decimal("1200"), "#,##0"), (Decimal("1200.00"), "#,##0"), (Decimal("1.50"), "#,##0.0"),
        (Decimal("-0.125"), "#,##0.000"), (Decimal("1E+3"), "#,##0"), (Decimal("0.12345678"), "#,##0.000000"),
    ],
)  # fmt: skip
def test_a_number_shows_the_decimals_it_has(value, form):
    assert number_format(value) == form


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("短", 10, 1),
        ("一二三四五", 11, 1),
        ("一二三四五六", 11, 2),
        ("一\n二", 30, 2),
        ("abcdefghij", 11, 1),
    ],
)
def test_a_chinese_sign_is_two_wide(text, width, lines):
    assert lines_of(text, width) == lines


def test_a_row_is_as_high_as_its_fullest_cell_and_never_more_than_excel_takes():
    one, two = height_of([("短", 10)]), height_of([("短", 10), ("一二三四五六", 11)])
    assert one < two < height_of([("一" * 10_000, 11)]) == MOST_HEIGHT
    assert height_of([("短", 10)], least=28) == 28
