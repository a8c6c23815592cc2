"""Why a figure is what it is: who said it, when, from where, what stood there before, what others say, and who chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.choices import choices_among, choices_of, rank_by
from huanchuang.facts.queries.freshness import Freshness, freshness_of
from huanchuang.facts.queries.table import Shown, display_unit, shown
from huanchuang.facts.queries.values import history
from huanchuang.orm import clock
from huanchuang.packs.vocabulary import FactKey


@dataclass(frozen=True)
class Why:
    """One fact with its neighbours in time and among sources."""

    shown: Shown
    unit: str
    name: str
    key: FactKey | None
    earlier: Sequence[Shown]
    """What the same source said before, the newest first; the withdrawn among them."""
    others: Sequence[Shown]
    """What other sources say now, the one that counts first."""
    differs: bool
    """Whether another source says something else."""
    choices: Sequence[SourceChoice]
    """Every choice among the sources of this place, the newest first."""
    counts: bool
    """Whether this is the value that counts for its place now."""
    freshness: Freshness

    @property
    def standing(self) -> SourceChoice | None:
        """The choice that holds now."""
        return next((choice for choice in self.choices if choice.ended_at is None), None)

    @property
    def sources(self) -> Sequence[Shown]:
        """What each source says now, the one that counts first."""
        return [self.shown, *self.others] if self.counts else [*self.others[:1], self.shown, *self.others[1:]]


def why_of(fact: Fact) -> Why:
    """Everything that explains a fact, with two questions to the database."""
    every = list(history(fact.subject, fact.key, fact.period))
    made = list(choices_of(fact.subject, fact.key, fact.period))
    rank = rank_by(choices_among(choice for choice in made if choice.ended_at is None))
    unit = display_unit(fact.unit, [one.number for one in every if one.number is not None])
    same = [one for one in every if _source(one) == _source(fact) and one.pk != fact.pk]
    others = sorted(
        (one for one in every if _source(one) != _source(fact) and one.current_until is None), key=rank
    )
    return Why(
        shown=shown(fact, unit),
        unit=unit,
        name=dictionary.name(fact.key),
        key=dictionary.entry(fact.key),
        earlier=[shown(one, unit) for one in same],
        others=[shown(one, unit) for one in others],
        differs=any((one.value, one.unit) != (fact.value, fact.unit) for one in others),
        choices=made,
        counts=fact.current_until is None and all(rank(fact) <= rank(one) for one in others),
        freshness=freshness_of(fact, clock.today()),
    )


def _source(fact: Fact) -> tuple[str, str]:
    return (fact.source_kind, fact.origin)
