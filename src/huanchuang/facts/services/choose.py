"""Choose which source counts where sources differ, with the reason; take the choice back. One transaction each."""

from __future__ import annotations

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.choices import choices_of
from huanchuang.facts.services.record import TICK, CorrectedMeanwhile, reason_or_refuse
from huanchuang.orm import clock


class ChosenMeanwhile(Exception):
    """Somebody else chose or took a choice back between reading and saving; nothing was written."""

    def __init__(self, choice: SourceChoice | None) -> None:
        super().__init__("another choice stands now")
        self.choice = choice


def choose_source(actor: audit.Actor, fact: Fact, reason: str, seen: int | None = None) -> SourceChoice:
    """Let the source of a current fact count for its place; a choice that stood there ends.

    `seen` is the key of the choice the person saw standing, 0 for none; without it nobody is asked about. Raises
    ProblemError without a reason or where no other source says anything else, CorrectedMeanwhile when the fact is no
    longer current, ChosenMeanwhile when another choice stands than the one seen.
    """
    words = reason_or_refuse(reason, "选定理由", "Reason for the choice")
    with transaction.atomic():
        stored = list(
            Fact.objects.select_for_update()
            .filter(subject=fact.subject, key=fact.key, period=fact.period, current_until__isnull=True)
            .order_by("id")
        )
        standing_fact = next((one for one in stored if one.pk == fact.pk), None)
        if standing_fact is None:
            raise CorrectedMeanwhile(Fact.objects.get(pk=fact.pk))
        if all((one.value, one.unit) == (fact.value, fact.unit) for one in stored):
            raise _nothing_differs(fact)
        return _choose(actor, standing_fact, words, seen)


def _choose(actor: audit.Actor, fact: Fact, reason: str, seen: int | None) -> SourceChoice:
    ever = list(choices_of(fact.subject, fact.key, fact.period).select_for_update().filter(came_with=""))
    standing = next((choice for choice in ever if choice.ended_at is None), None)
    if seen is not None and seen != (standing.pk if standing else 0):
        raise ChosenMeanwhile(standing)
    moments = [(choice.ended_at or choice.chosen_at) + TICK for choice in ever]
    moment = max(
        [clock.now(), fact.recorded_at, *moments]
    )  # the demonstration's clock jumps back every midnight
    if standing is not None:
        standing.ended_at, standing.ended_by_name = moment, actor.name
        standing.save(update_fields=["ended_at", "ended_by_name"])
    choice = SourceChoice.objects.create(
        subject=fact.subject,
        key=fact.key,
        period=fact.period,
        source_kind=fact.source_kind,
        origin=fact.origin,
        reason=reason,
        chosen_at=moment,
        chosen_by=actor.id,
        chosen_by_name=actor.name,
    )
    after = {"key": fact.key, "period": fact.period.code, "value": fact.value, "unit": fact.unit}
    before = {"source_kind": standing.source_kind} if standing else None
    after["source_kind"] = fact.source_kind
    audit.record(actor, "facts.source.choose", fact.subject, before=before, after=after, note=reason)
    return choice


def take_back_choice(actor: audit.Actor, choice: SourceChoice, reason: str) -> SourceChoice:
    """End a choice without another in its place: the order of trust decides again.

    Raises ProblemError without a reason, ChosenMeanwhile when the choice has ended already.
    """
    words = reason_or_refuse(reason, "撤销理由", "Reason for taking the choice back")
    with transaction.atomic():
        stored = SourceChoice.objects.select_for_update().get(pk=choice.pk)
        if stored.ended_at is not None:
            raise ChosenMeanwhile(stored)
        stored.ended_at = max(clock.now(), stored.chosen_at + TICK)
        stored.ended_by_name, stored.ended_because = actor.name, words
        stored.save(update_fields=["ended_at", "ended_by_name", "ended_because"])
        before = {"key": stored.key, "period": stored.period.code, "source_kind": stored.source_kind}
        audit.record(actor, "facts.source.take_back", stored.subject, before=before, note=words)
    return stored


def _nothing_differs(fact: Fact) -> Exception:
    return dictionary.problem(
        dictionary.entry(fact.key),
        fact.key,
        ("各来源的数值一致，不需要选定", "请返回查看"),
        ("has the same value from every source; there is nothing to choose", "Go back to the figures"),
        code="facts.choice",
    )
