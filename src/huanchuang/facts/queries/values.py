"""What is known about a subject, now or as it was known at a past moment."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact
from huanchuang.facts.queries.choices import choices_among, rank_by, standing_choices


def current(known_at: dt.datetime | None = None) -> QuerySet[Fact]:
    """Facts in force now, or those that were in force at a past moment."""
    if known_at is None:
        return Fact.objects.filter(current_until__isnull=True)
    lasted = Q(current_until__isnull=True) | Q(current_until__gt=known_at)
    return Fact.objects.filter(lasted, recorded_at__lte=known_at)


def value(subject: str, key: str, period: Period, known_at: dt.datetime | None = None) -> Fact | None:
    """The fact for one subject, key and period; of several sources the chosen one, else the most trusted. None when unknown."""
    return next(iter(differing(subject, key, period, known_at)), None)


def differing(subject: str, key: str, period: Period, known_at: dt.datetime | None = None) -> list[Fact]:
    """What each source says about one subject, key and period: the chosen one first, then by trust."""
    facts = list(current(known_at).filter(subject=subject, key=key, period=period))
    if len(facts) < 2:
        return facts
    made = standing_choices(known_at).filter(subject=subject, key=key, period=period)
    return sorted(facts, key=rank_by(choices_among(made)))


def series(subject: str, key: str, known_at: dt.datetime | None = None) -> list[Fact]:
    """One fact for each period that is known, in the order of time; of several sources as in `value`."""
    rank = rank_by(choices_among(standing_choices(known_at).filter(subject=subject, key=key)))
    best: dict[str, Fact] = {}
    for fact in current(known_at).filter(subject=subject, key=key):
        rival = best.get(fact.period.code)
        if rival is None or rank(fact) < rank(rival):
            best[fact.period.code] = fact
    return sorted(best.values(), key=lambda fact: fact.period)


def history(subject: str, key: str, period: Period) -> QuerySet[Fact]:
    """Every fact ever recorded for one subject, key and period, the newest first, withdrawn ones included."""
    return Fact.objects.filter(subject=subject, key=key, period=period).order_by("-recorded_at", "-id")
