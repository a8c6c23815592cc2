"""Note a deed at the desk: for the next person there, and in the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huanchuang.accounts.models import User
from huanchuang.engines.kernel.problem import refuse
from huanchuang.steering.models import DeskDeed, Plan, PlanState, Target

Verb = DeskDeed.Verb


def note(
    user: User,
    plan: Plan,
    verb: DeskDeed.Verb,
    lines: Iterable[Target | int],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """A row per line; the caller is inside the transaction of the deed and writes the trail."""
    DeskDeed.objects.bulk_create(
        (
            DeskDeed(
                plan=plan,
                target_id=line if isinstance(line, int) else line.pk,
                verb=verb,
                by=user,
                before=dict(before or {}),
                after=dict(after or {}),
            )
            for line in lines
        ),
        batch_size=500,
    )


def under_review(plan: Plan) -> Plan:
    """The plan as it is now, held until the transaction ends. Raises ProblemError when its review is over."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == PlanState.REVIEW:
        return plan
    raise refuse(
        "steering.not_under_review",
        (
            f"《{plan.title}》",
            f"当前状态是“{plan.get_state_display()}”，不能复核",
            "请刷新页面；已执行的任务请用“调整”修改",
        ),
        (
            f'"{plan.title}"',
            f'its state is "{plan.state}", it is not under review',
            "Reload; adjust lines that are in force",
        ),
    )
