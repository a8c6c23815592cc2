"""Record one fact, correct it, withdraw it: one transaction each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Period, Problem, ProblemError, ProblemText
from huanchuang.facts.models import PLACE, Fact
from huanchuang.facts.services.values import FactGiven, fact_from
from huanchuang.orm import clock

TICK = dt.timedelta(microseconds=1)


class CorrectedMeanwhile(Exception):
    """Somebody else superseded or withdrew the fact between reading and saving; nothing was written."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(f"fact {fact.pk} is no longer the current one")
        self.fact = fact


def record_fact(
    actor: audit.Actor,
    subject: str,
    key: str,
    period: Period,
    value: Decimal | str,
    unit: str,
    source_kind: str,
    source_link: str = "",
    note: str = "",
    origin: str = "",
) -> Fact:
    """Record what one source says about a subject for a period; it supersedes what the same source said before.

    The value is stored exactly, in the unit of the fact dictionary. Saying the same again from the same place
    changes nothing and returns the fact that stands. Raises ProblemError for a value or unit that cannot be read.
    """
    fact = fact_from(FactGiven(subject, key, period, value, unit, source_kind, source_link, note, origin))
    try:
        with transaction.atomic():
            return _put(actor, fact)
    except IntegrityError:  # another first fact of the same place came between the look and the insert
        with transaction.atomic():
            return _put(actor, fact)


def correct_fact(actor: audit.Actor, fact: Fact, value: Decimal | str, unit: str, reason: str) -> Fact:
    """Put a better value in the place of a current fact, with the reason.

    Raises ProblemError without a reason, CorrectedMeanwhile when `fact` is no longer the current one.
    """
    words = reason_or_refuse(reason, "更正说明", "Reason for the correction")
    given = FactGiven(
        fact.subject,
        fact.key,
        fact.period,
        value,
        unit,
        fact.source_kind,
        fact.source_link,
        words,
        fact.origin,
    )
    better = fact_from(given)
    with transaction.atomic():
        _locked_current(fact)
        return _put(actor, better)


def withdraw_fact(actor: audit.Actor, fact: Fact, reason: str) -> Fact:
    """End a current fact without putting another in its place, with the reason. Errors as `correct_fact`."""
    words = reason_or_refuse(reason, "撤回说明", "Reason for the withdrawal")
    with transaction.atomic():
        stored = _locked_current(fact)
        stored.current_until = max(clock.now(), stored.recorded_at + TICK)
        stored.withdrawn_because = words
        stored.save(update_fields=["current_until", "withdrawn_because"])
        before = {"key": stored.key, "period": stored.period.code, "value": stored.value, "unit": stored.unit}
        audit.record(
            actor, "facts.fact.withdraw", stored.subject, before=before, note=stored.withdrawn_because
        )
    return stored


def _locked_current(fact: Fact) -> Fact:
    stored = Fact.objects.select_for_update().get(pk=fact.pk)
    if stored.current_until is not None:
        raise CorrectedMeanwhile(stored)
    return stored


def _put(actor: audit.Actor, fact: Fact) -> Fact:
    """Insert `fact` as the current one of its place and end the one before it."""
    place = {part: getattr(fact, part) for part in PLACE}
    ever = list(Fact.objects.select_for_update().filter(**place).order_by("-recorded_at", "-id")[:1])
    last = ever[0] if ever else None
    old = last if last is not None and last.current_until is None else None
    if old is not None and says_the_same(old, fact):
        return old
    fact.recorded_at, fact.recorded_by, fact.recorded_by_name = moment_after(last), actor.id, actor.name
    if old is not None:
        old.current_until = fact.recorded_at
        old.save(update_fields=["current_until"])
    fact.save(force_insert=True)
    if old is not None:
        old.superseded_by = fact
        old.save(update_fields=["superseded_by"])
    before = {"value": old.value, "unit": old.unit} if old else None
    after = {
        "key": fact.key,
        "period": fact.period.code,
        "value": fact.value,
        "unit": fact.unit,
        "source_kind": fact.source_kind,
    }
    audit.record(actor, "facts.fact.record", fact.subject, before=before, after=after, note=fact.note)
    return fact


def says_the_same(one: Fact, other: Fact) -> bool:
    """Whether two facts of one place give the same value from the same link; the note alone makes no new fact."""
    return (one.value, one.unit, one.source_link) == (other.value, other.unit, other.source_link)


def moment_after(last: Fact | None) -> dt.datetime:
    """Now, but always after the last fact of the same place: as-of questions need a strict order.

    The demonstration's day stands still, so that its clock jumps back every midnight.
    """
    now = clock.now()
    if last is None:
        return now
    return max(now, (last.current_until or last.recorded_at) + TICK)


def reason_or_refuse(reason: str, where: str, where_en: str) -> str:
    """The reason without spaces around it; ProblemError where there is none."""
    if not reason.strip():
        raise ProblemError(
            Problem(
                where, "不能为空", "请写明原因，例如“审计调整”或“单位录错”", code="facts.reason",
                en=ProblemText(where_en, "is empty", "Say why, such as an audit adjustment or a mistaken unit"),
            )
        )  # fmt: skip
    return reason.strip()
