"""One line with everything about it: sentence, units, dates, parts, reports, evidence, history, and what one may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.facts.models import Fact
from huanchuang.facts.queries import series
from huanchuang.steering.models import Evidence, Item, Report, State, Target, Transition
from huanchuang.steering.queries.inheritance import sentence
from huanchuang.steering.queries.ledger import Row, light_of, rows_of
from huanchuang.steering.queries.visibility import may_answer_for, may_read_evidence

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
    reopen: bool


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


def target_record(user: User, target: Target, as_of: dt.date) -> TargetRecord:
    """Everything about one line."""
    duties = list(target.responsibilities.select_related("organisation"))
    row = Row(
        target,
        light_of(target, as_of),
        tuple(duty for duty in duties if duty.duty == "lead"),
        tuple(duty for duty in duties if duty.duty != "lead"),
    )
    return TargetRecord(
        row=row,
        passage=passage_of(target),
        path=path_of(target),
        parts=tuple(rows_of(Target.objects.filter(parent=target, review=target.review), as_of)),
        reports=target.reports.select_related("reported_by", "organisation").prefetch_related("evidence"),
        evidence=target.evidence.select_related("file", "added_by"),
        opens_evidence=may_read_evidence(user, target.subject),
        history=target.transitions.select_related("by"),
        facts=facts_of(target),
        doings=doings(user, target),
    )


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


def doings(user: User, target: Target) -> Doings:
    """What a person may do with a line now."""
    answers = may_answer_for(user, target)
    officer = allows(user, "steering.target.adjust")
    to_verify = target.state == State.TO_VERIFY
    return Doings(
        report=answers and target.state in OPEN,
        request_close=answers and target.state == State.IN_PROGRESS,
        verify=to_verify and allows(user, "steering.target.verify"),
        second_person=target.close_requested_by_id != user.pk,
        adjust=officer and target.state in (*OPEN, State.TO_VERIFY),
        reopen=officer and target.state in (State.CLOSED, State.ENDED),
    )
