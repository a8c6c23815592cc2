"""How long a value may be used: the dictionary's days after the end of its period, for a timeless one after its record day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from huanchuang.engines.kernel import Period
from huanchuang.facts.queries import dictionary
from huanchuang.packs.vocabulary import FactKey


class Dated(Protocol):
    """Anything that says what it is about and when it was recorded."""

    @property
    def key(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def recorded_at(self) -> dt.datetime: ...


@dataclass(frozen=True)
class Freshness:
    """Until which day (included) a value may be used; None for ever. `is_stale` as seen on the day asked for."""

    until: dt.date | None
    is_stale: bool

    @property
    def since(self) -> dt.date | None:
        """The first day it is stale."""
        return self.until + dt.timedelta(days=1) if self.until else None


FOR_EVER = Freshness(None, is_stale=False)


def freshness_of(fact: Dated, on: dt.date) -> Freshness:
    """Whether a value is fresh on a day. Keys outside the dictionary and those without a term stay fresh."""
    entry = dictionary.entry(fact.key)
    if entry is None or entry.freshness_days is None:
        return FOR_EVER
    counted_from = timezone.localdate(fact.recorded_at) if entry.is_timeless else fact.period.end
    until = counted_from + dt.timedelta(days=entry.freshness_days)
    return Freshness(until, is_stale=on > until)


def oldest_fresh_day(key: FactKey, on: dt.date) -> dt.date | None:
    """The day from which on a value must count (end of period or record day) to be fresh on a day; None where all are."""
    return None if key.freshness_days is None else on - dt.timedelta(days=key.freshness_days)
