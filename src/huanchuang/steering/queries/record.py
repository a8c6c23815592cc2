"""One line with everything about it: sentence, units, dates, parts, reports, evidence, history, and what one may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import series
from huanchuang.steering.models import (
    Basis,
    Change,
    Evidence,
    Fate,
    FormerLine,
    Item,
    Node,
    Report,
    Slip,
    State,
    Target,
    Transition,
)
from huanchuang.steering.queries.inheritance import sentence
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.light import Colour, plain
from huanchuang.steering.queries.parts import Parts, parts_of
from huanchuang.steering.queries.path import is_met
from huanchuang.steering.queries.slips import slips_of
from huanchuang.steering.queries.standing import light_rules, lit_of, standing_of, waypoint
from huanchuang.steering.queries.typed import Known, Standing, baseline_for, needs_baseline, needs_list, typed
from huanchuang.steering.queries.visibility import may_answer_for, may_read_evidence, visible_plans
from huanchuang.steering.queries.words import LIFE, stage

FACT_KEY = "steering.reached"
"""Key of the facts about a line: how far its figure has come, in the unit of the target."""
OPEN = (State.NOT_STARTED, State.IN_PROGRESS)
CLAUSE_LIMIT = 1200


@dataclass(frozen=True)
class Passage:
    """The sentence of a line, cut where its own words begin and end."""

    before: str
    words: str
    after: str
    start: int
    end: int


@dataclass(frozen=True)
class Doings:
    """What the person may do with the line now; the buttons of the page follow it, the services ask again."""

    report: bool
    request_close: bool
    verify: bool
    second_person: bool
    """False where the person asked for closing and therefore cannot verify."""
    adjust: bool
    """Ask for another deadline or figure, or for the end."""
    decide: bool
    """Decide what somebody else asked for."""
    measure: bool
    """Set baseline, list and nodes."""
    reopen: bool


@dataclass(frozen=True)
class Measured:
    """What a line is measured against: `need` is baseline, reference, list or nothing."""

    need: str
    bases: tuple[Basis, ...] = ()
    listed: int = 0
    covered: int = 0


@dataclass(frozen=True)
class TargetRecord:
    """A line as its page shows it."""

    row: Row
    passage: Passage
    path: tuple[Item, ...]
    parts: tuple[Row, ...]
    reports: QuerySet[Report]
    evidence: QuerySet[Evidence]
    opens_evidence: bool
    history: QuerySet[Transition]
    facts: tuple[Fact, ...]
    doings: Doings
    life: tuple[tuple[str, object, bool], ...]
    """Steps of the life: key, word, whether the line stands there."""
    nodes: tuple[tuple[Node, bool], ...]
    """Nodes on the way, each with whether it is met."""
    measured: Measured
    change: Change | None
    """What somebody has asked for and nobody has decided."""
    slips: tuple[Slip, ...]
    split: Parts | None
    """The target by unit and year, where it is split or may be."""
    standing: Standing
    """What the light depends on, as its kind measures it."""
    withdraws: bool
    """Whether the person may withdraw evidence; the service asks whose it is."""
    former: tuple[FormerLine, ...] = ()
    """The line as it stood before each revision that changed it, the newest first."""
    compares: bool = False
    """Whether the person may see the versions of the plan side by side."""


def target_record(user: User, target: Target, as_of: dt.date) -> TargetRecord:
    """Everything about one line."""
    duties = list(target.responsibilities.select_related("organisation"))
    found = lit_of(target, as_of)
    row = Row(
        target,
        found.light,
        tuple(duty for duty in duties if duty.duty == "lead"),
        tuple(duty for duty in duties if duty.duty != "lead"),
        rolled=found.rolled,
    )
    former = former_of(target)
    change = (
        target.changes.filter(state=Change.State.ASKED).select_related("asked_by", "organisation").first()
    )
    standing = typed(standing_of(target, as_of), as_of, light_rules().reference_days)
    return TargetRecord(
        row=row,
        passage=passage_of(target),
        path=path_of(target),
        parts=tuple(rows_of(Target.objects.filter(parent=target, review=target.review), as_of)),
        reports=target.reports.select_related("reported_by", "organisation").prefetch_related("evidence"),
        evidence=target.evidence.select_related("file", "added_by", "withdrawn_by"),
        opens_evidence=may_read_evidence(user, target.subject),
        history=target.transitions.select_related("by"),
        facts=facts_of(target),
        doings=doings(user, target, change),
        life=life_of(target.state, row.light.colour),
        nodes=tuple((node, is_met(waypoint(node), standing)) for node in target.nodes.all()),
        measured=measured(target, as_of),
        change=change,
        slips=tuple(slips_of(target.pk)),
        split=parts_of(target, as_of) if target.split_way else None,
        standing=standing,
        withdraws=may_answer_for(user, target) and target.state != State.ENDED,
        former=former,
        compares=bool(former) and visible_plans(user).filter(pk=target.plan_id).exists(),
    )


def former_of(target: Target) -> tuple[FormerLine, ...]:
    """What a line promised before the revisions that changed it, the newest first."""
    return tuple(target.former.filter(fate=Fate.CHANGED).select_related("revision").order_by("-pk"))


def life_of(state: str, colour: Colour) -> tuple[tuple[str, object, bool], ...]:
    """The steps of the life with the one where the line stands; 预警 and 滞后 share a place, 终止 shows only when it is so."""
    here = stage(state, colour)
    way = ["not_started", "in_progress", "behind" if here == "behind" else "warned", "to_verify", "closed"]
    shown = [*way, "ended"] if here == "ended" else way
    return tuple((step, LIFE[step], step == here) for step in shown)


def measured(target: Target, as_of: dt.date) -> Measured:
    """What a line needs beside its figure, and what of it is known."""
    if needs_list(target.kind, target.unit):
        listed = list(target.members.all())
        return Measured("list", (), len(listed), sum(1 for one in listed if one.covered_on))
    if needs_baseline(target.kind, target.unit):
        return Measured("baseline", tuple(target.bases.select_related("recorded_by")))
    if target.kind == "benchmark":
        return Measured("reference", tuple(target.bases.select_related("recorded_by")))
    return Measured("")


def baseline_words(target: Target, as_of: dt.date) -> str:
    """The baseline of a growth in words; empty where the line is none or has none yet."""
    if not needs_baseline(target.kind, target.unit):
        return ""
    bases = [Known(basis.as_of, basis.value, basis.unit) for basis in target.bases.all()]
    known = baseline_for(bases, target.recurring, as_of)
    return f"{known.as_of.isoformat()} {plain(known.value)}{known.unit}" if known else ""


def passage_of(target: Target) -> Passage:
    """The very sentence a line came from; for a task its whole clause."""
    text = target.plan.text
    if target.kind == "task":
        start, end = target.start, min(target.item.body_end, target.start + CLAUSE_LIMIT)
        return Passage(
            "", text[start : target.end], text[target.end : end].rstrip(), start, target.item.body_end
        )
    start, end = sentence(text, target.start, target.end)
    return Passage(
        text[start : target.start], text[target.start : target.end], text[target.end : end], start, end
    )


def path_of(target: Target) -> tuple[Item, ...]:
    """The headings above a line, from the section down."""
    items = {item.pk: item for item in target.plan.items.all()}
    path: list[Item] = []
    current: Item | None = items.get(target.item_id)
    while current is not None and current.level != "document":
        path.append(current)
        current = items.get(current.parent_id or 0)
    return tuple(reversed(path))


def facts_of(target: Target) -> tuple[Fact, ...]:
    """The figures reported for a line, newest last."""
    return tuple(series(target.subject, FACT_KEY))


def doings(user: User, target: Target, change: Change | None = None) -> Doings:
    """What a person may do with a line now."""
    answers = may_answer_for(user, target)
    officer = allows(user, "steering.target.adjust")
    to_verify = target.state == State.TO_VERIFY
    return Doings(
        report=answers and target.state in OPEN,
        request_close=answers and target.state == State.IN_PROGRESS,
        verify=to_verify and allows(user, "steering.target.verify"),
        second_person=target.close_requested_by_id != user.pk,
        adjust=answers and change is None and target.state in (*OPEN, State.TO_VERIFY),
        decide=officer and change is not None and change.asked_by_id != user.pk,
        measure=officer and target.state in (*OPEN, State.TO_VERIFY),
        reopen=officer and target.state in (State.CLOSED, State.ENDED),
    )
