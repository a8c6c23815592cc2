"""One policy decided for one organisation, as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from huanchuang.engines.expression import Fact, Step
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.rules import Finding
from huanchuang.packs.policies import criteria
from huanchuang.policies.models import Answer, Decision
from huanchuang.policies.queries.known import Subject, Taken, subject_of
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.merged import brought_by, parts_of
from huanchuang.policies.queries.outlook import Card, answers_of, card_of, standing_answers
from huanchuang.policies.queries.related import Related
from huanchuang.policies.queries.shown import shown_value
from huanchuang.policies.queries.words import WAYS
from huanchuang.registry.models import Organisation


@dataclass(frozen=True)
class Line:
    """One requirement of a decision."""

    finding: Finding
    text: str
    way: str | Promise
    value: str
    threshold: str
    why: str
    answer: Answer | None
    asks: bool
    """Whether a paper or a person has to answer it."""
    counted: Sequence[Related] = ()
    """The records of the register that count for it."""
    others: Sequence[Answer] = ()
    """What was answered about organisations merged into this one, where this one's own answer counts."""


@dataclass(frozen=True)
class Found:
    """A decision with what it stands on."""

    organisation: Organisation
    subject: Subject
    card: Card
    as_of: dt.date
    answers: Mapping[str, bool | None]

    def lines(self, words: str) -> list[Line]:
        """Every requirement: those that fail first, then those that are open."""
        said = standing_answers(self.organisation, self.card.listed.id)
        others = other_answers(self.organisation, self.card.listed.id)
        order = {False: 0, None: 1, True: 2}
        found = sorted(self.card.decision.findings, key=lambda one: order[one.outcome])
        return [
            Line(
                one, one.requirement.text.text(words), WAYS[one.requirement.by], one.value(words), one.threshold(words),
                one.why(words), said.get(one.requirement.id), one.requirement.condition is None and one.requirement.id != "once",
                counted_by(one.step, self.subject), others.get(one.requirement.id, ()),
            )
            for one in found
        ]  # fmt: skip

    @cached_property
    def needed(self) -> Sequence[tuple[str, str]]:
        """Key and period of every figure the policy asks for, in the order it asks."""
        return [(fact.key, period) for fact, period in needed_of(self.card)]

    def inputs(self, words: str) -> list[tuple[str, str, Taken | None]]:
        """What was known of what is asked for: name, value, and where it comes from."""
        found = []
        for key, period in self.needed:
            fact, taken = criteria().vocabulary.fact(key), self.subject.taken.get((key, period))
            name = fact.name(words) if fact else key
            found.append((f"{period} {name}".strip(), shown_value(taken, words) if taken else "", taken))
        return found

    def figures(self, words: str) -> list[tuple[str, str, str]]:
        """Key, period and known value of each figure that may be supposed to be another."""
        found = []
        for key, period in self.needed:
            taken = self.subject.taken.get((key, period))
            found.append((key, period, shown_value(taken, words) if taken else ""))
        return found


def counted_by(step: Step | None, subject: Subject) -> list[Related]:
    """The related records that count under a step, each once."""
    found: dict[tuple[str, int], Related] = {}
    waiting = [] if step is None else [step]
    while waiting:
        current = waiting.pop()
        if isinstance(current.node, ops.CountRows | ops.SumRows):
            key = current.node.relation.key
            rows = subject.rows.get(key, [])
            found |= {(key, index): rows[index] for index, truth in enumerate(current.met) if truth}
        waiting += current.parts
    return [found[place] for place in sorted(found)]


def needed_of(card: Card) -> list[tuple[Fact, str]]:
    """Every figure a decision asks for with the code of its period, each once, in the order it asks."""
    bound = card.decision.bound
    if bound is None:
        return []
    every = bound.expressions
    return list(
        dict.fromkeys((fact, period.code if period else "") for one in every for fact, period in one.needs)
    )


def found_for(organisation: Organisation, policy: str, as_of: dt.date) -> Found | None:
    """A policy decided for an organisation on a day; None where there is no such policy."""
    listed = policy_named(policy, as_of)
    if listed is None:
        return None
    subject = subject_of(organisation, as_of)
    answers = answers_of(organisation, as_of).get(policy, {})
    return Found(organisation, subject, card_of(listed, subject, as_of, answers), as_of, answers)


def kept_decisions(organisation: Organisation, policy: str) -> Sequence[tuple[Decision, str]]:
    """What was put on file about it, the newest first; beside it the name of a merged organisation that brought it."""
    rows = list(Decision.objects.filter(organisation=organisation, policy=policy)[:10])
    brought = brought_by(Decision, organisation) if rows else {}
    return [(row, brought.get(row.pk, "")) for row in rows]


def other_answers(organisation: Organisation, policy: str) -> dict[str, list[Answer]]:
    """Requirement → answers about organisations merged into this one that stand beside its own and do not count."""
    parts = parts_of([organisation.pk])
    if not parts:
        return {}
    rows = Answer.objects.filter(organisation__in=parts, policy=policy, ended_at=None)
    found: dict[str, list[Answer]] = {}
    for row in rows.select_related("organisation"):
        found.setdefault(row.requirement, []).append(row)
    return found
