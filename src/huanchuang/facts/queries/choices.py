"""Which source was chosen where sources differ, now or as it stood at a past moment.

A choice counts as long as its source says something; when that source falls silent the order of trust decides again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice, SourceKind

TRUST: Sequence[str] = (
    SourceKind.REPORT,
    SourceKind.CONTRACT,
    SourceKind.CASE,
    SourceKind.BOOKING,
    SourceKind.IMPORT,
    SourceKind.MANUAL,
    SourceKind.READING,
)
"""Which source answers first where nobody chose: what was checked before what was typed or read."""
_PLACE_IN_TRUST = {kind: place for place, kind in enumerate(TRUST)}

Place = tuple[str, str, str]
"""Subject, key, code of the period."""


class Sourced(Protocol):
    """Anything that says where a value comes from: a fact, or a row read without building one."""

    @property
    def subject(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def source_kind(self) -> str: ...
    @property
    def origin(self) -> str: ...


Rank = tuple[int, int, str]
Choices = Mapping[Place, Sequence[tuple[str, str]]]
"""For each place the chosen sources (kind and origin), the own choice before one that came with a merge."""


def standing_choices(known_at: dt.datetime | None = None) -> QuerySet[SourceChoice]:
    """The choices that hold now, or those that held at a past moment."""
    if known_at is None:
        return SourceChoice.objects.filter(ended_at__isnull=True)
    lasted = Q(ended_at__isnull=True) | Q(ended_at__gt=known_at)
    return SourceChoice.objects.filter(lasted, chosen_at__lte=known_at)


def choices_among(choices: Iterable[SourceChoice]) -> Choices:
    """The choices by place, as `rank_by` takes them."""
    found: dict[Place, list[tuple[bool, str, str]]] = {}
    for choice in choices:
        place = (choice.subject, choice.key, choice.period.code)
        found.setdefault(place, []).append((choice.came_with != "", choice.source_kind, choice.origin))
    return {place: [(kind, origin) for _, kind, origin in sorted(each)] for place, each in found.items()}


def rank_by(choices: Choices) -> Callable[[Sourced], Rank]:
    """A key for sorting what sources say of one place: chosen ones, then by trust, own facts before moved ones."""

    def rank(fact: Sourced) -> Rank:
        chosen = choices.get((fact.subject, fact.key, fact.period.code), ()) if choices else ()
        source = (fact.source_kind, fact.origin)
        if source in chosen:
            return (chosen.index(source) - len(chosen), 0, "")
        return (0, _PLACE_IN_TRUST[fact.source_kind], fact.origin)

    return rank


def source_name(fact: Fact | SourceChoice) -> str:
    """统计报表; for what came with a merged record also that it did."""
    name = str(fact.get_source_kind_display())
    return _("%(source)s（合并前的记录）") % {"source": name} if fact.origin else name


def choices_of(subject: str, key: str, period: Period) -> QuerySet[SourceChoice]:
    """Every choice ever made for a place, the newest first."""
    return SourceChoice.objects.filter(subject=subject, key=key, period=period)
