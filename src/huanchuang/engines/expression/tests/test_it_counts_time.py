"""Dates: years, months, days and working days, in a record and a table alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression.arithmetic import day_number, day_table, full_years, months_later, moved
from huanchuang.engines.expression.vocabulary import FIRST_DAY, LAST_DAY

from .asking import ask, on, step
from .sample import CALENDAR

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("registered", "as_of", "reached"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), True), (date(2025, 1, 2), date(2026, 1, 1), False), (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 2, 27), False), (date(2024, 2, 28), date(2025, 2, 28), True), (date(2023, 2, 28), date(2024, 2, 28), True),
    ],
)  # fmt: skip
def test_it_calls_a_year_full_on_the_same_day_of_the_next_year(registered, as_of, reached):
    for text in (
        "注册日期 + 1年 <= 基准日",
        "age(注册日期) >= 1年",
        "满年数(注册日期) >= 1",
        "基准日 >= 注册日期 + 12个月",
    ):
        assert ask(text, {"注册日期": registered}, situation=on(as_of)) is reached, text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("注册日期 + 1个月", date(2024, 2, 29)), ("注册日期 + 13个月", date(2025, 2, 28)), ("注册日期 - 2个月", date(2023, 11, 30)),
        ("注册日期 + 3年", date(2027, 1, 31)), ("30天 + 注册日期", date(2024, 3, 1)), ("注册日期 - 31天", date(2023, 12, 31)), ("注册日期 + 2周", date(2024, 2, 14)),
        ("注册日期 + 500年", date(2199, 12, 31)), ("注册日期 - 999年", date(1900, 1, 1)), ("注册日期 + 0天", date(2024, 1, 31)),
    ],
)  # fmt: skip
def test_it_moves_a_date_by_the_calendar(text, wanted):
    assert ask(text, {"注册日期": date(2024, 1, 31)}) == wanted


def test_it_counts_the_days_between_two_dates():
    facts = {"注册日期": date(2024, 2, 1), "发证日期": date(2024, 3, 1)}
    assert ask("发证日期 - 注册日期", facts) == 29
    assert ask("发证日期 - 注册日期 <= 29天", facts) is True
    assert ask("注册日期 - 发证日期", facts) == -29
    assert ask("发证日期 > 注册日期", facts) is True
    assert ask("发证日期 = 2024-03-01", facts) is True
    assert ask("发证日期 != 2024年3月1日", facts) is False
    assert ask("发证日期 > 注册日期", {"注册日期": date(2024, 2, 1)}) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("注册日期 + 1个工作日", date(2025, 10, 9)), ("注册日期 + 10个工作日", date(2025, 10, 21)), ("注册日期 - 3个工作日", date(2025, 9, 26)),
        ("注册日期 + 0个工作日", date(2025, 9, 30)), ("2025-10-01 + 0个工作日", date(2025, 10, 9)), ("2025-10-01 + 1个工作日", date(2025, 10, 9)),
    ],
)  # fmt: skip
def test_it_counts_working_days_by_the_announced_calendar(text, wanted):
    assert ask(text, {"注册日期": date(2025, 9, 30)}) == wanted


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(-300, 300), DAYS)
def test_it_counts_working_days_as_the_kernel_does(day, count, other):
    table = day_table(CALENDAR)
    kernel = day_number(CALENDAR.add_workdays(day, count).day)
    if table.workdays[0] < kernel < table.workdays[-1]:
        assert table.later(day_number(day), count) == kernel
    other = min(max(other, day - timedelta(days=2000)), day + timedelta(days=2000))
    assert table.between(day_number(day), day_number(other)) == CALENDAR.workdays_between(day, other)


def test_it_marks_working_days_of_a_year_that_is_not_announced():
    assert step("注册日期 + 10个工作日 >= 基准日", {"注册日期": date(2025, 12, 30)}).parts[0].provisional
    assert not step("注册日期 + 10个工作日 >= 基准日", {"注册日期": date(2025, 9, 30)}).parts[0].provisional


@given(DAYS, st.integers(-400, 400), st.sampled_from(["年", "月", "天", "工作日"]), st.integers(0, 3))
def test_it_never_moves_a_later_day_before_an_earlier_one(day, count, unit, later):
    number = day_number(day)
    after = min(number + later, LAST_DAY)
    table = day_table(CALENDAR)
    assert FIRST_DAY <= moved(number, count, unit, table) <= moved(after, count, unit, table) <= LAST_DAY


@given(DAYS, st.integers(0, 200))
def test_it_counts_full_years_as_the_calendar_moves_dates(day, years):
    number = day_number(day)
    reached = months_later(number, 12 * years)
    if reached < LAST_DAY:
        assert full_years(number, reached) == years
        assert full_years(number, reached - 1) == years - 1


@settings(max_examples=25, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=3), DAYS, st.integers(-30, 30), st.sampled_from(["年", "个月", "天", "个工作日"]), st.sampled_from([">=", "<=", ">", "<", "="]))  # fmt: skip
def test_it_compares_moved_dates_in_tables_as_in_records(days, mark, count, unit, sign):
    moved_by = f"+ {count}{unit}" if count >= 0 else f"- {-count}{unit}"
    for day in days:
        facts = {"注册日期": day, "发证日期": mark}
        ask(f"注册日期 {moved_by} {sign} {mark}", facts)  # `ask` compares both executions
        ask(f"{mark} {sign} 注册日期 {moved_by}", facts)
        ask(f"注册日期 {moved_by} {sign} 发证日期", facts)
        ask(f"age(注册日期, {mark}) {sign} {abs(count)}年", facts)
        ask(f"age({mark}, 注册日期) {sign} {abs(count)}年", facts)
        ask(f"workdays(注册日期, 发证日期) {sign} {abs(count)}个工作日", facts)
