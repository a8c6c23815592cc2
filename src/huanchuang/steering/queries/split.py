"""The parts of a split target beside the whole. Pure.

As *flow* each portion is what is added in its year: all portions together make the whole. As *stock* it is the level at
the end of its year: the portions of the last year make the whole, and no year may make more than it. Shares, rates and
the like cannot be added: their portions stand side by side and no gap is claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

NOT_ADDED = frozenset({"share", "growth", "benchmark", "coverage", "qualitative", "document", "task"})
PERCENTS = frozenset({"%", "％", "百分点", "个百分点", "‰"})
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Part:
    """What falls to a unit in a year."""

    unit: int
    year: int
    value: Decimal


@dataclass(frozen=True)
class Split:
    """The parts added up. `allotted` and `gap` are None where parts cannot be added or the whole is not known."""

    years: tuple[int, ...]
    units: tuple[int, ...]
    by_year: Mapping[int, Decimal]
    allotted: Decimal | None
    gap: Decimal | None
    """What of the whole is not allotted yet; below zero where more was allotted than the whole."""


def can_be_added(kind: str, unit: str) -> bool:
    """Whether parts of such a target make up a whole."""
    return kind not in NOT_ADDED and unit.strip() not in PERCENTS


def split(parts: Iterable[Part], whole: Decimal | None, way: str, adds: bool) -> Split:
    """The parts beside the whole."""
    known = list(parts)
    years = tuple(sorted({part.year for part in known}))
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    for part in known:
        by_year[part.year] += part.value
    units = tuple(dict.fromkeys(part.unit for part in known))
    if not adds or not known:
        return Split(years, units, dict(by_year) if adds else {}, None, None)
    allotted = by_year[years[-1]] if way == "stock" else sum(by_year.values(), NOTHING)
    return Split(years, units, dict(by_year), allotted, None if whole is None else whole - allotted)
