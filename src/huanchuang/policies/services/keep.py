"""Decisions put on file, with everything that is needed to read them again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from huanchuang.audit import services as audit
from huanchuang.policies.models import Decision
from huanchuang.policies.queries.decided import needed_of
from huanchuang.policies.queries.known import Subject
from huanchuang.policies.queries.outlook import Card
from huanchuang.policies.queries.shown import shown_value


def keep(actor: audit.Actor, subject: Subject, card: Card) -> Decision:
    """Put a decision on file: version and hash of the policy, day, inputs with sources, result and trace."""
    decision, listed = card.decision, card.listed
    needed = {(fact.key, period) for fact, period in needed_of(card)}
    inputs = [
        {
            "key": one.fact.key,
            "name": one.fact.zh,
            "period": one.period,
            "value": shown_value(one),
            "source": one.source,
        }
        for place, one in subject.taken.items()
        if place in needed
    ]
    findings = [
        {
            "requirement": one.requirement.id,
            "text": one.requirement.text.text(),
            "clause": one.requirement.clause,
            "outcome": one.outcome,
            "why": one.why(),
        }
        for one in decision.findings
    ]
    with transaction.atomic():
        made = Decision.objects.create(
            organisation=subject.organisation,
            policy=listed.id,
            title=listed.title()[:200],
            version=listed.policy.version,
            digest=listed.pack.hash,
            as_of=decision.as_of,
            result=decision.result,
            fen=decision.fen,
            inputs=inputs,
            findings=findings,
            trace="\n".join(decision.trace().lines()),
            kept_at=timezone.now(),
            kept_by=actor.id,
            kept_by_name=actor.name,
        )
        after = {
            "policy": listed.id,
            "version": made.version,
            "digest": made.digest,
            "result": made.result,
            "fen": made.fen,
        }
        audit.record(actor, "policies.decision.keep", subject.organisation.subject, after=after)
    return made
