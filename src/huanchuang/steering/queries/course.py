"""The course of a line: what was reported, day by day, against the way that was planned. Pure but for the reports.

Planned is what the light compares with (`path.share_planned`): straight from the start through the nodes to the deadline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from huanchuang.steering.models import Report
from huanchuang.steering.queries.light import in_its_period
from huanchuang.steering.queries.path import BACKWARDS, share_planned
from huanchuang.steering.queries.typed import HUNDRED, Standing

LEAST = 2
"""Reports below which there is no course: one point is a figure."""


@dataclass(frozen=True)
class Point:
    """A day on the way: how far one should be, and how far one was where somebody has said so."""

    day: dt.date
    planned: Fraction
    reached: Fraction | None
    marks: tuple[str, ...]
    """What the day is: start, node, today, due."""


@dataclass(frozen=True)
class Course:
    """The days in order, in the unit of the target or in per cent."""

    points: tuple[Point, ...]
    unit: str

    @property
    def is_whole(self) -> bool:
        """Whether only whole things were reported, so that parts of one say nothing."""
        return all(point.reached is None or point.reached.denominator == 1 for point in self.points)

    @property
    def last(self) -> Point:
        """The newest day that somebody reported for."""
        return [point for point in self.points if point.reached is not None][-1]

    @property
    def ahead(self) -> Fraction:
        """By how much the newest report is ahead of the way on its own day; negative where it is behind."""
        return (self.last.reached or Fraction(0)) - self.last.planned


def course_of(standing: Standing, reports: Iterable[Report], as_of: dt.date) -> Course | None:
    """The course of a line that is not split; None where its way is not known or fewer than two days were reported.

    `standing` is typed. A line that recurs starts anew in each period.
    """
    now = in_its_period(standing, as_of)
    if now.lacks or now.comparator in BACKWARDS or now.started is None or now.due is None:
        return None
    known = _reported(now, reports, now.started, as_of)
    if known is None or len(known[0]) < LEAST:
        return None
    figures, unit = known
    marks = _marks(now, as_of)
    points = []
    for day in sorted({*figures, *marks}):
        share = share_planned(now, day)
        if share is None:
            return None
        points.append(Point(day, _height(now, share), figures.get(day), tuple(marks.get(day, ()))))
    return Course(tuple(points), unit)


def _reported(
    now: Standing, reports: Iterable[Report], since: dt.date, until: dt.date
) -> tuple[dict[dt.date, Fraction], str] | None:
    """What was reached by day, the last word of each day; figures where the target has one, else percents."""
    within = sorted(
        (one for one in reports if since <= one.as_of <= until), key=lambda one: (one.as_of, one.pk)
    )
    if now.value is not None:
        return {one.as_of: Fraction(one.figure) for one in within if one.figure is not None}, now.unit
    return {one.as_of: Fraction(one.percent) for one in within if one.percent is not None}, "%"


def _marks(now: Standing, as_of: dt.date) -> Mapping[dt.date, list[str]]:
    found: dict[dt.date, list[str]] = {}
    if now.started is None or now.due is None:
        return found
    inside = [node.day for node in now.nodes if now.started < node.day < now.due]
    for day, mark in [
        (now.started, "start"),
        *((day, "node") for day in inside),
        (as_of, "today"),
        (now.due, "due"),
    ]:
        if mark not in found.setdefault(day, []):
            found[day].append(mark)
    return found


def _height(now: Standing, share: Fraction) -> Fraction:
    if now.value is None:
        return share * HUNDRED
    base = Fraction(now.baseline or 0)
    return base + share * (Fraction(now.value) - base)
