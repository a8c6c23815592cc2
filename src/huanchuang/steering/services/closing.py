"""Closing a line (销号): asked for by the unit, verified or returned by a second person of the bureau."""

from __future__ import annotations

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.steering.models import State, Target, Transition
from huanchuang.steering.services import news
from huanchuang.steering.services.rights import must_answer_for
from huanchuang.steering.services.steps import Step, already_done, locked, must_be, must_have_reason, take

Verb = Transition.Verb


@transaction.atomic
def request_close(user: User, target: Target, token: str, version: int, note: str = "") -> Target:
    """Ask for closing. Needs evidence: at least one file that holds today. Raises ProblemError, EditedMeanwhile."""
    target = locked(target)
    step = Step(Verb.REQUEST_CLOSE, user, token, version, State.TO_VERIFY, note, {"close_requested_by": user})
    if already_done(target, step):
        return target
    must_answer_for(user, target)
    must_be(target, (State.IN_PROGRESS,), step.verb)
    if not any(one.holds(clock.today()) for one in target.evidence.all()):
        raise refuse(
            "steering.no_evidence",
            ("申请销号", "还没有佐证材料", "请先上传至少一份佐证（如通知、合同、照片、统计表），再申请销号"),
            (
                "Request to close",
                "there is no evidence yet",
                "Upload at least one file that proves it, then ask again",
            ),
        )
    take(target, step)
    news.close_requested(target, user)
    return target


@transaction.atomic
def verify(user: User, target: Target, token: str, version: int, note: str = "") -> Target:
    """Close the line. Somebody other than who asked for it must do this."""
    target = locked(target)
    sets = {"closed_on": clock.today(), "percent": 100}
    step = Step(Verb.VERIFY, user, token, version, State.CLOSED, note, sets)
    if already_done(target, step):
        return target
    must_be(target, (State.TO_VERIFY,), step.verb)
    _must_be_second_person(user, target)
    take(target, step)
    news.closed(target)
    return target


@transaction.atomic
def return_for_more(user: User, target: Target, token: str, version: int, reason: str) -> Target:
    """Send the line back to the unit with the reason (退回补正)."""
    target = locked(target)
    step = Step(Verb.RETURN, user, token, version, State.IN_PROGRESS, reason, {"close_requested_by": None})
    if already_done(target, step):
        return target
    must_be(target, (State.TO_VERIFY,), step.verb)
    must_have_reason(reason)
    take(target, step)
    news.returned(target, reason)
    return target


def _must_be_second_person(user: User, target: Target) -> None:
    if target.close_requested_by_id == user.pk:
        raise refuse(
            "steering.second_person",
            ("核验销号", "申请人不能核验自己的申请", "请由本单位另一位工作人员核验"),
            (
                "Verification",
                "the person who asked for closing cannot verify it",
                "Ask a colleague of the bureau to verify",
            ),
        )
