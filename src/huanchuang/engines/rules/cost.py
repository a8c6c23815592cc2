"""What a policy costs by groups: what is due, what open cases could add, and the part that is expected to ask for it.

Counts over one policy's columns of `population.assess` (with `/could`). Entitlement is what the rules give, take-up an
assumption about people: both are kept apart, and both have a least (every open case turns out a no) and a most (every one
a yes). An amount that nobody can tell counts up to the cap of the policy where it has one, else it is only counted as a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import polars as pl

from huanchuang.engines.rules.policy import BoundPolicy
from huanchuang.engines.rules.population import UNKNOWN, YES

ALL = ""


@dataclass(frozen=True)
class TakeUp:
    """The share of those entitled that asks: one for all, or others for the groups of a column (size, industry)."""

    usual: Fraction
    by: str = ""
    shares: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(not 0 <= share <= 1 for share in (self.usual, *self.shares.values())):
            raise ValueError("take-up lies between 0 and 1")

    def of(self, group: str) -> Fraction:
        """The share of a group."""
        return self.shares.get(group, self.usual)


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost for a group, money in fen. `least` counts who is entitled for sure, `most` the open cases as well."""

    subjects: int
    entitled: int
    open: int
    least: int
    most: int
    taken_least: int
    """The part of `least` that is expected to be asked for."""
    taken_most: int
    untold: int
    """Entitled or open cases whose amount nobody can tell and no cap bounds: they are in none of the sums."""


@dataclass(frozen=True, slots=True)
class _Sums:
    subjects: int = 0
    entitled: int = 0
    open: int = 0
    least: int = 0
    most: int = 0
    untold: int = 0
    taken_least: Fraction = Fraction(0)
    taken_most: Fraction = Fraction(0)

    def plus(self, row: Mapping[str, int], share: Fraction) -> _Sums:
        return _Sums(
            self.subjects + row["subjects"],
            self.entitled + row["entitled"],
            self.open + row["open"],
            self.least + row["least"],
            self.most + row["most"],
            self.untold + row["untold"],
            self.taken_least + row["least"] * share,
            self.taken_most + row["most"] * share,
        )


def cap_of(bound: BoundPolicy) -> int | None:
    """The most that the policy gives anybody, in fen, where its formula says so; 0 for a policy without an amount."""
    if bound.amount is None:
        return 0
    most = bound.amount.node.bounds.most
    return None if most is None else int(most)


def costs_of(
    answers: pl.DataFrame, policy: str, take_up: TakeUp, groups: str = "", cap: int | None = None
) -> dict[str, Cost]:
    """Group → its cost, and "" → that of all, to which the groups sum up to the fen.

    `answers` has the columns of the policy, of `groups` and of the take-up. ValueError where one is missing.
    """
    wanted = [name for name in (groups, take_up.by) if name]
    lacking = [name for name in (*wanted, policy) if name not in answers.columns]
    if lacking:
        raise ValueError(f"no column {lacking[0]}")
    sums: dict[str, _Sums] = {}
    for row in _counted(answers, policy, list(dict.fromkeys(wanted)), cap).iter_rows(named=True):
        share = take_up.of(row[take_up.by]) if take_up.by else take_up.usual
        group = row[groups] if groups else ALL
        sums[group] = sums.get(group, _Sums()).plus(row, share)
    return _settled(sums)


def _counted(answers: pl.DataFrame, policy: str, groups: Sequence[str], cap: int | None) -> pl.DataFrame:
    could = f"{policy}/could"
    known = pl.col(could) if could in answers.columns else pl.lit(None if cap != 0 else 0, dtype=pl.Int64)
    bounded = pl.coalesce(known, pl.lit(cap, dtype=pl.Int64))
    result = pl.col(policy)
    yes, open_ = result == YES, result == UNKNOWN
    rows = answers.select(
        *groups,
        yes=yes,
        open=open_,
        least=pl.when(yes).then(known).otherwise(0).fill_null(0),
        most=pl.when(yes | open_).then(bounded).otherwise(0).fill_null(0),
        untold=(yes | open_) & bounded.is_null(),
    )
    wanted = (
        pl.len().cast(pl.Int64).alias("subjects"),
        pl.col("yes").sum().cast(pl.Int64).alias("entitled"),
        *(pl.col(name).sum().cast(pl.Int64) for name in ("open", "least", "most", "untold")),
    )
    return rows.group_by(groups).agg(wanted) if groups else rows.select(wanted)


def _settled(sums: Mapping[str, _Sums]) -> dict[str, Cost]:
    """Costs in whole fen: the whole is rounded, and its parts share it out."""
    least = shared_out([one.taken_least for one in sums.values()])
    most = shared_out([one.taken_most for one in sums.values()])
    found = {
        group: Cost(one.subjects, one.entitled, one.open, one.least, one.most, low, high, one.untold)
        for (group, one), low, high in zip(sums.items(), least, most, strict=True)
    }
    if ALL not in found:
        found[ALL] = Cost(
            *(
                sum(getattr(one, name) for one in found.values())
                for name in ("subjects", "entitled", "open", "least", "most", "taken_least", "taken_most", "untold")
            )
        )  # fmt: skip
    return found


def shared_out(parts: Sequence[Fraction]) -> list[int]:
    """Whole numbers that sum up to the rounded sum, each less than one from its part: what is left goes to the largest rests."""
    whole = [floor(part) for part in parts]
    total = floor(sum(parts, Fraction(0)) + Fraction(1, 2))
    order = sorted(range(len(parts)), key=lambda at: (whole[at] - parts[at], at))
    for at in order[: total - sum(whole)]:
        whole[at] += 1
    return whole
