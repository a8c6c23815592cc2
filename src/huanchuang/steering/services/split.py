"""Split a target by unit and year; say who answers in person; give the parts of a task their weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Portion, Report, Responsibility, SplitWay, State, Target, Transition
from huanchuang.steering.queries.split import can_be_added
from huanchuang.steering.services.rights import must_be_bureau
from huanchuang.steering.services.steps import locked, must_be

OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.TO_VERIFY)


@dataclass(frozen=True)
class PortionGiven:
    """What falls to a unit in a year."""

    organisation: Organisation
    year: int
    value: Decimal


@transaction.atomic
def set_portions(
    user: User, target: Target, version: int, way: SplitWay, portions: Iterable[PortionGiven]
) -> Target:
    """Put this split in the place of the one before; none takes the split away. Raises ProblemError, EditedMeanwhile.

    The parts need not make up the whole: the gap is shown, not hidden.
    """
    must_be_bureau(user)
    target = locked(target)
    must_be(target, OPEN, Transition.Verb.ADJUST)
    wanted = {(given.organisation.pk, given.year): given.value for given in portions}
    if wanted and target.value is None:
        raise refuse(
            "steering.nothing_to_split",
            (f"“{target.name}”", "没有目标值，不能分解", "请先通过调整补上目标值，或直接分配责任单位"),
            (f'"{target.name}"', "has no figure to be split", "Add a figure first, or assign units"),
        )
    before = {f"{row.organisation_id}/{row.year}": str(row.value) for row in target.portions.all()}
    target.portions.all().delete()
    Portion.objects.bulk_create(
        Portion(target=target, organisation_id=unit, year=year, value=value) for (unit, year), value in wanted.items()
    )  # fmt: skip
    target.split_way = way if wanted else ""
    add_up(target)
    save_versioned(target, version)
    after = {f"{unit}/{year}": str(value) for (unit, year), value in wanted.items()}
    audit.record(
        actor_of(user),
        "steering.target.split",
        target.subject,
        before=before,
        after={**after, "way": target.split_way},
    )
    return target


def add_up(target: Target) -> None:
    """Let the figure of a split target be what its units reported last, and count those that have not reported.

    The caller holds the line and saves it. Targets whose parts cannot be added keep their own figure.
    """
    units = set(target.portions.values_list("organisation", flat=True))
    if not units or not can_be_added(target.kind, target.unit):
        target.parts_missing = 0
        return
    newest = newest_figures(target)
    known = {unit: figure for unit, (_day, figure) in newest.items() if unit in units}
    target.parts_missing = len(units) - len(known)
    target.reached = sum(known.values(), Decimal(0)) if known else None
    if known:
        target.reported_on = max(newest[unit][0] for unit in known)


def newest_figures(target: Target) -> dict[int, tuple[dt.date, Decimal]]:
    """Unit → day and figure of its newest report."""
    found: dict[int, tuple[dt.date, Decimal]] = {}
    reports = Report.objects.filter(target=target, figure__isnull=False, organisation__isnull=False)
    for unit, day, figure in reports.order_by("as_of", "id").values_list("organisation", "as_of", "figure"):
        if unit is not None and figure is not None:
            found[unit] = (day, figure)
    return found


@transaction.atomic
def set_duties(user: User, target: Target, people: Mapping[int, tuple[str, str]]) -> int:
    """Say for each unit of a line who leads it (责任领导) and who does it (责任人). Returns how many rows changed."""
    must_be_bureau(user)
    target = locked(target)
    changed = 0
    for duty in target.responsibilities.select_for_update(of=("self",)).filter(pk__in=people):
        leader, person = (name.strip()[:60] for name in people[duty.pk])
        if (leader, person) == (duty.leader, duty.person):
            continue
        before = {"leader": duty.leader, "person": duty.person}
        Responsibility.objects.filter(pk=duty.pk).update(
            leader=leader, person=person, version=F("version") + 1
        )
        audit.record(
            actor_of(user),
            "steering.target.set_duties",
            target.subject,
            before=before,
            after={"leader": leader, "person": person},
            note=duty.unit,
        )
        changed += 1
    return changed


@transaction.atomic
def set_weights(user: User, target: Target, weights: Mapping[int, Decimal]) -> int:
    """Weigh the parts of a task against each other. Returns how many changed. Raises ProblemError for all zero."""
    must_be_bureau(user)
    target = locked(target)
    parts = {part.pk: part for part in target.parts.select_for_update(of=("self",))}
    after = {pk: weights.get(pk, part.weight) for pk, part in parts.items()}
    if after and not any(weight > 0 for weight in after.values()):
        raise refuse(
            "steering.no_weight",
            ("权重", "全部为零", "请至少给一项大于零的权重"),
            ("Weights", "are all zero", "Give at least one part a weight above zero"),
        )
    changed = {pk: weight for pk, weight in after.items() if weight != parts[pk].weight}
    for pk, weight in changed.items():
        Target.objects.filter(pk=pk).update(weight=weight, version=F("version") + 1)
    if changed:
        audit.record(
            actor_of(user),
            "steering.target.weigh",
            target.subject,
            before={str(pk): str(parts[pk].weight) for pk in changed},
            after={str(pk): str(weight) for pk, weight in changed.items()},
        )
    return len(changed)
