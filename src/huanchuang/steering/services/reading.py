"""Write what the reader found: head and text, outline, lines, end. Each step may be done again without harm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.reader import Paper, Reading
from huanchuang.registry.queries import resolve_units
from huanchuang.steering.models import Deadline, Item, Plan, PlanState, Responsibility, Target
from huanchuang.steering.queries.proposal import Proposal, ProposedItem, ProposedLine

READING_VERSION = 1
"""Grows when `queries.proposal` would turn the same reading into other lines."""


@transaction.atomic
def write_head(plan: Plan, paper: Paper, reading: Reading, grammar: tuple[str, str, str]) -> None:
    """Keep the text whole, the head of the document and which grammar (id, version, hash) has read it."""
    head = reading.as_data()["document"]
    plan.title = (reading.document.title or plan.file.name)[:300]
    plan.number = (reading.document.number or "")[:100]
    plan.issuer = (reading.document.issuer or "")[:200]
    signed = reading.document.date_signed or reading.document.date_published or reading.document.date
    plan.issued_on = dt.date.fromisoformat(signed) if signed else None
    plan.head = head
    plan.text = paper.text
    plan.problems = reading.as_data()["problems"]
    plan.grammar_id, plan.grammar_version, plan.grammar_hash = grammar
    plan.reading_version = READING_VERSION
    plan.save()


@transaction.atomic
def write_items(plan: Plan, items: Sequence[ProposedItem]) -> None:
    """The outline, parents before children."""
    by_code: dict[str, Item] = {}
    for position, item in enumerate(items):
        by_code[item.code], _ = Item.objects.update_or_create(
            plan=plan,
            code=item.code,
            defaults={
                "parent": by_code.get(item.parent or ""),
                "level": item.level,
                "number": item.number[:40],
                "path": item.path[:120],
                "heading": item.heading,
                "start": item.start,
                "end": item.end,
                "body_end": item.body_end,
                "position": position,
                "why": item.why,
            },
        )


@transaction.atomic
def write_lines(plan: Plan, lines: Sequence[ProposedLine], first: int) -> None:
    """Some lines with their units and dates; `first` is the place of the first one in the whole ledger."""
    items = {item.code: item for item in plan.items.all()}
    known = resolve_units({unit.unit for line in lines for unit in line.units})
    codes = [line.code for line in lines]
    Target.objects.filter(plan=plan, code__in=codes).delete()
    made = Target.objects.bulk_create([_target(plan, items, line, first + n) for n, line in enumerate(lines)])
    Responsibility.objects.bulk_create(
        Responsibility(
            target=target,
            unit=unit.unit[:200],
            organisation=known.get(unit.unit),
            duty=unit.duty,
            order=order,
            start=unit.start,
            end=unit.end,
            inferred=unit.inferred,
            why=unit.why,
        )
        for target, line in zip(made, lines, strict=True)
        for order, unit in enumerate(line.units)
    )
    Deadline.objects.bulk_create(
        Deadline(
            target=target,
            phrase=date.phrase[:200],
            due_on=date.due_on,
            recurring=date.recurring,
            start=date.start,
            end=date.end,
            inferred=date.inferred,
            why=date.why,
        )
        for target, line in zip(made, lines, strict=True)
        for date in line.dates
    )


def _target(plan: Plan, items: dict[str, Item], line: ProposedLine, position: int) -> Target:
    dated = [date.due_on for date in line.dates if date.due_on]
    return Target(
        plan=plan,
        item=items[line.item],
        code=line.code,
        position=position,
        kind=line.kind,
        name=line.name,
        quote=line.quote,
        start=line.start,
        end=line.end,
        also=[{"start": start, "end": end, "text": text} for start, end, text in line.also],
        why=line.why,
        doubt=line.doubt,
        value=line.value,
        value_max=line.value_max,
        unit=line.unit[:20],
        comparator=line.comparator,
        due_on=max(dated) if dated else None,
        recurring="" if dated else next((date.recurring for date in line.dates if date.recurring), ""),
    )


@transaction.atomic
def finish_reading(plan: Plan, actor: audit.Actor, proposal: Proposal) -> None:
    """Hang the lines under their tasks and hand the reading to the officer."""
    by_code = {target.code: target for target in plan.targets.all()}
    for line in proposal.lines:
        target = by_code[line.code]
        target.parent = by_code.get(line.parent or "")
    Target.objects.bulk_update(by_code.values(), ["parent"])
    Plan.objects.filter(pk=plan.pk, state=PlanState.READING).update(state=PlanState.REVIEW)
    audit.record(
        actor,
        "steering.plan.read",
        plan.subject,
        after={"items": len(proposal.items), "lines": len(proposal.lines)},
    )
