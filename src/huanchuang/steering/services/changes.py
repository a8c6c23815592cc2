"""What happens to a line once it is decided: adjust it, end it, open it again. Always with a reason.

Adjusting and ending are asked for and approved first (`asking`); pages never call them here.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from huanchuang.accounts.models import User
from huanchuang.engines.kernel.problem import refuse
from huanchuang.steering.models import State, Target, Transition
from huanchuang.steering.services import news
from huanchuang.steering.services.steps import Step, already_done, locked, must_be, must_have_reason, take

Verb = Transition.Verb
OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)


@transaction.atomic
def adjust(
    user: User,
    target: Target,
    token: str,
    version: int,
    reason: str,
    *,
    due_on: dt.date | None,
    value: Decimal | None,
) -> Target:
    """Change deadline or figure; what was before stays in the history. None leaves a field as it is."""
    target = locked(target)
    wanted: dict[str, Any] = {"due_on": due_on, "value": value}
    sets = {name: new for name, new in wanted.items() if new is not None and new != getattr(target, name)}
    step = Step(Verb.ADJUST, user, token, version, None, reason, {**sets, "adjusted": target.adjusted + 1})
    if already_done(target, step):
        return target
    must_be(target, OPEN, step.verb)
    must_have_reason(reason)
    must_change(target, due_on, value)
    take(target, step)
    news.adjusted(target, reason)
    return target


def must_change(target: Target, due_on: dt.date | None, value: Decimal | None) -> None:
    """Refuse an adjustment that leaves everything as it is."""
    if due_on in (None, target.due_on) and value in (None, target.value):
        raise refuse(
            "steering.nothing_to_adjust",
            ("调整", "时限和目标值都没有变化", "请修改其中一项，或取消"),
            ("Adjustment", "neither deadline nor figure was changed", "Change one of them, or cancel"),
        )


@transaction.atomic
def end(user: User, target: Target, token: str, version: int, reason: str) -> Target:
    """Stop following the line (终止)."""
    target = locked(target)
    step = Step(Verb.END, user, token, version, State.ENDED, reason)
    if already_done(target, step):
        return target
    must_be(target, OPEN, step.verb)
    must_have_reason(reason)
    take(target, step)
    news.ended(target, reason)
    return target


@transaction.atomic
def reopen(user: User, target: Target, token: str, version: int, reason: str) -> Target:
    """Take a closed or ended line up again."""
    target = locked(target)
    step = Step(
        Verb.REOPEN,
        user,
        token,
        version,
        State.IN_PROGRESS,
        reason,
        {"closed_on": None, "close_requested_by": None},
    )
    if already_done(target, step):
        return target
    must_be(target, (State.CLOSED, State.ENDED), step.verb)
    must_have_reason(reason)
    take(target, step)
    news.reopened(target, reason)
    return target
