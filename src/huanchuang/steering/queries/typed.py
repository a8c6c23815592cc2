"""Progress by the kind of promise. Pure.

- A *growth* in per cent or percentage points is measured from its baseline; without one nobody knows how far it is.
- A *coverage* counts the members of its list that are covered; without a list it is unknown.
- A *benchmark* is met when the figure meets the reference, which moves; both must belong to about the same time.
- Everything else has its own figure in the plan, or the percent that the unit reports.

What is lacking is said by the key of a reason (`words.REASONS`), so that the page tells what would settle it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from huanchuang.engines.kernel import Period

PERCENT = frozenset({"%", "％"})
POINTS = frozenset({"百分点", "个百分点"})
HUNDRED = 100
PLACES = Decimal("0.000001")
GRAINS = {"yearly": "year", "quarterly": "quarter", "monthly": "month", "weekly": "week"}


@dataclass(frozen=True)
class Known:
    """A baseline or reference: its day, its value and unit."""

    as_of: dt.date
    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Waypoint:
    """A node on the way: by `day` the figure `value` or `percent`, or something to be done (`done`)."""

    day: dt.date
    text: str = ""
    value: Decimal | None = None
    percent: int | None = None
    done: bool = False


@dataclass(frozen=True)
class Standing:
    """All that the light of one line depends on. None means that it is not known."""

    state: str
    due: dt.date | None
    started: dt.date | None = None
    recurring: str = ""
    percent: int | None = None
    reported_on: dt.date | None = None
    value: Decimal | None = None
    comparator: str = ""
    reached: Decimal | None = None
    baseline: Decimal | None = None
    unit: str = ""
    kind: str = ""
    bases: Sequence[Known] = ()
    """Baselines or references, newest first."""
    listed: int | None = None
    """Members of the list of a coverage; None where there is no list."""
    covered: int = 0
    nodes: Sequence[Waypoint] = ()
    parts_missing: int = 0
    """Units of a split target that have not reported: `reached` is then the least it can be."""
    share: Fraction | None = None
    """How far it is by its parts, where it has any; counts before figure and percent."""
    lacks: str = ""
    """What must be known first; set by `typed`."""


def needs_baseline(kind: str, unit: str) -> bool:
    """Whether a figure says nothing without the figure it grew from."""
    return kind == "growth" and unit.strip() in PERCENT | POINTS


def needs_list(kind: str, unit: str) -> bool:
    """Whether a line is measured by a list."""
    return kind == "coverage" and unit.strip() in PERCENT | {""}


def baseline_for(bases: Sequence[Known], recurring: str, as_of: dt.date) -> Known | None:
    """The baseline that counts on a day: the newest; for what recurs the one of the period before the running one."""
    if recurring not in GRAINS:
        return next((basis for basis in bases if basis.as_of <= as_of), None)
    running = Period.containing(as_of, GRAINS[recurring])
    before = Period.containing(running.start - dt.timedelta(days=1), GRAINS[recurring])
    return next((basis for basis in bases if before.start <= basis.as_of <= before.end), None)


def growth(amount: Decimal, baseline: Decimal, unit: str) -> Decimal | None:
    """How much an amount has grown over its baseline, in the unit of the target; None where that has no meaning.

    In percentage points both are shares in per cent. Rounded to six places, as figures are stored.
    """
    if unit.strip() in POINTS:
        return amount - baseline
    if baseline <= 0:
        return None
    share = (Fraction(amount) - Fraction(baseline)) / Fraction(baseline) * HUNDRED
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES)


def typed(now: Standing, as_of: dt.date, reference_days: int) -> Standing:
    """The standing with value and figure as its kind measures them, or with what it lacks."""
    if needs_baseline(now.kind, now.unit):
        known = baseline_for(now.bases, now.recurring, as_of)
        return replace(now, baseline=None) if known else _unknown(now, "no_baseline")
    if needs_list(now.kind, now.unit):
        return _by_list(now)
    if now.kind == "benchmark":
        return _by_reference(now, as_of, reference_days)
    return _by_units(now) if now.parts_missing else now


def _by_list(now: Standing) -> Standing:
    if not now.listed:
        return _unknown(now, "no_list")
    share = Fraction(HUNDRED if now.value is None else now.value) / HUNDRED
    wanted = -(-now.listed * share.numerator // share.denominator)
    return replace(
        now, value=Decimal(wanted), reached=Decimal(now.covered), comparator=">=", baseline=None, unit="个"
    )


def _by_reference(now: Standing, as_of: dt.date, reference_days: int) -> Standing:
    known = next((basis for basis in now.bases if basis.as_of <= as_of), None)
    if known is None:
        return _unknown(now, "no_reference")
    if now.reported_on and abs((now.reported_on - known.as_of).days) > reference_days:
        return _unknown(now, "old_reference")
    return replace(now, value=known.value, unit=known.unit or now.unit, comparator=now.comparator or ">=")


def _by_units(now: Standing) -> Standing:
    """What the units that reported have reached together is the least: enough to say yes, never to say no."""
    if now.reached is None or now.value is None or now.comparator.startswith("<"):
        return _unknown(now, "units_missing")
    enough = now.reached > now.value or (now.reached == now.value and now.comparator != ">")
    return now if enough else _unknown(now, "units_missing")


def _unknown(now: Standing, lacks: str) -> Standing:
    return replace(now, reached=None, percent=None, lacks=lacks)
