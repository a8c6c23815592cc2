"""调整 and 终止: asked for by a unit or the bureau, decided by a second person of the bureau."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.steering.models import Change, State, Target, Transition
from huanchuang.steering.services import changes, news
from huanchuang.steering.services.rights import must_answer_for
from huanchuang.steering.services.steps import locked, must_be, must_have_reason, used_up

OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: another deadline or figure, or the end of the line. None leaves a field as it is."""

    wish: Change.Wish
    reason: str
    due_on: dt.date | None = None
    value: Decimal | None = None


@transaction.atomic
def ask_change(user: User, target: Target, token: str, wanted: Wanted) -> Change:
    """Ask for a change. Nothing of the line changes yet. The second press of the button finds the first one's request."""
    target = locked(target)
    earlier = Change.objects.filter(token=token).first()
    if earlier is not None:
        if (earlier.target_id, earlier.asked_by_id, earlier.wish) != (target.pk, user.pk, wanted.wish):
            raise used_up()
        return earlier
    organisation = must_answer_for(user, target)
    must_be(target, OPEN, Transition.Verb(wanted.wish.value))
    must_have_reason(wanted.reason)
    if wanted.wish == Change.Wish.ADJUST:
        changes.must_change(target, wanted.due_on, wanted.value)
    if target.changes.filter(state=Change.State.ASKED).exists():
        raise refuse(
            "steering.change_open",
            (f"“{target.name}”", "已有一项申请在等审批", "请等审批结果，或先撤回那项申请"),
            (
                f'"{target.name}"',
                "another change is waiting to be decided",
                "Wait for it or withdraw it first",
            ),
        )
    change = Change.objects.create(
        target=target,
        wish=wanted.wish,
        due_on=wanted.due_on,
        value=wanted.value,
        reason=wanted.reason.strip(),
        asked_by=user,
        asked_on=clock.today(),
        organisation=organisation,
        token=token,
    )
    after = {"wish": change.wish, "due_on": str(wanted.due_on or ""), "value": str(wanted.value or "")}
    audit.record(
        actor_of(user), "steering.change.ask", target.subject, after=after, note=wanted.reason.strip()
    )
    news.change_asked(target, user, change.get_wish_display(), change.reason)
    return change


@transaction.atomic
def decide_change(user: User, change: Change, version: int, approve: bool, opinion: str) -> Change:
    """Agree to a change, which then happens at once, or refuse it with an opinion. Never by whoever asked for it.

    Raises EditedMeanwhile where the request is no longer what the person saw.
    """
    target = locked(change.target)
    change = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
    verdict = Change.State.APPROVED if approve else Change.State.REFUSED
    if (change.state, change.decided_by_id) == (verdict, user.pk):
        return change
    _must_be_open(change)
    if change.asked_by_id == user.pk:
        raise refuse(
            "steering.second_person",
            ("审批", "申请人不能审批自己的申请", "请由本单位另一位工作人员审批"),
            ("Decision", "whoever asked cannot decide", "Ask a colleague of the bureau to decide"),
        )
    if not approve:
        must_have_reason(opinion)
    change.state, change.decided_by, change.decided_on = verdict, user, clock.today()
    change.opinion = opinion.strip()
    save_versioned(change, version)
    after = {"wish": change.wish, "verdict": verdict.value, "asked_by": change.asked_by_id}
    audit.record(actor_of(user), "steering.change.decide", target.subject, after=after, note=change.opinion)
    if approve:
        _carry_out(user, target, change)
    else:
        news.change_refused(target, change.asked_by, change.get_wish_display(), change.opinion)
    return change


@transaction.atomic
def withdraw_change(user: User, change: Change) -> Change:
    """Take back one's own request."""
    change = Change.objects.select_for_update(of=("self",)).select_related("target").get(pk=change.pk)
    if change.state == Change.State.WITHDRAWN:
        return change
    _must_be_open(change)
    if change.asked_by_id != user.pk:
        raise refuse(
            "steering.not_your_request",
            ("撤回", "这项申请不是您提出的", "请由申请人撤回，或在审批中写明意见"),
            ("Withdrawal", "somebody else asked for this", "Only that person can withdraw it"),
        )
    change.state = Change.State.WITHDRAWN
    save_versioned(change, change.version)
    audit.record(
        actor_of(user), "steering.change.withdraw", change.target.subject, after={"wish": change.wish}
    )
    return change


def _carry_out(user: User, target: Target, change: Change) -> None:
    reason = f"{change.reason}（{change.asked_by.name}申请，{user.name}同意）"
    token = f"change-{change.pk}"
    if change.wish == Change.Wish.END:
        changes.end(user, target, token, target.version, reason)
    else:
        changes.adjust(user, target, token, target.version, reason, due_on=change.due_on, value=change.value)


def _must_be_open(change: Change) -> None:
    if change.state != Change.State.ASKED:
        raise refuse(
            "steering.change_settled",
            ("申请", f"已经是“{change.get_state_display()}”", "请刷新页面，看清现在的状态"),
            ("Request", f'it is already "{change.state}"', "Reload the page and look again"),
        )
