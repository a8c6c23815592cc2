"""The score of a unit: each item's formula on the unit's figures, with reasons and bounds. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from huanchuang.engines.expression import Bound, Record, Situation, read, why
from huanchuang.packs.ledgers import SCORE_FIGURES, ScoreItem

KEYS = tuple(fact.key for fact in SCORE_FIGURES.facts)
NONE = Fraction(0)


@dataclass(frozen=True)
class Marked:
    """One item: the least and most it gives (equal where everything is known), and why."""

    item: ScoreItem
    low: Fraction
    high: Fraction
    why: str
    why_en: str


@dataclass(frozen=True)
class Total:
    """All items together."""

    items: tuple[Marked, ...]
    low: Fraction
    high: Fraction


def total(figures: Mapping[str, int | None], items: Sequence[ScoreItem], as_of: dt.date) -> Total:
    """The score of one unit. An item gives from nothing to its most; what is unknown lies between."""
    facts = {(key, ""): value for key, value in figures.items() if value is not None}
    marked = tuple(_marked(item, Record(facts), as_of) for item in items)
    return Total(marked, sum((one.low for one in marked), NONE), sum((one.high for one in marked), NONE))


def points(share: Fraction) -> Decimal:
    """Points with two places, a half away from zero."""
    return Decimal(int(share * 100 + Fraction(1, 2))) / 100


def _marked(item: ScoreItem, record: Record, as_of: dt.date) -> Marked:
    step = _bound(item.formula, as_of).evaluate(record)
    most = Fraction(item.most)
    low = NONE if step.span.lo is None else min(most, max(NONE, Fraction(step.span.lo)))
    high = most if step.span.hi is None else min(most, max(NONE, Fraction(step.span.hi)))
    return Marked(item, low, high, why(step), why(step, "en"))


@lru_cache(maxsize=256)
def _bound(formula: str, as_of: dt.date) -> Bound:
    return read(formula, SCORE_FIGURES).at(Situation(as_of))
