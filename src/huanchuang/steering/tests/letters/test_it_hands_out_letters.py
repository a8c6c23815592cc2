"""Register, assign, accept, give back, extend: with days, second persons and notices."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huanchuang.audit.queries import history
from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import Extension, Handling, Letter
from huanchuang.steering.queries.letters.lists import LetterFilters, letter_list, waiting_letters
from huanchuang.steering.services.letters.assigning import accept, ask_back, assign, decide_return
from huanchuang.steering.services.letters.handling import (
    TalkGiven,
    ask_longer,
    decide_longer,
    give_opinion,
    note_talk,
)
from huanchuang.steering.services.letters.intake import Who, change_letter, look_at_proposers, register_letter
from huanchuang.steering.services.letters.remind import remind_letters
from huanchuang.steering.tests.letters.scene import TODAY, again, given, part, press


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def refusal(step) -> str:
    with pytest.raises(ProblemError) as refused:
        step()
    return refused.value.problems[0].code


def test_it_keeps_the_number_as_printed_and_reads_the_paper(cast, units):
    paper = SimpleUploadedFile("提案.txt", "建议建设中试平台。\n提案人：郁承泽".encode())
    letter = register_letter(cast.officer, given(number="0042", contents=""), paper, "提案.txt")
    assert (letter.number, letter.contents) == ("0042", "建议建设中试平台。\n提案人：郁承泽")


def test_it_registers_a_number_of_a_session_once(cast, registered):
    assert refusal(lambda: register_letter(cast.officer, given())) == "steering.letter.twice"
    register_letter(cast.officer, given(session="区政协九届六次会议"))
    assert Letter.objects.count() == 2


def test_it_wants_contents_and_somebody_who_proposes(cast, units):
    assert refusal(lambda: register_letter(cast.officer, given(contents=""))) == "steering.letter.words"
    assert refusal(lambda: register_letter(cast.officer, given(proposers=[]))) == "steering.letter.words"
    assert not Letter.objects.exists()


def test_it_starts_the_clocks_when_it_is_assigned(assigned, units):
    lead, co = part(assigned, units.university), part(assigned, units.bureau)
    assert (assigned.state, assigned.lead, assigned.due_on) == (
        "assigned",
        units.university,
        dt.date(2026, 9, 30),
    )
    assert assigned.longest_on == dt.date(2026, 12, 30)
    assert (lead.sign_by, lead.opinion_by) == (dt.date(2026, 7, 3), None)
    assert co.opinion_by == dt.date(2026, 7, 30)


def test_every_unit_is_told_and_has_it_on_its_list(assigned, cast, helper, outsider):
    assert "交办（主办）" in told(cast.reporter)[0]
    assert "交办（会办）" in told(helper)[0]
    assert told(outsider) == []
    assert [task.letter for task in waiting_letters(cast.reporter, TODAY)] == [assigned]
    assert waiting_letters(outsider, TODAY) == []


def test_a_button_pressed_twice_assigns_once(registered, cast, units):
    for _ in range(2):
        assign(
            registered, press(cast.officer, token="same"), units.university, [units.university, units.bureau]
        )
    assert Handling.objects.count() == 2
    used = lambda: accept(part(registered, units.university), press(cast.officer, token="same"))  # noqa: E731
    assert refusal(used) == "steering.page_used"


def test_a_page_seen_before_somebody_else_moved_does_nothing(registered, cast, units):
    with pytest.raises(EditedMeanwhile):
        assign(registered, press(cast.officer, version=registered.version - 1), units.university)
    assert again(registered).state == "received"


def test_a_unit_gives_it_back_within_the_days_with_a_reason(assigned, cast, units, day):
    lead = part(assigned, units.university)
    assert refusal(lambda: ask_back(lead, press(cast.reporter))) == "steering.letter.words"
    day(dt.date(2026, 7, 6))
    assert refusal(lambda: ask_back(lead, press(cast.reporter, "不归我们"))) == "steering.letter.too_late"
    day(dt.date(2026, 7, 3))
    ask_back(lead, press(cast.reporter, "不归我们管"))
    assert again(assigned).state == "asked_back"
    assert any("申请退办" in title for title in told(cast.officer))


def test_the_office_takes_it_back_and_assigns_it_anew(assigned, cast, units):
    ask_back(part(assigned, units.university), press(cast.reporter, "不归我们管"))
    decide_return(part(assigned, units.university), press(cast.officer, "情况属实"), True)
    back = again(assigned)
    assert (back.state, back.lead, back.due_on) == ("received", None, None)
    assert letter_list(cast.reporter, LetterFilters(), TODAY).count == 0
    assign(back, press(cast.officer), units.bureau, [units.university])
    assert again(back).lead == units.bureau
    duties = sorted(back.handlings.exclude(state="gone").values_list("organisation__name", "duty"))
    assert duties == [("清溪区科技局", "lead"), ("清溪大学", "co")]


def test_the_office_keeps_it_there_with_days_anew(assigned, cast, units, day):
    ask_back(part(assigned, units.university), press(cast.reporter, "不归我们管"))
    day(dt.date(2026, 7, 8))
    assert (
        refusal(lambda: decide_return(part(assigned, units.university), press(cast.officer), False))
        == "steering.letter.words"
    )
    decide_return(part(assigned, units.university), press(cast.officer, "属于贵校职责"), False)
    lead = part(assigned, units.university)
    assert (again(assigned).state, lead.state, lead.sign_by) == ("assigned", "waiting", dt.date(2026, 7, 13))
    assert any("未同意退办" in title for title in told(cast.reporter))


def test_a_stranger_takes_no_step(assigned, handled, cast, units, outsider):
    lead = part(assigned, units.university)
    assert refusal(lambda: accept(lead, press(outsider))) == "steering.letter.not_yours"
    assert (
        refusal(lambda: ask_longer(handled, press(outsider, "忙"), dt.date(2026, 11, 1)))
        == "steering.letter.not_yours"
    )
    assert refusal(lambda: look_at_proposers(outsider, handled, "想联系他")) == "steering.letter.not_yours"


def test_a_helper_gives_its_opinion_after_accepting(handled, cast, units, helper):
    co = part(handled, units.bureau)
    assert refusal(lambda: give_opinion(co, press(helper, "同意"))) == "steering.letter.accept_first"
    accept(co, press(helper))
    assert [task.asked for task in waiting_letters(helper, TODAY)] == ["请提出会办意见"]
    give_opinion(part(handled, units.bureau), press(helper, "已设登记窗口3个。"))
    assert part(handled, units.bureau).opinion == "已设登记窗口3个。"
    assert any("收到会办意见" in title for title in told(cast.reporter))
    assert (
        refusal(lambda: give_opinion(part(handled, units.university), press(cast.reporter, "x")))
        == "steering.letter.not_yours"
    )


def test_it_notes_talks_that_have_happened(handled, cast):
    note_talk(handled, press(cast.reporter, "当面说明了进展"), TalkGiven("meeting", TODAY))
    ahead = TalkGiven("meeting", TODAY + dt.timedelta(days=1))
    assert refusal(lambda: note_talk(handled, press(cast.reporter, "x"), ahead)) == "steering.letter.talk"
    assert (
        refusal(lambda: note_talk(handled, press(cast.reporter, "x"), TalkGiven("dream", TODAY)))
        == "steering.letter.talk"
    )
    assert handled.talks.count() == 1


def test_more_time_is_asked_for_granted_by_another_and_bounded(handled, cast, second_officer):
    too_long = dt.date(2026, 12, 31)
    assert (
        refusal(lambda: ask_longer(handled, press(cast.reporter, "复杂"), too_long))
        == "steering.letter.too_long"
    )
    assert (
        refusal(lambda: ask_longer(handled, press(cast.reporter, "复杂"), handled.due_on))
        == "steering.letter.no_longer"
    )
    ask_longer(handled, press(cast.officer, "情况复杂"), dt.date(2026, 12, 1))
    assert (
        refusal(lambda: ask_longer(handled, press(cast.reporter, "再来"), dt.date(2026, 12, 2)))
        == "steering.letter.asked_already"
    )
    asked = Extension.objects.get()
    assert refusal(lambda: decide_longer(asked, press(cast.officer), True)) == "steering.letter.second_person"
    decide_longer(asked, press(second_officer), True)
    assert (again(handled).due_on, again(handled).first_due_on) == (
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 1),
    )
    assert (
        refusal(lambda: decide_longer(asked, press(second_officer), False))
        == "steering.letter.decided_already"
    )


def test_a_refusal_leaves_the_day(handled, cast):
    ask_longer(handled, press(cast.reporter, "情况复杂"), dt.date(2026, 12, 1))
    decide_longer(Extension.objects.get(), press(cast.officer, "按期办理"), False)
    assert again(handled).due_on == dt.date(2026, 9, 30)


def test_it_reminds_of_what_is_not_accepted(assigned, cast, helper):
    assert remind_letters(dt.date(2026, 7, 3)) == 0
    assert remind_letters(dt.date(2026, 7, 6)) == 3  # both units, and the office
    assert remind_letters(dt.date(2026, 7, 7)) == 0
    assert any("已超期3天（签收）" in title for title in told(helper))


def test_it_reminds_once_before_and_once_after_the_day(handled, cast, units, helper):
    accept(part(handled, units.bureau), press(helper))
    give_opinion(part(handled, units.bureau), press(helper, "同意"))
    before = len(told(cast.reporter))
    assert remind_letters(dt.date(2026, 8, 1)) == 0
    assert remind_letters(dt.date(2026, 9, 21)) == 1
    assert remind_letters(dt.date(2026, 9, 22)) == 0
    late = remind_letters(dt.date(2026, 10, 9))
    assert late == 2  # the unit, and the office
    assert remind_letters(dt.date(2026, 10, 10)) == 0
    assert len(told(cast.reporter)) == before + 2


def test_a_look_at_who_proposes_is_recorded_with_its_purpose(handled, cast):
    assert refusal(lambda: look_at_proposers(cast.reporter, handled, "x")) == "steering.letter.purpose"
    shown = look_at_proposers(cast.reporter, handled, "约定面商时间")
    assert [one.name for one in shown] == ["郁承泽", "苗岫云"]
    looks = [
        entry for entry in history(handled.subject) if "约定面商时间" in str(entry.purpose) + str(entry.note)
    ]
    assert len(looks) == 1


def test_the_trail_holds_every_step_and_no_name(handled):
    entries = history(handled.subject)
    deeds = [entry.verb for entry in entries]
    assert {"steering.letter.register", "steering.letter.assign", "steering.letter.accept"} <= set(deeds)
    assert not [entry for entry in entries if "郁承泽" in f"{entry.before}{entry.after}{entry.note}"]


def test_what_was_registered_is_put_right_with_a_reason(assigned, cast):
    wrong = given(title="关于做大技术交易的提案", contents="", proposers=[])
    assert refusal(lambda: change_letter(assigned, press(cast.officer), wrong)) == "steering.letter.words"
    change_letter(assigned, press(cast.officer, "案由抄错"), wrong)
    right = again(assigned)
    assert (right.title, right.contents, right.state) == (
        "关于做大技术交易的提案",
        assigned.contents,
        "assigned",
    )
    assert right.proposers.count() == 2
    change_letter(
        assigned, press(cast.officer, "补一人"), given(proposers=[Who("戚知微")], contents="改为公布登记数。")
    )
    assert [one.name for one in again(assigned).proposers.all()] == ["戚知微"]
    assert not [entry for entry in history(assigned.subject) if "郁承泽" in f"{entry.before}{entry.after}"]
    register_letter(cast.officer, given(number="0129"))
    assert (
        refusal(lambda: change_letter(assigned, press(cast.officer, "x"), given(number="0129")))
        == "steering.letter.twice"
    )


def test_the_office_takes_it_back_unasked(handled, cast, units):
    lead = part(handled, units.university)
    assert (
        refusal(lambda: decide_return(lead, press(cast.officer, "x"), False)) == "steering.letter.no_request"
    )
    decide_return(lead, press(cast.officer, "职责已调整"), True)
    assert (again(handled).state, again(handled).lead) == ("received", None)
    assert letter_list(cast.reporter, LetterFilters(), TODAY).count == 0


def test_only_the_office_finds_words_of_the_contents(handled, cast):
    """What is proposed may name people whom a unit sees in part only."""
    asked = LetterFilters(text="郁承泽")
    assert letter_list(cast.officer, asked, TODAY).count == 1
    assert letter_list(cast.reporter, asked, TODAY).count == 0
    assert letter_list(cast.reporter, LetterFilters(text="技术交易"), TODAY).count == 1
