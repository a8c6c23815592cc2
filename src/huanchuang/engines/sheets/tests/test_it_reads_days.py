"""The day that a cell means, however it is written."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Broken, day_of

from .messy import check_english

JUNE = date(2023, 6, 1)


@pytest.mark.parametrize(
    "written",
    [
        JUNE, datetime(2023, 6, 1, 8, 30), "2023-06-01", "2023/6/1", "2023.6.1", "2023．6．1", "2023年6月1日", "2023年06月01号",
        "２０２３年６月１日", "2023 年 6 月 1 日", "20230601", 20230601, 45078, 45078.75, "45078", "2023-06-01 08:30:00",
        "2023-06-01T00:00:00Z", "2023年6月1日 8时30分", "二〇二三年六月一日", "二○二三年六月一日", "2023.06.01.",
    ],
)  # fmt: skip
def test_it_reads_a_day(written):
    assert (day_of(written).value, day_of(written).precision) == (JUNE, "day")


@pytest.mark.parametrize(
    "written", ["2023年6月", "2023年06月份", "2023.6", "2023-06", "202306", 202306, 2023.6, "二〇二三年六月"]
)
def test_it_reads_a_month_and_says_that_it_is_one(written):
    assert (day_of(written).value, day_of(written).precision) == (JUNE, "month")


@pytest.mark.parametrize("written", [2023, "2023", "2023年", "二〇二三年"])
def test_it_reads_a_year_and_says_that_it_is_one(written):
    assert (day_of(written).value, day_of(written).precision) == (date(2023, 1, 1), "year")


def test_it_reads_october_where_the_text_keeps_its_zero():
    assert day_of("2023.10").value == date(2023, 10, 1)
    assert day_of("2023.1").value == date(2023, 1, 1)


def test_it_does_not_guess_between_january_and_october():
    with pytest.raises(ProblemError) as refused:
        day_of(2023.1)
    assert refused.value.text() == (
        "日期“2023.1”：可能是1月，也可能是10月：Excel 去掉了数字末尾的0。请写成 2023-01 或 2023-10"
    )


@pytest.mark.parametrize(
    "written", ["2023-02-29", "2023年2月30日", 20230230, "2023.13.1", "2023年0月1日", 60, "60.5" and 60]
)
def test_it_says_that_there_is_no_such_day(written):
    with pytest.raises(ProblemError, match="日历上没有这一天"):
        day_of(written)


def test_it_knows_the_leap_day():
    assert day_of("2024年2月29日").value == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("serial", "day"),
    [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1)), (36526, date(2000, 1, 1))],
)
def test_it_knows_the_day_that_excel_made_up(serial, day):
    assert day_of(serial).value == day


def test_it_counts_from_1904_where_told():
    assert day_of(43616, counts_from_1904=True).value == JUNE


@pytest.mark.parametrize(
    "written",
    [
        "",
        "长期",
        "下月",
        "6月1日",
        "0",
        0,
        -5,
        1e9,
        True,
        None,
        Broken("#REF!"),
        timedelta(hours=3),
        "1/2/3",
        "1799-01-01",
        date(1799, 1, 1),
    ],
)
def test_it_refuses_what_is_no_day(written):
    with pytest.raises(ProblemError) as refused:
        day_of(written)
    assert all(problem.en for problem in refused.value.problems)


days = st.dates(date(1900, 3, 1), date(2199, 12, 31))


@given(days)
def test_every_way_of_writing_a_day_gives_that_day(day):
    ways = [
        day.isoformat(), f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month:02d}.{day.day:02d}",
    ]  # fmt: skip
    assert {day_of(way).value for way in ways} == {day}


@given(st.dates(date(1912, 1, 1), date(2199, 12, 31)))
def test_a_serial_number_is_the_day_that_excel_shows(day):
    assert day_of((day - date(1899, 12, 30)).days).value == day


@given(st.text(max_size=20))
def test_it_never_fails_in_another_way(text):
    try:
        assert 1900 <= day_of(text).value.year <= 2199
    except ProblemError as refused:
        check_english(refused)
