"""Periods: every form reads, every code comes back, neighbours fit without gap."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Period, ProblemError

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
KINDS = st.sampled_from(["year", "half", "quarter", "month", "week"])
CALENDAR = st.builds(Period.containing, DAYS, KINDS)
SINCE = (
    st.tuples(DAYS, CALENDAR)
    .filter(lambda pair: pair[0] <= pair[1].end)
    .map(lambda pair: Period.since(*pair))
)
PERIODS = CALENDAR | SINCE


@given(PERIODS)
def test_its_code_and_its_label_read_back(period):
    assert Period.from_code(period.code) == Period.parse(period.code) == period
    assert Period.parse(period.label()) == period


@given(CALENDAR)
def test_neighbours_meet_without_gap(period):
    assert period.next().start == period.end + timedelta(days=1)
    assert period.next().previous() == period.previous().next() == period
    assert period.previous() < period < period.next()


@given(DAYS, KINDS)
def test_it_contains_the_day_it_was_made_for(day, kind):
    period = Period.containing(day, kind)
    assert period.contains(day)
    assert not period.next().contains(day)
    assert period.kind == kind


@given(CALENDAR)
def test_a_year_before_is_the_same_part_of_the_year(period):
    before = period.year_before()
    assert before.kind == period.kind
    assert 350 < (period.start - before.start).days < 380
    if period.kind != "week":
        assert before.number == period.number


@given(PERIODS, PERIODS)
def test_it_sorts_and_hashes_by_content(one, other):
    assert (one == other) == (one.code == other.code)
    assert len({one, Period.from_code(one.code)}) == 1
    assert (one < other) or (other < one) or one == other


@given(st.text(max_size=14) | st.from_regex(r"[0-9一二〇十年月季度第上下半Q\-.]{1,12}", fullmatch=True))
def test_it_reads_or_refuses_but_never_breaks(text):
    for reference in (None, date(2026, 6, 30)):
        with suppress(ProblemError):
            period = Period.parse(text, reference)
            assert Period.from_code(period.code) == period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026年度", "2026"),
        ("二〇二六年", "2026"),
        ("二零二六年", "2026"),
        ("２０２６年", "2026"),
        ("2026年上半年", "2026H1"),
        ("2026下半年", "2026H2"),
        ("2026年二季度", "2026Q2"),
        ("2026年第二季度", "2026Q2"),
        ("２０２６年第４季度", "2026Q4"),
        ("2026-Q2", "2026Q2"),
        ("2026Q2", "2026Q2"),
        ("2026年6月", "2026-06"),
        ("2026年6月份", "2026-06"),
        ("二〇二六年十二月", "2026-12"),
        ("2026-06", "2026-06"),
        ("202606", "2026-06"),
        ("2026/6", "2026-06"),
        ("2026W23", "2026W23"),
        ("2026-W03", "2026W03"),
        ("2026年第23周", "2026W23"),
        ("2025年以来至2026-06", "2025-01-01..2026-06"),
        ("自2025年3月以来至2026年二季度", "2025-03-01..2026Q2"),
        ("2025年3月15日至2026年6月", "2025-03-15..2026-06"),
        ("2026年1-6月", "2026-01-01..2026-06"),
        ("2026年1至11月份", "2026-01-01..2026-11"),
        ("2026年前三季度", "2026-01-01..2026Q3"),
        ("“十四五”期间", "2021-01-01..2025"),
        ("十五五", "2026-01-01..2030"),
    ],
)
def test_it_reads_the_forms_of_papers(text, code):
    assert Period.parse(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年", "2026"),
        ("去年", "2025"),
        ("上年度", "2025"),
        ("明年上半年", "2027H1"),
        ("去年二季度", "2025Q2"),
        ("上半年", "2026H1"),
        ("二季度", "2026Q2"),
        ("6月", "2026-06"),
        ("1-6月", "2026-01-01..2026-06"),
        ("本月", "2026-01"),
        ("上月", "2025-12"),
        ("上季度", "2025Q4"),
        ("下季度", "2026Q2"),
        ("本周", "2026W01"),
        ("上周", "2025W52"),
        ("2025年以来", "2025-01-01..2026-01"),
        ("今年以来", "2026-01-01..2026-01"),
    ],
)
def test_relative_words_count_from_the_reference_date(text, code):
    assert Period.parse(text, date(2026, 1, 2)).code == code


def test_without_a_reference_date_relative_words_are_refused():
    with pytest.raises(ProblemError) as error:
        Period.parse("今年")
    assert str(error.value) == "期间“今年”：是相对说法，不知以哪一天为准。请写明年份，或给出基准日期"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "下个世纪",
            "期间“下个世纪”：无法识别。请写成 2026年、2026年上半年、2026年第二季度、2026年6月 或 2026年第23周 的形式",
        ),
        ("2026年13月", "期间“2026年13月”：没有这个月。请改正年份或序号"),
        ("2026年第五季度", "期间“2026年5季度”：没有这个季度。请改正年份或序号"),
        ("2026W60", "期间“2026年第60周”：没有这一周。请改正年份或序号"),
        ("2026-06-01..2025", "期间“2026-06-01..2025”：起点晚于终点，或终点本身是累计期。请改正年份或序号"),
    ],
)
def test_its_messages(text, message):
    with pytest.raises(ProblemError) as error:
        Period.parse(text)
    assert str(error.value) == message


def test_it_gives_first_and_last_day():
    assert (Period.quarter(2026, 2).start, Period.quarter(2026, 2).end) == (
        date(2026, 4, 1),
        date(2026, 6, 30),
    )
    assert Period.month(2024, 2).end == date(2024, 2, 29)
    assert Period.week(2026, 1).start == date(2025, 12, 29)
    assert Period.year(2026).contains(Period.half(2026, 2))
    assert not Period.half(2026, 2).contains(Period.year(2026))


def test_it_speaks_both_languages():
    assert Period.quarter(2026, 2).label() == "2026年第二季度"
    assert Period.quarter(2026, 2).label("en") == "Q2 2026"
    assert Period.month(2026, 6).label("en") == "June 2026"
    assert Period.since(date(2025, 1, 1), Period.month(2026, 6)).label("en") == "2025-01-01 through June 2026"
