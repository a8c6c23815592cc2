"""What the officer says about a reading: accept, reject, correct, take back; and put the plan in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm.models import save_versioned
from huanchuang.registry.queries import resolve_units
from huanchuang.steering.models import Duty, Plan, PlanState, Responsibility, Review, Target

CORRECTABLE = frozenset(
    {"name", "kind", "value", "value_max", "unit", "comparator", "baseline", "due_on", "recurring"}
)


@transaction.atomic
def decide(user: User, plan: Plan, targets: Collection[int], verdict: Review) -> int:
    """Accept, reject or take back some lines of a plan under review. Returns how many changed."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _must_be_under_review(plan)
    chosen = Target.objects.filter(plan=plan, pk__in=targets).exclude(review=verdict)
    ids = list(chosen.values_list("pk", flat=True))
    chosen.update(review=verdict, version=F("version") + 1)
    if ids:
        audit.record(
            actor_of(user),
            "steering.reading.decide",
            plan.subject,
            after={"verdict": verdict.value, "lines": ids},
        )
    return len(ids)


@transaction.atomic
def correct(
    user: User, target: Target, version: int, values: Mapping[str, Any], lead: str, co: str
) -> Target:
    """Set right what the reader got wrong; the line is accepted by that. Raises EditedMeanwhile, ProblemError.

    `lead` and `co` are units as people write them, separated by 、.
    """
    target = Target.objects.select_for_update(of=("self",)).select_related("plan").get(pk=target.pk)
    _must_be_under_review(target.plan)
    changed = {
        name: value
        for name, value in values.items()
        if name in CORRECTABLE and getattr(target, name) != value
    }
    before = {name: _text(getattr(target, name)) for name in changed}
    for name, value in changed.items():
        setattr(target, name, value)
    units = _set_units(target, lead, co)
    target.corrected = target.corrected or bool(changed or units)
    target.review = Review.ACCEPTED
    save_versioned(target, version)
    after = {name: _text(value) for name, value in changed.items()} | units
    audit.record(actor_of(user), "steering.reading.correct", target.subject, before=before, after=after)
    return target


@transaction.atomic
def put_in_force(user: User, plan: Plan, *, accept_rest: bool) -> Plan:
    """End the review; from now on the accepted lines are the ledger. What was not looked at is accepted only when
    the officer says so for the batch (`accept_rest`), otherwise the review cannot end. Harmless when repeated."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == PlanState.IN_FORCE:
        return plan
    _must_be_under_review(plan)
    left = Target.objects.filter(plan=plan, review=Review.PROPOSED)
    count = left.count()
    if count and not accept_rest:
        raise refuse(
            "steering.review_open",
            ("复核", f"还有{count}条没有看过", "请逐条采纳或剔除，或选择“其余全部采纳”"),
            (
                "Review",
                f"{count} lines have not been looked at",
                "Accept or reject them, or accept all the rest",
            ),
        )
    left.update(review=Review.ACCEPTED, version=F("version") + 1)
    plan.state, plan.accepted_by, plan.accepted_at = PlanState.IN_FORCE, user, timezone.now()
    save_versioned(plan, plan.version)
    audit.record(
        actor_of(user), "steering.plan.put_in_force", plan.subject, after={"accepted_as_batch": count}
    )
    return plan


def _must_be_under_review(plan: Plan) -> None:
    if plan.state != PlanState.REVIEW:
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


def _set_units(target: Target, lead: str, co: str) -> dict[str, str]:
    wanted = [(unit, Duty.LEAD) for unit in _split(lead)] + [(unit, Duty.CO) for unit in _split(co)]
    present = [(row.unit, Duty(row.duty)) for row in target.responsibilities.all()]
    if wanted == present:
        return {}
    known = resolve_units({unit for unit, _ in wanted})
    target.responsibilities.all().delete()
    Responsibility.objects.bulk_create(
        Responsibility(
            target=target, unit=unit, organisation=known.get(unit), duty=duty, order=order, start=target.start, end=target.end,
            why="复核时由工作人员填写",
        )
        for order, (unit, duty) in enumerate(dict.fromkeys(wanted))
    )  # fmt: skip
    return {"lead": lead, "co": co}


def _split(units: str) -> list[str]:
    text = units.replace("，", "、").replace(",", "、").replace("；", "、").replace("\n", "、")
    return [unit.strip()[:200] for unit in text.split("、") if unit.strip()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
