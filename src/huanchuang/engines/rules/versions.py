"""Two versions of a policy over one population: what changes for whom, and which requirements make the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from huanchuang.engines.rules.population import UNKNOWN, YES

Move = Literal["gain", "lose", "open", "shut", "more", "less", "untold", "same"]
MOVES: tuple[Move, ...] = ("gain", "lose", "open", "shut", "more", "less", "untold", "same")
"""gain: a yes now; lose: no yes any more; open: an unknown in the place of a no; shut: a no in the place of an unknown;
more and less: a yes before and after with another amount; untold: with an amount that can be told of one version only."""


def moves_of(answers: pl.DataFrame, before: str, after: str) -> pl.DataFrame:
    """For each row `move`, and `fen`: by how much the amount that is due changes (null where that cannot be told).

    `before` and `after` name the columns of the two versions. A yes that becomes unknown is a loss that may come back.
    """
    had, has = pl.col(before), pl.col(after)
    both = (had == YES) & (has == YES)
    old, new = _due(answers, before), _due(answers, after)
    step = new - old
    is_told = old.is_null() == new.is_null()
    move = (
        pl.when(both & ~is_told).then(pl.lit("untold"))
        .when(both & (step > 0)).then(pl.lit("more"))
        .when(both & (step < 0)).then(pl.lit("less"))
        .when(has == had).then(pl.lit("same"))
        .when(has == YES).then(pl.lit("gain"))
        .when(had == YES).then(pl.lit("lose"))
        .when(has == UNKNOWN).then(pl.lit("open"))
        .otherwise(pl.lit("shut"))
    )  # fmt: skip
    return answers.select(move=move, fen=step)


def _due(answers: pl.DataFrame, policy: str) -> pl.Expr:
    """What is due: nothing without a yes, null for a yes whose amount is not known."""
    name = f"{policy}/fen"
    amount = pl.col(name) if name in answers.columns else pl.lit(0, dtype=pl.Int64)
    return pl.when(pl.col(policy) == YES).then(amount).otherwise(0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A requirement whose outcome changes for a subject; None is unknown, "" an outcome where it is not asked for."""

    requirement: str
    before: bool | Literal[""] | None
    after: bool | Literal[""] | None


Masks = tuple[int, int]
"""The masks of a subject: requirements that failed, and that are unknown."""


def turns_of(before: Masks, after: Masks, old: Sequence[str], new: Sequence[str]) -> tuple[Turn, ...]:
    """The requirements that are not as they were, in the order of the new version; `old` and `new` are their ids."""
    had, has = _outcomes(before, old), _outcomes(after, new)
    every = (*new, *(name for name in old if name not in has))
    found = (Turn(name, had.get(name, ""), has.get(name, "")) for name in every)
    return tuple(turn for turn in found if turn.before is not turn.after)


def _outcomes(masks: Masks, names: Sequence[str]) -> Mapping[str, bool | None]:
    failed, unknown = masks
    return {
        name: False if failed >> at & 1 else None if unknown >> at & 1 else True
        for at, name in enumerate(names)
    }


@dataclass(frozen=True, slots=True)
class Moved:
    """How many subjects of a group move which way, and by how much what is due changes, in fen."""

    counts: Mapping[str, int]
    fen: int
    untold: int
    """Subjects whose change in fen cannot be told: not in the sum."""


def moved_by(moves: pl.DataFrame, groups: pl.Series) -> dict[str, Moved]:
    """Group → how its subjects move, and "" for all."""
    rows = moves.with_columns(groups.alias("group")).group_by("group", "move").agg(
        pl.len().alias("n"), pl.col("fen").sum().alias("sum"), pl.col("fen").null_count().alias("untold")
    )  # fmt: skip
    found: dict[str, Moved] = {}
    for group, move, count, fen, untold in rows.iter_rows():
        for name in {group, ""}:
            old = found.get(name, Moved({}, 0, 0))
            counts = {**old.counts, move: old.counts.get(move, 0) + count}
            found[name] = Moved(counts, old.fen + (fen or 0), old.untold + untold)
    return found
