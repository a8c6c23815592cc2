"""The review desk: what the reader proposes, doubtful lines first, a page at a time, and how far the review is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from huanchuang.accounts.models import User
from huanchuang.steering.models import DeskDeed, Plan, Responsibility, Review, Target
from huanchuang.steering.queries.words import goal, recurrence

PAGE = 40
SHOWN: Mapping[str, Q] = {
    "all": Q(),
    "doubt": Q(review=Review.PROPOSED) & ~Q(doubt=""),
    "left": Q(review=Review.PROPOSED),
    "accepted": Q(review=Review.ACCEPTED),
    "rejected": Q(review=Review.REJECTED),
}
"""What the desk can be narrowed to."""


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
    last: DeskDeed | None
    """What was done to it last at the desk, by whom."""
    into: str
    """The name of the line that it was made part of; empty where it stands alone."""


@dataclass(frozen=True)
class Desk:
    """A page of the desk and how far the review is."""

    page: Page[Target]
    lines: tuple[DeskLine, ...]
    shown: str
    total: int
    doubtful: int
    accepted: int
    rejected: int
    newest: int
    """Id of the newest deed at the desk when the page was made."""

    @property
    def looked_at(self) -> int:
        """Lines that somebody decided about."""
        return self.accepted + self.rejected

    @property
    def left(self) -> int:
        """Lines nobody has looked at."""
        return self.total - self.looked_at


def desk(plan: Plan, shown: str = "all", number: str | int = 1) -> Desk:
    """The lines of a plan as the officer goes through them: not looked at and doubtful first, then in the order of
    the text."""
    shown = shown if shown in SHOWN else "all"
    count = {name: Count("pk", filter=SHOWN[name]) for name in ("doubt", "accepted", "rejected")}
    counts = plan.targets.aggregate(whole=Count("pk"), **count)
    page = Paginator(_in_order(plan.targets.filter(SHOWN[shown])), PAGE).get_page(number)
    targets = list(page)
    last = _last_deeds(targets)
    newest = DeskDeed.objects.filter(plan=plan).values_list("pk", flat=True).first()
    return Desk(
        page=page,
        lines=tuple(_line(target, last.get(target.pk)) for target in targets),
        shown=shown,
        total=counts["whole"],
        doubtful=counts["doubt"],
        accepted=counts["accepted"],
        rejected=counts["rejected"],
        newest=newest or 0,
    )


def lines_to_merge(plan: Plan, ids: Iterable[int]) -> tuple[DeskLine, ...]:
    """The chosen lines that can be merged, in the order of the text."""
    chosen = plan.targets.filter(pk__in=list(ids)).exclude(review=Review.REJECTED)
    return tuple(_line(target, None) for target in _with_units(chosen).order_by("position", "pk"))


def news(plan: Plan, user: User, since: int) -> list[DeskDeed]:
    """What others did at the desk after a deed that the page knows, the newest first."""
    return list(
        DeskDeed.objects.filter(plan=plan, pk__gt=since)
        .exclude(by=user)
        .select_related("by", "target")[:PAGE]
    )


def last_deed(target: Target) -> DeskDeed | None:
    """What was done last to a line at the desk."""
    return DeskDeed.objects.filter(target=target).select_related("by").first()


def _in_order(targets: QuerySet[Target]) -> QuerySet[Target]:
    rank = Case(
        When(Q(review=Review.PROPOSED) & ~Q(doubt=""), then=Value(0)),
        When(review=Review.PROPOSED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return _with_units(targets).annotate(rank=rank).order_by("rank", "position", "pk")


def _with_units(targets: QuerySet[Target]) -> QuerySet[Target]:
    return targets.select_related("item", "parent", "absorbed__into").prefetch_related("responsibilities")


def _last_deeds(targets: Iterable[Target]) -> dict[int, DeskDeed]:
    deeds = DeskDeed.objects.filter(target__in=list(targets)).select_related("by").order_by("pk")
    return {deed.target_id: deed for deed in deeds}


def _line(target: Target, last: DeskDeed | None) -> DeskLine:
    duties = list(target.responsibilities.all())
    absorbed = getattr(target, "absorbed", None)
    return DeskLine(
        target=target,
        goal=goal(target.value, target.value_max, target.comparator, target.unit),
        due=target.due_on.isoformat() if target.due_on else recurrence(target.recurring),
        leads=tuple(duty for duty in duties if duty.duty == "lead"),
        co_units=tuple(duty for duty in duties if duty.duty != "lead"),
        unknown_units=tuple(duty.unit for duty in duties if duty.organisation_id is None),
        last=last,
        into=absorbed.into.name if absorbed else "",
    )
