"""One step in the life of a line, the same way for all: lock, look, move, write down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.steering.models import State, Target, Transition


@dataclass(frozen=True)
class Step:
    """What is to happen: `sets` are fields of the line that change besides its state.

    `token` was made with the form: pressed twice, the second press finds the first one's step.
    `version` is that of the line as the person saw it; None where the step does not depend on what was seen.
    `user` is None where the product itself takes the step.
    """

    verb: Transition.Verb
    user: User | None
    token: str
    version: int | None
    to_state: State | None = None
    reason: str = ""
    sets: dict[str, Any] = field(default_factory=dict)


def already_done(target: Target, step: Step) -> bool:
    """Whether this button was pressed before. Raises ProblemError when the page served for something else already:
    a page gone back to must not be told that its second button did what the first one did."""
    earlier = Transition.objects.filter(token=step.token).first()
    if earlier is None:
        return False
    if (earlier.target_id, earlier.verb, earlier.by_id) != (target.pk, step.verb, step.user and step.user.pk):
        raise used_up()
    return True


def used_up() -> ProblemError:
    """The refusal of a page that was already used for another step."""
    return refuse(
        "steering.page_used",
        ("本页", "已经提交过另一项操作，这一次没有生效", "请刷新页面，看清现在的状态后再操作"),
        ("This page", "was already used for another step; this one was not done", "Reload it and look again"),
    )


def locked(target: Target) -> Target:
    """The line as it is now, held until the transaction ends."""
    return Target.objects.select_for_update(of=("self",)).select_related("plan").get(pk=target.pk)


def take(target: Target, step: Step) -> Target:
    """Move a locked line; raises EditedMeanwhile when it is no longer what the person saw."""
    before = {name: _plain(getattr(target, name)) for name in step.sets}
    from_state = State(target.state)
    to_state = step.to_state or from_state
    for name, value in step.sets.items():
        setattr(target, name, value)
    target.state = to_state
    save_versioned(target, target.version if step.version is None else step.version)
    after = {name: _plain(value) for name, value in step.sets.items()}
    Transition.objects.create(
        target=target,
        verb=step.verb,
        from_state=from_state,
        to_state=to_state,
        by=step.user,
        on=clock.today(),
        reason=step.reason.strip(),
        before=before,
        after=after,
        token=step.token,
    )
    audit.record(
        actor_of(step.user) if step.user else audit.SYSTEM,
        f"steering.target.{step.verb.value}",
        target.subject,
        before={"state": from_state.value, **before},
        after={"state": to_state.value, **after},
        note=step.reason.strip(),
    )
    return target


def must_be(target: Target, states: Collection[State], verb: Transition.Verb) -> None:
    """Refuse a step that does not fit the state."""
    if target.state in states:
        return
    fitting = "、".join(str(state.label) for state in states)
    raise refuse(
        "steering.state",
        (
            f"“{target.name}”",
            f"当前状态是“{target.get_state_display()}”，不能{verb.label}",
            f"只有“{fitting}”的任务可以这样做，请刷新页面后再看",
        ),
        (
            f'"{target.name}"',
            f'its state is "{target.state}", so this step does not fit',
            "Reload the page and look again",
        ),
    )


def must_have_reason(reason: str) -> None:
    """Refuse a step without a reason where one is asked for."""
    if not reason.strip():
        raise refuse(
            "steering.reason",
            ("原因", "没有填写", "请写明原因，对方和以后查阅的人都会看到"),
            ("Reason", "is empty", "Say why; the other side and later readers will see it"),
        )


def _plain(value: object) -> Any:
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return str(getattr(value, "pk", value))
