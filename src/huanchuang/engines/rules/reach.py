"""Whom a policy reaches and what keeps the others out, counted over the columns that `population.assess` gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.engines.rules.population import NO, UNKNOWN, YES


@dataclass(frozen=True, slots=True)
class Reach:
    """How a policy answers over a population. `sole`: by requirement, how many it alone keeps out; `often`: how many it keeps out."""

    policy: str
    yes: int
    no: int
    unknown: int
    sole: tuple[tuple[str, int], ...] = ()
    often: tuple[tuple[str, int], ...] = ()

    @property
    def reaches_nobody(self) -> bool:
        """No yes, and none that more knowledge could bring."""
        return self.yes == 0 and self.unknown == 0


def reach_of(answers: pl.DataFrame, policy: str, requirements: Sequence[str]) -> Reach:
    """The counts of one policy; `requirements` are the ids of that day, in order. What keeps most out comes first."""
    counts = dict(answers[policy].value_counts().rows())
    failed = answers[f"{policy}/failed"]
    masks = dict(failed.filter(failed != 0).value_counts().rows())
    sole = {name: masks.get(1 << index, 0) for index, name in enumerate(requirements)}
    often = {
        name: sum(count for mask, count in masks.items() if mask >> index & 1)
        for index, name in enumerate(requirements)
    }
    return Reach(
        policy, counts.get(YES, 0), counts.get(NO, 0), counts.get(UNKNOWN, 0), _most(sole), _most(often)
    )


def _most(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((name, count) for name, count in counts.items() if count), key=lambda one: -one[1]))
