"""Whom policies reach, for those who make them: blind spots, what keeps people out, two versions compared, what a policy costs.

All of it counts over the columns that `population.assess` gives; groups are any columns beside them (industry, size, age,
place, stage). Entitlement and take-up stay apart: who may have a policy is one number, who will ask for it an assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from huanchuang.engines.expression.arithmetic import rounded
from huanchuang.engines.rules.population import NO, UNKNOWN, YES


def blind_spots(answers: pl.DataFrame, policies: Sequence[str], groups: pl.DataFrame) -> pl.DataFrame:
    """For each group: subjects, `reached` by at least one policy, `open` (none yes, one unknown), `unreached` by all.

    The largest blind spots come first. ValueError where the rows do not match or no policy is named.
    """
    if not policies or answers.height != groups.height:
        raise ValueError("blind spots want policies, and a group for each row of the answers")
    best = pl.max_horizontal(_rank(name) for name in policies)
    counted = groups.hstack(answers.select(best.alias("~best")))
    names = groups.columns
    return (
        counted.group_by(names)
        .agg(
            pl.len().cast(pl.Int64).alias("subjects"),
            *((pl.col("~best") == rank).sum().cast(pl.Int64).alias(name) for rank, name in ((2, "reached"), (1, "open"), (0, "unreached"))),
        )
        .sort(pl.col("unreached"), *names, descending=[True, *(False for _ in names)], nulls_last=True)
    )  # fmt: skip


def _rank(policy: str) -> pl.Expr:
    """2 for yes, 1 for unknown, 0 for no."""
    outcome = pl.col(policy)
    return pl.when(outcome == YES).then(2).when(outcome == UNKNOWN).then(1).otherwise(0)


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


def overlaps(answers: pl.DataFrame, policies: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    """How many subjects have a yes of both policies, for each pair that shares any, the most first."""
    found = [
        (one, other, int(((answers[one] == YES) & (answers[other] == YES)).sum()))
        for index, one in enumerate(policies)
        for other in policies[index + 1 :]
    ]
    return tuple(sorted((pair for pair in found if pair[2]), key=lambda pair: (-pair[2], pair[0], pair[1])))


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a policy over one population: rows that gain and lose a yes, and what is due before and after in fen."""

    gain: tuple[int, ...]
    lose: tuple[int, ...]
    stay: int
    before: int | None
    after: int | None


def difference(before: pl.DataFrame, after: pl.DataFrame, one: str, other: str) -> Difference:
    """Who gains and who loses, by row. ValueError for populations of different size."""
    if before.height != after.height:
        raise ValueError("two versions are compared over one population")
    had, has = before[one] == YES, after[other] == YES
    return Difference(
        tuple((has & ~had).arg_true()),
        tuple((had & ~has).arg_true()),
        int((had & has).sum()),
        _due(before, one),
        _due(after, other),
    )


def _due(answers: pl.DataFrame, policy: str) -> int | None:
    """The sum of what is due; None for a policy without an amount or with one that is not known for somebody entitled."""
    name = f"{policy}/fen"
    if name not in answers.columns:
        return None
    entitled = answers.filter(pl.col(policy) == YES)[name]
    return None if entitled.null_count() else int(entitled.sum())


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a policy costs: all who are entitled, those whose right is open, and the part that is expected to ask for it."""

    entitled: int
    open: int
    fen: int | None
    """What is due if everybody entitled asks."""
    taken: int | None
    """The same by the take-up that was assumed, to the fen."""
    without_amount: int
    """Entitled subjects whose amount is not known: the sums leave them out, and are None where there is nobody else."""


def forecast(answers: pl.DataFrame, policy: str, take_up: Fraction) -> Forecast:
    """The cost by a share of the entitled that asks (0 to 1, ValueError otherwise)."""
    if not 0 <= take_up <= 1:
        raise ValueError("take-up lies between 0 and 1")
    entitled = answers.filter(pl.col(policy) == YES)
    name = f"{policy}/fen"
    amounts = entitled[name].drop_nulls() if name in answers.columns else pl.Series([], dtype=pl.Int64)
    fen = int(amounts.sum()) if len(amounts) or not entitled.height else None
    taken = None if fen is None else int(rounded(fen * take_up, Fraction(1), "nearest"))
    unknown = int((answers[policy] == UNKNOWN).sum())
    return Forecast(entitled.height, unknown, fen, taken, entitled.height - len(amounts))
