"""交办, 签收, 退办: give a letter to its units, and what they say to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.packs.vocabulary import letter_handling, work_calendar
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Duty, Handling, HandlingState, Letter, LetterState
from huanchuang.steering.queries.letters.lists import WITH_UNITS
from huanchuang.steering.queries.letters.terms import due
from huanchuang.steering.queries.letters.visibility import may_act
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
def assign(letter: Letter, press: Press, lead: Organisation, helpers: Iterable[Organisation] = ()) -> Letter:
    """Give a letter to one unit that leads (主办) and to units that help (会办). The clock of the reply starts."""
    letter = locked(letter)
    if already_done(letter, press, Verb.ASSIGN):
        return letter
    must_be(letter, (LetterState.RECEIVED,), Verb.ASSIGN)
    today, days, rules = clock.today(), work_calendar(), letter_handling()
    reply, longest = due(rules.term("reply"), today, days), due(rules.term("longest"), today, days)
    others = [unit for unit in helpers if unit.pk != lead.pk]
    standing = set(_standing(letter))
    take(
        letter,
        press,
        Verb.ASSIGN,
        LetterState.ASSIGNED,
        lead,
        lead=lead,
        assigned_on=today,
        due_on=reply.day if reply else None,
        first_due_on=reply.day if reply else None,
        longest_on=longest.day if longest else None,
    )
    letter.handlings.filter(
        organisation=lead, state__in=(HandlingState.WAITING, HandlingState.ACCEPTED)
    ).update(state=HandlingState.GONE)  # a unit that helped so far and leads from now on
    for unit, duty in [(lead, Duty.LEAD), *((unit, Duty.CO) for unit in others if unit.pk not in standing)]:
        news.assigned(_hand(letter, unit, duty))
    return letter


def _standing(letter: Letter) -> Iterable[int]:
    return letter.handlings.exclude(state=HandlingState.GONE).values_list("organisation_id", flat=True)


def _hand(letter: Letter, unit: Organisation, duty: Duty) -> Handling:
    today, days, rules = clock.today(), work_calendar(), letter_handling()
    sign = due(rules.term("sign-in"), today, days)
    opinion = due(rules.term("opinion"), today, days) if duty == Duty.CO else None
    return Handling.objects.create(
        letter=letter,
        organisation=unit,
        duty=duty,
        assigned_on=today,
        sign_by=sign.day if sign else None,
        opinion_by=opinion.day if opinion else None,
    )


@transaction.atomic
def accept(handling: Handling, press: Press) -> Letter:
    """The unit takes the letter (签收)."""
    letter, handling = _both(handling)
    if already_done(letter, press, Verb.ACCEPT):
        return letter
    must_be_yours(may_act(press.user, handling), letter)
    must_be(letter, WITH_UNITS, Verb.ACCEPT)
    _must_wait(handling, Verb.ACCEPT)
    _set(handling, HandlingState.ACCEPTED)
    leading = handling.duty == Duty.LEAD
    take(letter, press, Verb.ACCEPT, LetterState.HANDLING if leading else None, handling.organisation)
    return letter


@transaction.atomic
def ask_back(handling: Handling, press: Press) -> Letter:
    """The unit asks to give the letter back (退办), with its reason, within the days allowed."""
    letter, handling = _both(handling)
    if already_done(letter, press, Verb.ASK_BACK):
        return letter
    must_be_yours(may_act(press.user, handling), letter)
    must_be(letter, WITH_UNITS, Verb.ASK_BACK)
    _must_wait(handling, Verb.ASK_BACK)
    must_say(press.reason, "退办原因", "Reason for returning it")
    if handling.sign_by and clock.today() > handling.sign_by:
        raise refuse(
            "steering.letter.too_late",
            (
                "退办",
                f"已过退办期限（{handling.sign_by.isoformat()}）",
                "请先签收办理；确属交办有误的，请直接与主管科室联系",
            ),
            (
                "Returning",
                f"the last day was {handling.sign_by.isoformat()}",
                "Accept it, or speak with the assigning office",
            ),
        )
    _set(handling, HandlingState.ASKED_BACK, press.reason.strip())
    leading = handling.duty == Duty.LEAD
    take(letter, press, Verb.ASK_BACK, LetterState.ASKED_BACK if leading else None, handling.organisation)
    words = f"{handling.organisation.name}申请退办：{press.reason.strip()}"
    news.tell_office(letter, "steering.letter.asked_back", "申请退办，请决定", words, but=press.user)
    return letter


@transaction.atomic
def decide_return(handling: Handling, press: Press, agreed: bool) -> Letter:
    """The assigning office takes the letter back from a unit, asked or not, or keeps it there with its reason and days anew."""
    letter, handling = _both(handling)
    verb = Verb.TAKE_BACK if agreed else Verb.KEEP
    if already_done(letter, press, verb):
        return letter
    must_be(letter, WITH_UNITS, verb)
    if handling.state == HandlingState.GONE or not (agreed or handling.state == HandlingState.ASKED_BACK):
        raise refuse(
            "steering.letter.no_request",
            ("退办", "这个单位没有待决定的退办申请", "请刷新页面，看清现在的状态"),
            ("Returning", "the unit has no open request", "Reload the page and look again"),
        )
    must_say(press.reason, "决定理由", "Reason of the decision")
    leading = handling.duty == Duty.LEAD
    if agreed:
        _set(handling, HandlingState.GONE, "\n".join(filter(None, (handling.reason, press.reason.strip()))))
        cleared = {"lead": None, "due_on": None, "assigned_on": None} if leading else {}
        state = LetterState.RECEIVED if leading else None
        take(letter, press, verb, state, handling.organisation, **cleared)
    else:
        sign = due(letter_handling().term("sign-in"), clock.today(), work_calendar())
        handling.sign_by = sign.day if sign else None
        _set(handling, HandlingState.WAITING, press.reason.strip())
        take(letter, press, verb, LetterState.ASSIGNED if leading else None, handling.organisation)
    told = "已收回，不再由贵单位办理" if agreed else "未同意退办，请签收"
    users = news.reporters_of(handling.organisation_id)
    news.tell_users(users, letter, "steering.letter.return_decided", told, f"理由：{press.reason.strip()}")
    return letter


def _both(handling: Handling) -> tuple[Letter, Handling]:
    """The letter locked, then its handling: always in this order."""
    letter = locked(handling.letter)
    found = (
        Handling.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=handling.pk)
    )
    return letter, found


def _set(handling: Handling, state: HandlingState, reason: str = "") -> None:
    handling.state = state
    handling.reason = reason or handling.reason
    if state == HandlingState.ACCEPTED:
        handling.signed_on = clock.today()
    handling.version += 1
    handling.save()


def _must_wait(handling: Handling, verb: Verb) -> None:
    if handling.state == HandlingState.WAITING:
        return
    state = handling.get_state_display()
    raise refuse(
        "steering.letter.handling_state",
        (handling.organisation.name, f"当前是“{state}”，不能{verb.label}", "请刷新页面，看清现在的状态"),
        (
            handling.organisation.name,
            f'its state is "{handling.state}", so this does not fit',
            "Reload the page and look again",
        ),
    )
