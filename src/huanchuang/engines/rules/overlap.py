"""Policies that reach the same subjects: how many, what is due to them of each, and which rule says what they may have together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from huanchuang.engines.rules.policy import Group, Policy
from huanchuang.engines.rules.population import YES


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two policies with the subjects that have a yes of both; money in fen, None for a policy without an amount."""

    one: Policy
    other: Policy
    subjects: int
    one_fen: int | None
    other_fen: int | None
    rules: tuple[Group, ...]
    """The groups both stand in; none: nothing is written about having both."""


def overlap(answers: pl.DataFrame, one: Policy, other: Policy) -> Overlap:
    """What two policies share."""
    shared = answers.filter((pl.col(one.id) == YES) & (pl.col(other.id) == YES))
    names = {group.name for group in other.groups}
    return Overlap(
        one, other, shared.height, _due(shared, one), _due(shared, other),
        tuple(group for group in one.groups if group.name in names),
    )  # fmt: skip


def _due(shared: pl.DataFrame, policy: Policy) -> int | None:
    name = f"{policy.id}/fen"
    return int(shared[name].sum() or 0) if name in shared.columns else None


def overlaps_of(answers: pl.DataFrame, policies: Sequence[Policy]) -> tuple[Overlap, ...]:
    """Each pair that shares a subject, the most first."""
    found = [overlap(answers, one, other) for one, other in combinations(policies, 2)]
    return tuple(
        sorted(
            (pair for pair in found if pair.subjects),
            key=lambda pair: (-pair.subjects, pair.one.id, pair.other.id),
        )
    )
