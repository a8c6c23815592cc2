"""What one organisation can have, nearly can have, and what has to be found out first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel import Money
from huanchuang.engines.rules import (
    Combination,
    Decision,
    Gap,
    Group,
    Offer,
    Wanted,
    best_combination,
    bind_policy,
    decide,
)
from huanchuang.packs.policies.criteria import REGISTERED
from huanchuang.packs.vocabulary import organisation_kinds, work_calendar
from huanchuang.policies.models import Answer
from huanchuang.policies.queries.known import Subject, subject_of, subjects
from huanchuang.policies.queries.library import Listed, Opening, in_force, next_opening
from huanchuang.registry.models import Organisation

CARRIER = "carrier"
NEAR = 2
"""Requirements that may be missed by a policy that one nearly can have."""
AMOUNT, EFFORT, CLOSING = "amount", "effort", "closing"
ORDERS = (AMOUNT, EFFORT, CLOSING)
STEP, PAPER = 4, 2
"""Effort of an application and of each paper, on the scale of what is missing (a figure of one's own: 2)."""
Supposed = Mapping[tuple[str, str], Plain | None]
"""Figures that are only supposed, by key and code of the period."""


def _can_grow(gap: Gap) -> bool:
    """Whether a figure closes it: what kind of unit one is does not change by tomorrow."""
    return any(not isinstance(change.new, bool | str) for change in gap.changes)


@dataclass(frozen=True)
class Card:
    """One policy for one organisation."""

    listed: Listed
    decision: Decision
    opening: Opening | None

    @property
    def result(self) -> str:
        """yes, no, unknown or not_in_force."""
        return self.decision.result

    @property
    def money(self) -> Money | None:
        """What is due, or would be: for sorting and showing."""
        grant = self.decision.grant
        fen = None if grant is None else grant.fen
        return None if fen is None else Money(fen)

    @cached_property
    def is_near(self) -> bool:
        """Whether few requirements are missed, and each by figures or days that can change."""
        gaps = self.decision.distance
        return (
            self.result == "no"
            and 0 < len(self.decision.failed) <= NEAR
            and len(gaps) > 0
            and all(gap.days is not None or _can_grow(gap) for gap in gaps)
        )

    @cached_property
    def effort(self) -> int:
        """How much there is to do: papers to bring, what is missing by how hard it is to get; least where nothing is applied for."""
        missing = sum(one.effort for one in self.quickest) if self.result == "unknown" else 0
        steps = 0 if self.listed.without_application else STEP
        return steps + PAPER * len(self.decision.papers) + missing

    @cached_property
    def quickest(self) -> Sequence[Wanted]:
        """What settles it first, where it cannot be told."""
        return self.decision.quickest or self.decision.missing


def ordered(cards: Iterable[Card], order: str) -> list[Card]:
    """Cards in an order; what is equal in it by amount, then by id."""

    def place(card: Card) -> tuple[float, int, str]:
        fen = card.money.fen if card.money else -1
        first = {
            EFFORT: float(card.effort),
            CLOSING: float(card.opening.closes.toordinal() if card.opening else dt.date.max.toordinal()),
        }.get(order, 0.0)
        return first, -fen, card.listed.id

    return sorted(cards, key=place)


@dataclass(frozen=True)
class Outlook:
    """All policies for one organisation on a day."""

    subject: Subject
    as_of: dt.date
    cards: Sequence[Card]

    def of(self, result: str, order: str = AMOUNT) -> list[Card]:
        """The cards with a result: the largest amounts first, or the least effort, or the first to close."""
        return ordered([card for card in self.cards if card.result == result], order)

    @cached_property
    def near(self) -> list[Card]:
        """What one nearly can have, the fewest gaps first."""
        found = [card for card in self.cards if card.is_near]
        return sorted(found, key=lambda card: (len(card.decision.failed), card.listed.id))

    @cached_property
    def far(self) -> list[Card]:
        """What is out of reach."""
        return [card for card in self.of("no") if not card.is_near]

    @cached_property
    def wanted(self) -> list[tuple[Wanted, int]]:
        """What settles most, with the number of policies that wait for it; papers and people last."""
        waiting: dict[Wanted, int] = {}
        for card in self.of("unknown"):
            for one in card.decision.missing:
                waiting[one] = waiting.get(one, 0) + 1
        order = {"fact": 0, "rows": 1}
        return sorted(
            waiting.items(),
            key=lambda pair: (order.get(str(pair[0].kind), 2), -pair[1], pair[0].effort, pair[0].zh),
        )

    @cached_property
    def combination(self) -> Combination:
        """What to apply for together, under 就高不重复, exclusive groups and limits of a sum."""
        due = [card for card in self.of("yes") if card.decision.fen]
        groups: dict[str, Group] = {group.name: group for card in due for group in card.listed.policy.groups}
        offers = [
            Offer(
                card.listed.id,
                card.decision.fen or 0,
                tuple(group.name for group in card.listed.policy.groups),
            )
            for card in due
        ]
        return best_combination(offers, groups)


def outlook_of(organisation: Organisation, as_of: dt.date) -> Outlook:
    """Every policy in force that is about such organisations, decided."""
    subject = subject_of(organisation, as_of)
    answers = answers_of(organisation, as_of)
    chosen = [one for one in in_force(as_of) if is_about(one, organisation)]
    cards = [card_of(one, subject, as_of, answers.get(one.id, {})) for one in chosen]
    return Outlook(subject, as_of, cards)


def keys_asked(listed: Iterable[Listed], as_of: dt.date) -> frozenset[str]:
    """The keys of all facts that policies ask for on a day. Years before an organisation was registered are not needed: that too."""
    asked = [
        bind_policy(one.policy, as_of, work_calendar()) for one in listed if one.policy.is_in_force(as_of)
    ]
    needs = [need for bound in asked for each in bound.expressions for need in each.needs]
    return frozenset({REGISTERED, *(fact.key for fact, _period in needs)})


def is_about(one: Listed, organisation: Organisation) -> bool:
    """Whether a policy is about organisations of this kind."""
    return is_carrier(organisation.kind) == one.for_carriers


def is_carrier(kind: str) -> bool:
    """Whether a kind of organisation is an incubator or the like."""
    kinds = organisation_kinds()
    return kind in kinds and kinds.is_within(kind, CARRIER)


def card_of(
    one: Listed,
    subject: Subject,
    as_of: dt.date,
    answers: Mapping[str, bool | None],
    supposed: Supposed | None = None,
) -> Card:
    """One policy decided for one organisation, with figures that are only supposed in the place of known ones."""
    decision = decide(one.policy, subject.record(supposed), as_of, answers=answers, calendar=work_calendar())
    return Card(one, decision, next_opening(one, as_of))


def answers_of(organisation: Organisation, as_of: dt.date) -> dict[str, dict[str, bool | None]]:
    """Policy → requirement → what was said and still holds on a day."""
    return answers_of_many([organisation], as_of).get(organisation.pk, {})


def answers_of_many(
    organisations: Iterable[Organisation], as_of: dt.date, policy: str = ""
) -> dict[int, dict[str, dict[str, bool | None]]]:
    """Organisation → policy → requirement → what was said and still holds; of one policy where asked. One question."""
    found: dict[int, dict[str, dict[str, bool | None]]] = {}
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=as_of)
    rows = Answer.objects.filter(lasting, organisation__in=list(organisations), ended_at=None)
    for answer in rows.filter(policy=policy) if policy else rows:
        said = found.setdefault(answer.organisation_id, {}).setdefault(answer.policy, {})
        said[answer.requirement] = answer.is_met
    return found


def standing_answers(organisation: Organisation, policy: str) -> dict[str, Answer]:
    """Requirement → the answer that stands."""
    found = Answer.objects.filter(organisation=organisation, policy=policy, ended_at=None)
    return {answer.requirement: answer for answer in found}


def cards_of(organisations: Sequence[Organisation], one: Listed, as_of: dt.date) -> dict[int, Card]:
    """Organisation → one policy decided for it; a handful of questions however many there are."""
    return {subject.organisation.pk: card for subject, card in decided_for(organisations, one, as_of)}


def decided_for(
    organisations: Sequence[Organisation], one: Listed, as_of: dt.date
) -> Iterator[tuple[Subject, Card]]:
    """Each organisation as the engine sees it, with one policy decided for it; of its facts only those that are asked for."""
    answers = answers_of_many(organisations, as_of, one.id)
    for subject in subjects(organisations, as_of, keys_asked([one], as_of)):
        said = answers.get(subject.organisation.pk, {}).get(one.id, {})
        yield subject, card_of(one, subject, as_of, said)
