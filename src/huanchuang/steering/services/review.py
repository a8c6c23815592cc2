"""What the officer says about a reading: accept, reject, correct, take back; and put the plan in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from huanchuang.steering.models import Absorbed, Duty, Plan, PlanState, Responsibility, Review, Target
from huanchuang.steering.services.desk_log import Verb, note, under_review

CORRECTABLE = frozenset(
    {"name", "kind", "value", "value_max", "unit", "comparator", "baseline", "due_on", "recurring"}
)
VERBS = {Review.ACCEPTED: Verb.ACCEPT, Review.REJECTED: Verb.REJECT, Review.PROPOSED: Verb.TAKE_BACK}


@dataclass(frozen=True)
class Decided:
    """How many lines changed, and those that somebody else had changed since the person saw them: they were left alone."""

    done: int
    overtaken: tuple[Target, ...]


@transaction.atomic
def decide(user: User, plan: Plan, targets: Collection[int] | Mapping[int, int], verdict: Review) -> Decided:
    """Accept, reject or take back some lines of a plan under review.

    With a mapping of ids to the versions that the person saw, lines changed by somebody else meanwhile stay as they are.
    """
    plan = under_review(plan)
    seen = targets if isinstance(targets, Mapping) else {}
    chosen = list(Target.objects.filter(plan=plan, pk__in=list(targets)).exclude(review=verdict))
    overtaken = tuple(line for line in chosen if seen.get(line.pk, line.version) != line.version)
    ids = [line.pk for line in chosen if line not in overtaken]
    if verdict == Review.PROPOSED:
        _give_back(ids)
    Target.objects.filter(pk__in=ids).update(review=verdict, version=F("version") + 1)
    if ids:
        note(user, plan, VERBS[verdict], ids)
        audit.record(
            actor_of(user),
            "steering.reading.decide",
            plan.subject,
            after={"verdict": verdict.value, "lines": ids},
        )
    return Decided(len(ids), overtaken)


@transaction.atomic
def correct(
    user: User, target: Target, version: int, values: Mapping[str, Any], lead: str, co: str
) -> Target:
    """Set right what the reader got wrong; the line is accepted by that. Raises EditedMeanwhile, ProblemError.

    `lead` and `co` are units as people write them, separated by 、.
    """
    plan = under_review(Plan(pk=target.plan_id))
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    changed = {
        name: value
        for name, value in values.items()
        if name in CORRECTABLE and getattr(target, name) != value
    }
    before = {name: _text(getattr(target, name)) for name in changed}
    for name, value in changed.items():
        setattr(target, name, value)
    units = set_units(target, lead, co)
    target.corrected = target.corrected or bool(changed or units)
    target.review = Review.ACCEPTED
    save_versioned(target, version)
    after = {name: _text(value) for name, value in changed.items()} | units
    note(user, plan, Verb.CORRECT, [target], before=before, after=after)
    audit.record(actor_of(user), "steering.reading.correct", target.subject, before=before, after=after)
    return target


@transaction.atomic
def put_in_force(user: User, plan: Plan, *, accept_rest: bool) -> Plan:
    """End the review; from now on the accepted lines are the ledger. What was not looked at is accepted only when
    the officer says so for the batch (`accept_rest`), otherwise the review cannot end. Harmless when repeated."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == PlanState.IN_FORCE:
        return plan
    plan = under_review(plan)
    left = Target.objects.filter(plan=plan, review=Review.PROPOSED)
    unseen = list(left.values_list("pk", flat=True))
    if unseen and not accept_rest:
        raise refuse(
            "steering.review_open",
            ("复核", f"还有{len(unseen)}条没有看过", "请逐条采纳或剔除，或选择“其余全部采纳”"),
            (
                "Review",
                f"{len(unseen)} lines have not been looked at",
                "Accept or reject them, or accept all the rest",
            ),
        )
    note(user, plan, Verb.ACCEPT_BATCH, unseen)
    left.update(review=Review.ACCEPTED, version=F("version") + 1)
    plan.state, plan.accepted_by, plan.accepted_at = PlanState.IN_FORCE, user, timezone.now()
    save_versioned(plan, plan.version)
    audit.record(
        actor_of(user), "steering.plan.put_in_force", plan.subject, after={"accepted_as_batch": len(unseen)}
    )
    return plan


def set_units(target: Target, lead: str, co: str) -> dict[str, str]:
    """Who answers for a line, as people write it; empty where nothing changed. The caller is inside a transaction."""
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


def _give_back(ids: Collection[int]) -> None:
    """Lines that were made part of another one stand alone again, with the lines and units that went along."""
    for absorbed in Absorbed.objects.filter(target__in=ids).select_related("target", "into"):
        own = [(absorbed.target.start, absorbed.target.end)]
        own += [(place["start"], place["end"]) for place in absorbed.target.also]
        kept = absorbed.into
        kept.also = [place for place in kept.also if (place["start"], place["end"]) not in own]
        save_versioned(kept, kept.version)
        Target.objects.filter(pk__in=absorbed.parts, parent=kept).update(parent=absorbed.target)
        Responsibility.objects.filter(pk__in=absorbed.units, target=kept).delete()
        absorbed.delete()


def _split(units: str) -> list[str]:
    text = units.replace("，", "、").replace(",", "、").replace("；", "、").replace("\n", "、")
    return [unit.strip()[:200] for unit in text.split("、") if unit.strip()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
