"""The way to a deadline: a straight line, or through the nodes that were set (trajectory). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from huanchuang.engines.kernel import Period, WorkCalendar
from huanchuang.steering.queries.typed import GRAINS, HUNDRED, Standing, Waypoint

ONE, NONE = Fraction(1), Fraction(0)
BACKWARDS = frozenset({"<", "<="})
"""Comparators of figures that shall stay low: they have no way that could be measured."""


def fulfils(reached: Decimal | None, comparator: str, value: Decimal | None) -> bool | None:
    """Whether the figure meets the target; None while one of them is not known."""
    if reached is None or value is None:
        return None
    tests = {">": reached > value, "<": reached < value, "<=": reached <= value}
    return tests.get(comparator, reached >= value)


def share_done(now: Standing) -> Fraction | None:
    """Part of the way from the baseline to the target; by percent where there are no figures; None if not known.

    What has parts is as far as its parts are."""
    if now.share is not None or now.lacks:
        return now.share
    if now.reached is not None and now.value is not None and now.comparator not in BACKWARDS:
        done = _share(Fraction(now.reached), now)
        if done is not None:
            return done
    return None if now.percent is None else Fraction(now.percent, HUNDRED)


def share_planned(now: Standing, as_of: dt.date) -> Fraction | None:
    """Part of the way that should be behind us on a day: straight from node to node; None where the start is not known."""
    if now.started is None or now.due is None or now.due <= now.started:
        return None
    last, height = now.started, NONE
    for day, share in [*_heights(now), (now.due, ONE)]:
        if as_of <= day:
            return height + (share - height) * _elapsed((as_of - last).days, (day - last).days)
        last, height = day, share
    return ONE


def missed_node(now: Standing, as_of: dt.date, calendar: WorkCalendar, grace: int) -> Waypoint | None:
    """The first node that is past by more than `grace` working days and not met."""
    for node in nodes_of_period(now, as_of):
        if node.day >= as_of:
            return None
        if not is_met(node, now) and calendar.workdays_between(node.day, as_of) > grace:
            return node
    return None


def is_met(node: Waypoint, now: Standing) -> bool:
    """Whether what a node asks for has been done: its figure or percent reached; where it has none, reported as done."""
    if node.value is not None:
        return bool(fulfils(now.reached, now.comparator, node.value))
    if node.percent is not None:
        done = share_done(now)
        return done is not None and done >= Fraction(node.percent, HUNDRED)
    return node.done


def nodes_of_period(now: Standing, as_of: dt.date) -> Sequence[Waypoint]:
    """The nodes by day; for a line that recurs those of the running period only."""
    nodes = sorted(now.nodes, key=lambda node: node.day)
    grain = GRAINS.get(now.recurring)
    if grain is None:
        return nodes
    period = Period.containing(as_of, grain)
    return [node for node in nodes if period.start <= node.day <= period.end]


def _heights(now: Standing) -> list[tuple[dt.date, Fraction]]:
    """The nodes that say how far one should be, never lower than the one before."""
    assert now.started is not None  # noqa: S101  (the caller has looked)
    assert now.due is not None  # noqa: S101
    found: list[tuple[dt.date, Fraction]] = []
    for node in sorted(now.nodes, key=lambda node: node.day):
        share = _height(node, now)
        if share is not None and now.started < node.day < now.due:
            found.append((node.day, max(share, found[-1][1] if found else NONE)))
    return found


def _height(node: Waypoint, now: Standing) -> Fraction | None:
    if node.percent is not None:
        return Fraction(node.percent, HUNDRED)
    if node.value is None or now.value is None or now.comparator in BACKWARDS:
        return None
    return _share(Fraction(node.value), now)


def _share(figure: Fraction, now: Standing) -> Fraction | None:
    base = Fraction(now.baseline or 0)
    way = Fraction(now.value or 0) - base
    return max(NONE, min(ONE, (figure - base) / way)) if way > 0 else None


@lru_cache(maxsize=4096)
def _elapsed(days: int, of: int) -> Fraction:
    """Remembered, because the many lines of a plan share few deadlines."""
    return max(NONE, min(ONE, Fraction(days, of)))
