"""Give the lines under review another shape: split one that holds two promises, merge two that say the same, add one
that the reader passed over."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm.models import EditedMeanwhile, save_versioned
from huanchuang.steering.models import Absorbed, Deadline, Plan, Responsibility, Review, Target, TargetKind
from huanchuang.steering.queries.shapes import Addition, Part, home_of
from huanchuang.steering.services.desk_log import Verb, note, under_review
from huanchuang.steering.services.review import CORRECTABLE, set_units

LEAST = 2


@transaction.atomic
def divide(user: User, target: Target, version: int, parts: Sequence[Part]) -> list[Target]:
    """Make several lines of one, each with its own words; all of them are to be looked at again.

    The first part keeps the row; units and dates are copied. Raises EditedMeanwhile, ProblemError.
    """
    plan = under_review(Plan(pk=target.plan_id))
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if len(parts) < LEAST:
        raise refuse(
            "steering.split.one",
            ("拆分", "只有一段，没有可拆的内容", "请每行写一段原文，至少两行"),
            ("Split", "there is only one part", "Write one passage per line, at least two"),
        )
    before = {"name": target.name, "quote": target.quote}
    later = Target.objects.filter(plan=plan, position__gt=target.position)
    later.update(position=F("position") + len(parts) - 1)
    units, dates = list(target.responsibilities.all()), list(target.deadlines.all())
    below = list(target.parts.all())
    _take_part(target, parts[0])
    save_versioned(target, version)
    made = [target, *(_further(target, part, place) for place, part in enumerate(parts[1:], start=1))]
    for line in made[1:]:
        _copy(line, units, dates)
    _hang_below(made, below)
    after = {"parts": [line.name for line in made], "lines": [line.pk for line in made]}
    note(user, plan, Verb.SPLIT, made, before=before, after=after)
    audit.record(actor_of(user), "steering.reading.divide", target.subject, before=before, after=after)
    return made


def _take_part(target: Target, part: Part) -> None:
    for name, value in dataclasses.asdict(part).items():
        setattr(target, name, value)
    target.review, target.corrected, target.doubt = Review.PROPOSED, True, ""
    target.also = []


def _further(first: Target, part: Part, place: int) -> Target:
    stem = f"{first.code[:32]}."
    taken = Target.objects.filter(plan_id=first.plan_id, code__startswith=stem).count()
    line = Target(
        plan_id=first.plan_id, item_id=first.item_id, parent_id=first.parent_id, code=f"{stem}{taken + 1}",
        position=first.position + place, why=f"由“{first.name}”拆分", due_on=first.due_on, recurring=first.recurring,
    )  # fmt: skip
    _take_part(line, part)
    line.save()
    return line


def _copy(line: Target, units: Sequence[Responsibility], dates: Sequence[Deadline]) -> None:
    Responsibility.objects.bulk_create(Responsibility(**_values(unit, line)) for unit in units)
    Deadline.objects.bulk_create(Deadline(**_values(date, line)) for date in dates)


def _values(row: Responsibility | Deadline, line: Target) -> dict[str, Any]:
    """The fields of a unit or date, for another line."""
    kept = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in kept} | {"target_id": line.pk, "version": 1}


def _hang_below(made: Sequence[Target], below: Sequence[Target]) -> None:
    """Lines below a task go to the part in whose words they stand."""
    for part in below:
        home = [line for line in made if line.start <= part.start] or made[:1]
        if home[-1].pk != part.parent_id:
            Target.objects.filter(pk=part.pk).update(parent=home[-1])


@transaction.atomic
def merge(user: User, plan: Plan, keep: int, versions: Mapping[int, int]) -> Target:
    """Make lines that state the same target one: the kept one names the other places, takes their units and the lines
    below them. Taking the other ones back undoes it. Raises EditedMeanwhile, ProblemError."""
    plan = under_review(plan)
    lines = list(
        Target.objects.select_for_update(of=("self",))
        .filter(plan=plan, pk__in=list(versions))
        .exclude(review=Review.REJECTED)
    )
    kept = next((line for line in lines if line.pk == keep), None)
    if kept is None or len(lines) < LEAST:
        raise refuse(
            "steering.merge.one",
            ("合并", "选中的条目不足两条，或已被剔除", "请至少勾选两条未剔除的条目"),
            ("Merge", "fewer than two lines that are not rejected were chosen", "Tick at least two lines"),
        )
    for line in lines:
        if line.version != versions[line.pk]:
            raise EditedMeanwhile(line)
    others = [line for line in lines if line.pk != keep]
    for line in others:
        _absorb(kept, line)
    kept.corrected = True
    save_versioned(kept, kept.version)
    ids = [line.pk for line in others]
    Target.objects.filter(pk__in=ids).update(review=Review.REJECTED, version=F("version") + 1)
    after = {"into": kept.pk, "lines": ids}
    note(user, plan, Verb.MERGE, lines, after=after)
    audit.record(actor_of(user), "steering.reading.merge", kept.subject, after=after)
    return kept


def _absorb(kept: Target, line: Target) -> None:
    kept.also = [*kept.also, {"start": line.start, "end": line.end, "text": line.quote[:400]}, *line.also]
    if kept.due_on is None and not kept.recurring:
        kept.due_on, kept.recurring = line.due_on, line.recurring
    named = {row.unit for row in kept.responsibilities.all()}
    new = [row for row in line.responsibilities.all() if row.unit not in named]
    order = kept.responsibilities.count()
    moved = [
        Responsibility.objects.create(
            target=kept, unit=row.unit, organisation_id=row.organisation_id, duty=row.duty, order=order + place,
            start=row.start, end=row.end, inferred=row.inferred, why=row.why,
        ).pk
        for place, row in enumerate(new)
    ]  # fmt: skip
    parts = (
        [] if line.pk == kept.parent_id else list(line.parts.exclude(pk=kept.pk).values_list("pk", flat=True))
    )
    Target.objects.filter(pk__in=parts).update(parent=kept)
    Absorbed.objects.create(target=line, into=kept, parts=parts, units=moved)


@transaction.atomic
def add(
    user: User, plan: Plan, place: Addition, token: str, values: Mapping[str, Any], lead: str, co: str
) -> Target:
    """A line that the reader passed over, by the words an officer selected; accepted by that. Pressed twice, it is one line."""
    plan = under_review(plan)
    code = f"added-{token[:32]}"
    there = Target.objects.filter(plan=plan, code=code).first()
    if there is not None:
        return there
    item = home_of(plan, place.start)
    Target.objects.filter(plan=plan, position__gte=place.position).update(position=F("position") + 1)
    given = {name: value for name, value in values.items() if name in CORRECTABLE}
    target = Target.objects.create(
        plan=plan, item=item, code=code, position=place.position, quote=place.quote, start=place.start, end=place.end,
        parent=None if given.get("kind") == TargetKind.TASK else item.targets.filter(kind=TargetKind.TASK).first(),
        why="由工作人员在原文中选定", review=Review.ACCEPTED, corrected=True, **given,
    )  # fmt: skip
    set_units(target, lead, co)
    after = {"name": target.name, "start": place.start, "end": place.end}
    note(user, plan, Verb.ADD, [target], after=after)
    audit.record(actor_of(user), "steering.reading.add", target.subject, after=after)
    return target
