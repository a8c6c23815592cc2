"""The review desk: what the reader proposes, doubtful lines first, and how far the review is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from huanchuang.steering.models import Plan, Responsibility, Review, Target
from huanchuang.steering.queries.words import goal, recurrence


@dataclass(frozen=True)
class DeskLine:
    """A line under review."""

    target: Target
    goal: str
    due: str
    leads: tuple[Responsibility, ...]
    co_units: tuple[Responsibility, ...]
    unknown_units: tuple[str, ...]
    """Units as written that the registry does not know."""


@dataclass(frozen=True)
class Desk:
    """Everything on the desk."""

    lines: tuple[DeskLine, ...]
    targets: tuple[Target, ...]
    total: int
    looked_at: int
    accepted: int
    rejected: int

    @property
    def left(self) -> int:
        """Lines nobody has looked at."""
        return self.total - self.looked_at


def desk(plan: Plan) -> Desk:
    """The lines of a plan as the officer goes through them: not looked at and doubtful first, then in the order of
    the text."""
    targets = list(
        plan.targets.select_related("item", "parent").prefetch_related(
            "responsibilities__organisation", "deadlines"
        )
    )
    lines = sorted((_line(target) for target in targets), key=_order)
    counts = Counter(target.review for target in targets)
    return Desk(
        lines=tuple(lines),
        targets=tuple(target for target in targets if target.review != Review.REJECTED),
        total=len(targets),
        looked_at=len(targets) - counts[Review.PROPOSED],
        accepted=counts[Review.ACCEPTED],
        rejected=counts[Review.REJECTED],
    )


def _order(line: DeskLine) -> tuple[bool, bool, int]:
    return (line.target.review != Review.PROPOSED, not line.target.doubt, line.target.position)


def _line(target: Target) -> DeskLine:
    duties = list(target.responsibilities.all())
    return DeskLine(
        target=target,
        goal=goal(target.value, target.value_max, target.comparator, target.unit),
        due=target.due_on.isoformat() if target.due_on else recurrence(target.recurring),
        leads=tuple(duty for duty in duties if duty.duty == "lead"),
        co_units=tuple(duty for duty in duties if duty.duty != "lead"),
        unknown_units=tuple(duty.unit for duty in duties if duty.organisation_id is None),
    )
