"""会办意见, 沟通, 延期: what units do with a letter before the reply."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.models import Duty, Extension, Handling, HandlingState, Letter, LetterState, Talk
from huanchuang.steering.queries.letters.visibility import leads, may_act
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

Decision = Extension.Decision
WORKING = (LetterState.ASSIGNED, LetterState.HANDLING)


@transaction.atomic
def give_opinion(handling: Handling, press: Press) -> Letter:
    """A co-unit says what it has to say; saying it again replaces it until the reply goes to be signed."""
    letter = locked(handling.letter)
    handling = Handling.objects.select_related("organisation").get(pk=handling.pk)
    if already_done(letter, press, Verb.OPINION):
        return letter
    must_be_yours(may_act(press.user, handling) and handling.duty == Duty.CO, letter)
    must_be(letter, WORKING, Verb.OPINION)
    if handling.state != HandlingState.ACCEPTED:
        raise refuse(
            "steering.letter.accept_first",
            ("会办意见", "本单位还没有签收", "请先签收，再提出意见"),
            ("Opinion", "the unit has not accepted the letter", "Accept it first"),
        )
    handling.opinion = must_say(press.reason, "会办意见", "Opinion")
    handling.opinion_on, handling.opinion_from = clock.today(), press.user
    handling.version += 1
    handling.save()
    take(letter, press, Verb.OPINION, None, handling.organisation)
    told = f"{handling.organisation.name}已提出会办意见。"
    news.tell_lead(letter, "steering.letter.opinion", "收到会办意见", told)
    return letter


@dataclass(frozen=True)
class TalkGiven:
    """A talk with the proposer: which way, on which day; what was said comes with the press."""

    way: str
    on: dt.date


@transaction.atomic
def note_talk(letter: Letter, press: Press, given: TalkGiven) -> Letter:
    """Write down a talk with the proposer."""
    letter = locked(letter)
    if already_done(letter, press, Verb.TALK):
        return letter
    must_be_yours(leads(press.user, letter), letter)
    must_be(
        letter, (LetterState.HANDLING, LetterState.SIGNING, LetterState.SIGNED, LetterState.SENT), Verb.TALK
    )
    summary = must_say(press.reason, "沟通情况", "What was said")
    if given.way not in letter_handling().ways or given.on > clock.today():
        raise refuse(
            "steering.letter.talk",
            ("沟通记录", "方式不在列表中，或日期晚于今天", "请选择一种方式，填写已经发生的日期"),
            ("Talk", "the way is not known or the day lies ahead", "Choose a way and a day that has come"),
        )
    Talk.objects.create(
        letter=letter, round=letter.round, way=given.way, on=given.on, summary=summary, by=press.user
    )
    take(letter, press, Verb.TALK, None, letter.lead)
    return letter


@transaction.atomic
def ask_longer(letter: Letter, press: Press, until: dt.date) -> Letter:
    """Ask for a later day, with the reason; at most to the longest day the rules allow."""
    letter = locked(letter)
    if already_done(letter, press, Verb.ASK_LONGER):
        return letter
    must_be_yours(leads(press.user, letter), letter)
    must_be(letter, (LetterState.HANDLING,), Verb.ASK_LONGER)
    reason = must_say(press.reason, "延期原因", "Reason for more time")
    _must_be_possible(letter, until)
    Extension.objects.create(
        letter=letter, round=letter.round, before=letter.due_on, until=until, reason=reason,
        asked_by=press.user, asked_on=clock.today(),
    )  # fmt: skip
    take(letter, press, Verb.ASK_LONGER, None, letter.lead)
    news.tell_office(
        letter, "steering.letter.longer", f"申请延期至{until.isoformat()}，请审批", reason, but=press.user
    )
    return letter


def _must_be_possible(letter: Letter, until: dt.date) -> None:
    if letter.extensions.filter(decision=Decision.ASKED).exists():
        raise refuse(
            "steering.letter.asked_already",
            ("延期", "已有一份申请在等审批", "请等审批结果"),
            ("More time", "a request is waiting already", "Wait for the decision"),
        )
    if letter.due_on and until <= letter.due_on:
        raise refuse(
            "steering.letter.no_longer",
            ("延期至", f"不晚于现在的期限（{letter.due_on.isoformat()}）", "请填写更晚的日期"),
            ("Until", f"is not after the present last day ({letter.due_on.isoformat()})", "Give a later day"),
        )
    if letter.longest_on and until > letter.longest_on:
        raise refuse(
            "steering.letter.too_long",
            (
                "延期至",
                f"超过规定的最长期限（{letter.longest_on.isoformat()}）",
                "请填写不晚于该日的日期，并说明分阶段答复的打算",
            ),
            (
                "Until",
                f"is after the longest day allowed ({letter.longest_on.isoformat()})",
                "Give a day no later than that",
            ),
        )


@transaction.atomic
def decide_longer(extension: Extension, press: Press, agreed: bool) -> Letter:
    """Grant or refuse more time. Somebody other than who asked must do this."""
    letter = locked(extension.letter)
    verb = Verb.GRANT if agreed else Verb.REFUSE
    if already_done(letter, press, verb):
        return letter
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.decision != Decision.ASKED:
        raise refuse(
            "steering.letter.decided_already",
            ("延期申请", "已经审批过", "请刷新页面看结果"),
            ("Request for more time", "has been decided", "Reload the page to see how"),
        )
    if extension.asked_by_id == press.user.pk:
        raise refuse(
            "steering.letter.second_person",
            ("审批延期", "申请人不能审批自己的申请", "请由科室另一位工作人员审批"),
            ("Approval", "who asked cannot decide", "Ask a colleague of the office"),
        )
    must_be(letter, (LetterState.HANDLING, LetterState.SIGNING, LetterState.SIGNED), verb)
    extension.decision = Decision.GRANTED if agreed else Decision.REFUSED
    extension.decided_by, extension.decided_on = press.user, clock.today()
    extension.version += 1
    extension.save()
    sets: dict[str, object] = {"due_on": extension.until} if agreed else {}
    if agreed and letter.round == 1:
        sets["first_due_on"] = extension.until
    take(letter, press, verb, None, letter.lead, **sets)
    told = f"已同意延期至{extension.until.isoformat()}" if agreed else "未同意延期"
    news.tell_lead(letter, "steering.letter.longer_decided", told, press.reason.strip() or "请按期限办理。")
    return letter
