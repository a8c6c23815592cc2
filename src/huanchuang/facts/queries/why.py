"""Why a figure is what it is: who said it, when, from where, what stood there before, and what others say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huanchuang.facts.models import Fact
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.table import Shown, display_unit, shown
from huanchuang.facts.queries.values import history
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
    """What other sources say now."""
    differs: bool
    """Whether another source says something else."""


def why_of(fact: Fact) -> Why:
    """Everything that explains a fact, with one question to the database."""
    every = list(history(fact.subject, fact.key, fact.period))
    unit = display_unit(fact.unit, [one.number for one in every if one.number is not None])
    same = [one for one in every if one.source_kind == fact.source_kind and one.pk != fact.pk]
    others = [one for one in every if one.source_kind != fact.source_kind and one.current_until is None]
    return Why(
        shown=shown(fact, unit),
        unit=unit,
        name=dictionary.name(fact.key),
        key=dictionary.entry(fact.key),
        earlier=[shown(one, unit) for one in same],
        others=[shown(one, unit) for one in others],
        differs=any((one.value, one.unit) != (fact.value, fact.unit) for one in others),
    )
