"""Working days by the announced calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import WorkCalendar, Workday

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=60).map(
    lambda days: WorkCalendar(days, frozenset({2025, 2026, 2027}))
)
SPRING = WorkCalendar(
    {date(2026, 10, day): False for day in (1, 2, 5, 6, 7)} | {date(2026, 10, 10): True}, frozenset({2026})
)


@given(CALENDARS, DAYS, st.integers(1, 80))
def test_adding_then_counting_gives_the_same_number(calendar, day, count):
    ahead = calendar.add_workdays(day, count).day
    assert calendar.workdays_between(day, ahead) == count
    behind = calendar.add_workdays(day, -count).day
    assert calendar.workdays_between(day, behind) == -count


@given(CALENDARS, DAYS, st.integers(-80, 80))
def test_it_ends_on_a_working_day(calendar, day, count):
    assert calendar.is_workday(calendar.add_workdays(day, count).day)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_counts_of_adjoining_stretches_add_up(calendar, one, two, three):
    first, middle, last = sorted((one, two, three))
    whole = calendar.workdays_between(first, last)
    assert whole == calendar.workdays_between(first, middle) + calendar.workdays_between(middle, last)


@given(CALENDARS, DAYS)
def test_going_forth_and_back_from_a_working_day_returns(calendar, day):
    start = calendar.add_workdays(day, 0).day
    assert calendar.add_workdays(calendar.add_workdays(start, 7).day, -7).day == start


def test_holidays_are_skipped_and_worked_saturdays_counted():
    assert SPRING.add_workdays(date(2026, 9, 30), 3) == Workday(date(2026, 10, 10), provisional=False)
    assert SPRING.workdays_between(date(2026, 9, 30), date(2026, 10, 12)) == 4
    assert not SPRING.is_workday(date(2026, 10, 11))


def test_a_year_not_announced_is_provisional():
    assert SPRING.is_provisional(2027)
    assert not SPRING.is_provisional(2026)
    assert SPRING.add_workdays(date(2026, 12, 31), 1) == Workday(date(2027, 1, 1), provisional=True)


def test_zero_days_move_to_the_next_working_day_only_where_needed():
    sunday = date(2026, 6, 28)
    assert SPRING.add_workdays(sunday, 0).day == sunday + timedelta(days=1)
    assert SPRING.add_workdays(date(2026, 6, 30), 0).day == date(2026, 6, 30)
