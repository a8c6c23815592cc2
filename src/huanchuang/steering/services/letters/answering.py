"""答复, 反馈, 重办, 公开, 办结: from the signed reply to the end."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs.vocabulary import letter_handling, work_calendar
from huanchuang.steering.models import DraftState, Feedback, Letter, LetterState, Publicity
from huanchuang.steering.queries.letters.terms import due
from huanchuang.steering.queries.letters.visibility import leads
from huanchuang.steering.services.letters import news
from huanchuang.steering.services.letters.steps import (
    Press,
    Verb,
    already_done,
    locked,
    must_be,
    must_be_yours,
    must_say,
    take,
)


@transaction.atomic
def send(letter: Letter, press: Press, number: str = "") -> Letter:
    """The signed reply has left the house today. Its document number may be given now, where it bore none when signed."""
    letter = locked(letter)
    if already_done(letter, press, Verb.SEND):
        return letter
    must_be_yours(leads(press.user, letter), letter)
    must_be(letter, (LetterState.SIGNED,), Verb.SEND)
    draft = letter.drafts.get(round=letter.round)
    draft.state = DraftState.SENT
    draft.number = draft.number or number.strip()[:60]
    save_versioned(draft, draft.version)
    after = {"number": draft.number, "seal": draft.seal}
    audit.record(actor_of(press.user), "steering.draft.send", draft.subject, after=after)
    today = clock.today()
    sets = {
        "replied_on": today,
        "first_replied_on": letter.first_replied_on or today,
        "mark": draft.mark,
        "verdict": "",
        "publicity": "",
        "publicity_reason": "",
        "published_on": None,
    }  # of a second reply, what was said of the first holds no longer: it is asked and decided anew
    take(letter, press, Verb.SEND, LetterState.SENT, letter.lead, **sets)
    news.tell_office(
        letter, "steering.letter.sent", "已答复，等待反馈", "收到反馈单后请登记。", but=press.user
    )
    return letter


@transaction.atomic
def note_feedback(letter: Letter, press: Press, verdict: str, received_on: dt.date) -> Letter:
    """Enter the slip that came back; the reason of the press holds the proposer's words."""
    letter = locked(letter)
    if already_done(letter, press, Verb.FEEDBACK):
        return letter
    must_be(letter, (LetterState.SENT,), Verb.FEEDBACK)
    answer = letter_handling().answers.get(verdict)
    if (
        answer is None
        or received_on > clock.today()
        or (letter.replied_on and received_on < letter.replied_on)
    ):
        raise refuse(
            "steering.letter.slip",
            ("反馈单", "意见不在列表中，或日期早于答复、晚于今天", "请照反馈单选择意见并填写收到日期"),
            (
                "Slip",
                "the answer is not known, or its day is before the reply or ahead",
                "Choose what the slip says and the day it came",
            ),
        )
    Feedback.objects.create(
        letter=letter, round=letter.round, verdict=verdict, words=press.reason.strip(), received_on=received_on,
        entered_by=press.user,
    )  # fmt: skip
    take(letter, press, Verb.FEEDBACK, LetterState.ANSWERED, None, verdict=verdict)
    news.tell_lead(
        letter, "steering.letter.feedback", f"收到反馈：{answer.zh}", press.reason.strip() or "没有具体意见。"
    )
    return letter


@transaction.atomic
def do_again(letter: Letter, press: Press, until: dt.date | None = None) -> Letter:
    """Open the next round with its own clock, because the proposer is not satisfied (重办).

    Where no rule says how long doing it again may take, the office has to name the day.
    """
    letter = locked(letter)
    if already_done(letter, press, Verb.AGAIN):
        return letter
    must_be(letter, (LetterState.ANSWERED,), Verb.AGAIN)
    reason = must_say(press.reason, "重办要求", "What is to be done again")
    answer = letter_handling().answers.get(letter.verdict)
    if answer is None or not answer.again:
        raise refuse(
            "steering.letter.no_again",
            ("重办", "反馈意见不要求重办", "只有反馈不满意的件可以重办"),
            (
                "Doing it again",
                "the slip does not ask for it",
                "Only a letter whose proposer is dissatisfied can be done again",
            ),
        )
    counted = due(letter_handling().term("again"), clock.today(), work_calendar())
    last = until or (counted.day if counted else None)
    if last is None or last <= clock.today():
        raise refuse(
            "steering.letter.again_day",
            ("重办期限", "没有规定期限，也没有填写日期，或日期不晚于今天", "请填写要求重新答复的日期"),
            (
                "Day for the new reply",
                "no rule lays it down and no later day is given",
                "Give the day by which to reply again",
            ),
        )
    sets = {"round": letter.round + 1, "due_on": last, "longest_on": None}
    take(letter, press, Verb.AGAIN, LetterState.HANDLING, letter.lead, **sets)
    news.tell_lead(letter, "steering.letter.again", f"重办，{last.isoformat()}前答复", reason)
    return letter


@transaction.atomic
def decide_publicity(letter: Letter, press: Press, publish: bool) -> Letter:
    """Publish the newest reply without personal data, or say why not."""
    letter = locked(letter)
    verb = Verb.PUBLISH if publish else Verb.WITHHOLD
    if already_done(letter, press, verb):
        return letter
    must_be(letter, (LetterState.SENT, LetterState.ANSWERED, LetterState.CLOSED), verb)
    if not publish:
        must_say(press.reason, "不公开的理由", "Why it is not published")
    take(
        letter, press, verb, None, None,
        publicity=Publicity.OPEN if publish else Publicity.CLOSED,
        publicity_reason=press.reason.strip(),
        published_on=clock.today() if publish else None,
    )  # fmt: skip
    return letter


@transaction.atomic
def close(letter: Letter, press: Press) -> Letter:
    """End the letter and file it: answered, decided whether it is public; without a slip or with a bad one, the reason."""
    letter = locked(letter)
    if already_done(letter, press, Verb.CLOSE):
        return letter
    must_be(letter, (LetterState.SENT, LetterState.ANSWERED), Verb.CLOSE)
    answer = letter_handling().answers.get(letter.verdict)
    if letter.state == LetterState.SENT:
        must_say(press.reason, "没有收到反馈就办结的理由", "Why it ends before a slip has come")
    if answer is not None and answer.again:
        must_say(press.reason, "反馈不满意仍办结的理由", "Why it ends although the proposer is dissatisfied")
    if not letter.publicity:
        raise refuse(
            "steering.letter.publicity",
            ("公开", "还没有决定是否公开", "请先决定公开，或写明不公开的理由"),
            ("Publication", "is not decided", "Publish it, or say why not"),
        )
    take(letter, press, Verb.CLOSE, LetterState.CLOSED, None, closed_on=clock.today())
    return letter
