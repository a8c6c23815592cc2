"""Sent, slip, done again, published, closed; and what is counted of it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from huanchuang.engines.kernel import ProblemError
from huanchuang.steering.models import Letter
from huanchuang.steering.queries.letters.lists import LetterFilters, letter_list, waiting_letters
from huanchuang.steering.queries.letters.statistics import percent, statistics
from huanchuang.steering.queries.letters.visibility import published_letters
from huanchuang.steering.queries.letters.workbook import statistics_book
from huanchuang.steering.services.letters.answering import (
    close,
    decide_publicity,
    do_again,
    note_feedback,
    send,
)
from huanchuang.steering.services.letters.assigning import accept, assign
from huanchuang.steering.services.letters.drafting import Written, begin_reply, write
from huanchuang.steering.services.letters.intake import register_letter
from huanchuang.steering.services.letters.remind import remind_letters
from huanchuang.steering.services.letters.signing import sign, submit
from huanchuang.steering.tests.letters.scene import TODAY, again, given, part, press


def refusal(step) -> str:
    with pytest.raises(ProblemError) as refused:
        step()
    return refused.value.problems[0].code


def reply(letter: Letter, cast, mark: str = "A") -> Letter:
    """Write, sign and send."""
    draft = begin_reply(cast.officer, letter)
    draft = write(cast.officer, draft, draft.version, Written(draft.title, "", "已经办好。", mark))
    submit(draft, press(cast.officer), cast.leader)
    sign(draft, press(cast.leader))
    return send(again(letter), press(cast.officer))


@pytest.fixture
def sent(handled, cast) -> Letter:
    return reply(handled, cast, "B")


def test_the_leader_finds_what_to_sign(handled, cast):
    draft = begin_reply(cast.officer, handled)
    draft = write(cast.officer, draft, draft.version, Written(draft.title, "", "已经办好。", "A"))
    submit(draft, press(cast.officer), cast.leader)
    assert [task.draft for task in waiting_letters(cast.leader, TODAY)] == [draft]


def test_it_keeps_the_day_and_the_result_of_the_reply(sent):
    assert (sent.state, sent.replied_on, sent.first_replied_on, sent.mark) == ("sent", TODAY, TODAY, "B")


def test_a_slip_comes_after_the_reply_and_not_from_the_future(sent, cast):
    for day in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
        assert (
            refusal(lambda day=day: note_feedback(sent, press(cast.officer), "satisfied", day))
            == "steering.letter.slip"
        )
    assert (
        refusal(lambda: note_feedback(sent, press(cast.officer), "splendid", TODAY)) == "steering.letter.slip"
    )


def test_only_a_dissatisfied_answer_is_done_again_with_a_day_of_its_own(sent, cast):
    note_feedback(sent, press(cast.officer), "dissatisfied", TODAY)
    assert refusal(lambda: do_again(sent, press(cast.officer, "重办"))) == "steering.letter.again_day"
    assert refusal(lambda: do_again(sent, press(cast.officer, "重办"), TODAY)) == "steering.letter.again_day"
    do_again(sent, press(cast.officer, "请补充"), dt.date(2026, 7, 31))
    second = again(sent)
    assert (second.state, second.round, second.due_on) == ("handling", 2, dt.date(2026, 7, 31))
    assert second.first_due_on == dt.date(2026, 9, 30)


def test_a_satisfied_answer_is_not_done_again(sent, cast):
    note_feedback(sent, press(cast.officer), "basically", TODAY)
    assert (
        refusal(lambda: do_again(sent, press(cast.officer, "重办"), dt.date(2026, 7, 31)))
        == "steering.letter.no_again"
    )


def test_of_a_second_reply_everything_is_asked_anew(sent, cast):
    decide_publicity(sent, press(cast.officer), True)
    note_feedback(sent, press(cast.officer), "dissatisfied", TODAY)
    do_again(sent, press(cast.officer, "请补充"), dt.date(2026, 7, 31))
    second = reply(again(sent), cast)
    assert (second.mark, second.verdict, second.publicity, second.published_on) == ("A", "", "", None)
    assert not published_letters().exists()


def test_it_closes_when_publication_is_decided(sent, cast):
    note_feedback(sent, press(cast.officer), "satisfied", TODAY)
    assert refusal(lambda: close(sent, press(cast.officer))) == "steering.letter.publicity"
    assert refusal(lambda: decide_publicity(sent, press(cast.officer), False)) == "steering.letter.words"
    decide_publicity(sent, press(cast.officer, "涉及未公开的规划"), False)
    close(sent, press(cast.officer))
    assert again(sent).state == "closed"
    assert not published_letters().exists()


def test_nobody_is_asked_to_accept_what_has_been_answered(sent, cast, units, helper):
    """The unit that helps never answered; the letter went on without it."""
    waiting = part(sent, units.bureau)
    assert waiting.state == "waiting"
    assert waiting_letters(helper, TODAY) == []
    assert remind_letters(dt.date(2026, 8, 3)) == 0
    assert refusal(lambda: accept(waiting, press(helper))) == "steering.letter.state"


def test_without_a_slip_or_with_a_bad_one_closing_needs_a_reason(sent, cast):
    decide_publicity(sent, press(cast.officer), True)
    assert refusal(lambda: close(sent, press(cast.officer))) == "steering.letter.words"
    note_feedback(sent, press(cast.officer), "dissatisfied", TODAY)
    assert refusal(lambda: close(sent, press(cast.officer))) == "steering.letter.words"
    close(sent, press(cast.officer, "提案人同意留作参考"))
    assert again(sent).state == "closed"


@pytest.fixture
def several(sent, cast, units, day):
    """One answered in time and rated badly, one late and rated well, one overdue, one with days left, one not assigned."""
    note_feedback(sent, press(cast.officer), "dissatisfied", TODAY)
    for number, unit in (("2", units.bureau), ("3", units.bureau), ("4", units.university)):
        letter = register_letter(cast.officer, given(number=number))
        assign(letter, press(cast.officer), unit)
        accept(part(letter, unit), press(cast.officer))
    register_letter(cast.officer, given(number="5"))
    day(dt.date(2026, 10, 12))
    second = reply(Letter.objects.get(number="2"), cast, "C")
    note_feedback(second, press(cast.officer), "satisfied", dt.date(2026, 10, 12))
    Letter.objects.filter(number="4").update(first_due_on=dt.date(2026, 12, 1))
    return dt.date(2026, 10, 12)


def test_the_shares_are_exact_and_unknown_where_there_is_nothing_to_divide_by(several, cast):
    found = statistics(cast.officer, LetterFilters(), several)
    total = found.total
    assert (total.given, total.expected, total.answered, total.in_time) == (4, 3, 2, 1)
    assert (total.answered_share, total.satisfied_share) == (Fraction(2, 3), Fraction(1, 2))
    assert dict(total.of_marks) == {"A": 0, "B": 1, "C": 1}
    assert percent(total.answered_share) == "66.7%"
    units = {one.name: one for one in found.units}
    assert units["清溪大学"].satisfied_share == 0
    later = LetterFilters(since="2027-01-01")
    assert statistics(cast.officer, later, several).total.answered_share is None


def test_every_number_leads_to_the_letters_it_counts(several, cast):
    total = statistics(cast.officer, LetterFilters(), several).total
    for name in ("given", "expected", "answered", "in_time", "slips", "satisfied"):
        assert letter_list(cast.officer, LetterFilters(part=name), several).count == getattr(total, name), (
            name
        )
    for code, count in total.of_marks:
        assert letter_list(cast.officer, LetterFilters(part="answered", mark=code), several).count == count


def test_a_unit_counts_its_own_letters_only(several, cast):
    assert statistics(cast.reporter, LetterFilters(), several).total.given == 2


def test_the_sheet_of_the_numbers_says_what_the_page_says(several, cast):
    found = statistics(cast.officer, LetterFilters(), several)
    sheet = load_workbook(BytesIO(statistics_book(found, "截至"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    heads, total = rows[0], rows[1]
    assert dict(zip(heads, total, strict=True)) == {
        "单位": "合计", "交办": 4, "应答复": 3, "已答复": 2, "办复率": "66.7%", "按时答复": 1, "已反馈": 2, "满意": 1, "满意率": "50.0%",
        "重办": 0, "A类": 0, "B类": 1, "C类": 1,
    }  # fmt: skip
    assert any("办复率" in str(row[0]) and "应答复件数" in str(row[0]) for row in rows[4:])
