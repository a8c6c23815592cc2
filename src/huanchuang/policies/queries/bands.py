"""Whom a change moves, by how much: organisations that gain and that lose in bands of the amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.engines.kernel import Money
from huanchuang.engines.rules.versions import moves_of
from huanchuang.policies.models import Forecast
from huanchuang.policies.queries.forecasts import result_of
from huanchuang.policies.queries.supposed import AFTER, BEFORE

EDGES = tuple(Money.from_unit(edge, "万元").fen for edge in (1, 5, 10, 50, 100, 500))
"""Where a band ends and the next begins, in fen; an amount on an edge belongs to the band above."""


@dataclass(frozen=True)
class Band:
    """Changes of at least `least` and less than `below` fen (None: of any size), up and down."""

    least: int
    below: int | None
    up: int
    down: int
    fen: int
    """What they come to together, in fen."""

    @property
    def money(self) -> Money:
        """The same as money."""
        return Money(self.fen)


def bands_of(one: Forecast) -> Sequence[Band]:
    """The bands from the lowest to the highest in which anybody is, those between included; none where nothing moves.

    Left out are organisations whose change cannot be told in money.
    """
    frame = result_of(one)
    if not frame.height:
        return []
    steps = moves_of(frame, BEFORE, AFTER)["fen"].drop_nulls()
    found = [_band(least, below, steps) for least, below in zip((0, *EDGES), (*EDGES, None), strict=True)]
    filled = [at for at, band in enumerate(found) if band.up or band.down]
    return found[filled[0] : filled[-1] + 1] if filled else []


def _band(least: int, below: int | None, steps: pl.Series) -> Band:
    size = steps.abs()
    inside = steps.filter((size >= max(least, 1)) & ((size < below) if below is not None else True))
    return Band(least, below, int((inside > 0).sum()), int((inside < 0).sum()), int(inside.sum()))
