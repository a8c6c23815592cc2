"""Terms in working days, days and months; what no rule says stays unknown."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.packs.problems import Place
from huanchuang.packs.schema import Located
from huanchuang.packs.vocabulary import letter_handling, work_calendar
from huanchuang.packs.vocabulary.handling import Handling, HandlingRules, Term
from huanchuang.steering.queries.letters.terms import due

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 12, 1))


def term(amount: int | None, unit: str) -> Term:
    return Term("x", "期限", "term", amount, unit, "测试")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last", "moved"),
    [
        ("2026-04-28", 3, "workday", "2026-05-06", False),  # over Labour Day
        (
            "2026-03-20",
            3,
            "month",
            "2026-06-22",
            True,
        ),  # 20 June is a Saturday, in 2026 within 端午: the 22nd is worked
        ("2026-11-30", 3, "month", "2027-03-01", True),  # the last day of February is a Sunday
        ("2026-05-31", 1, "month", "2026-06-30", False),
        ("2026-06-10", 10, "day", "2026-06-22", True),
    ],
)
def test_the_last_day_is_a_working_day(start, amount, unit, last, moved):
    found = due(term(amount, unit), dt.date.fromisoformat(start), work_calendar())
    assert (found.day.isoformat(), found.moved) == (last, moved)


@given(DAYS, st.integers(0, 12), st.sampled_from(["workday", "day", "month"]))
def test_it_ends_on_a_day_that_is_worked_and_never_before_it_began(start, amount, unit):
    calendar = work_calendar()
    found = due(term(amount, unit), start, calendar)
    assert calendar.is_workday(found.day)
    assert found.day >= start


@given(DAYS, st.integers(0, 11), st.sampled_from(["workday", "day", "month"]))
def test_a_longer_term_never_ends_earlier(start, amount, unit):
    calendar = work_calendar()
    assert due(term(amount, unit), start, calendar).day <= due(term(amount + 1, unit), start, calendar).day


def test_what_no_rule_says_is_unknown():
    assert due(letter_handling().term("again"), dt.date(2026, 6, 1), work_calendar()) is None
    assert letter_handling().term("a term nobody knows").amount is None


def test_a_district_replaces_single_terms():
    place = Place("test")

    def pack(*terms: Term) -> Handling:
        return Handling(
            "letter-handling", "handling", tuple(Located(one, place) for one in terms), (), (), ()
        )

    national = pack(
        Term("reply", "答复", "Reply", 3, "month", "通行"), Term("again", "重办", "Again", None, None, "无")
    )
    rules = HandlingRules([national, pack(Term("again", "重办", "Again", 1, "month", "本区办法"))])
    assert (rules.term("again").amount, rules.term("reply").amount) == (1, 3)
