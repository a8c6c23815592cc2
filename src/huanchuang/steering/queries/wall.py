"""挂图作战: one page on which a leader sees in ten seconds what goes well, what does not, and what to decide.

Tiles are the tasks of the plans and the targets that stand alone; the figures above count every line. A group with many
tiles shows those that are not on time, the rest as a number, so that the wall stays one page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.steering.models import Change, Item, Report, State, Target, Transition
from huanchuang.steering.queries.filters import ARRIVED, Filters
from huanchuang.steering.queries.ledger import URGENCY, Row, lights_of, rows_of, urgent_rows
from huanchuang.steering.queries.light import Colour
from huanchuang.steering.queries.visibility import visible_targets
from huanchuang.steering.queries.words import recurrence

VIEWS = ("task", "unit", "leader", "due")
ORDER = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY)
FULL = 12
"""Tiles up to which a group is shown whole."""
DECIDE = 5
WEEK = 7
NEAR_YEAR = 366


@dataclass(frozen=True)
class Group:
    """Some tiles under one heading, the worst first."""

    title: str
    lights: tuple[tuple[str, int], ...]
    """Colour → tiles, the worst first, without those there are none of."""
    tiles: tuple[Row, ...]
    quiet: int
    """Tiles that are not shown because all is well with them."""


@dataclass(frozen=True)
class Decision:
    """Something that waits for somebody to decide."""

    row: Row
    why: str


@dataclass(frozen=True)
class Week:
    """What has happened in the last seven days."""

    closed: int
    reopened: int
    late: int
    """Open lines whose deadline passed within the week."""
    reports: int


@dataclass(frozen=True)
class Wall:
    """The whole page."""

    view: str
    groups: tuple[Group, ...]
    lights: tuple[tuple[str, int], ...]
    total: int
    closed: int
    ended: int
    decisions: tuple[Decision, ...]
    week: Week
    as_of: dt.date

    @property
    def closed_percent(self) -> int | None:
        """销号率: closed lines of all that were not ended; None where there are none."""
        counted = self.total - self.ended
        return None if not counted else (self.closed * 100 + counted // 2) // counted


def wall(user: User, plan: int | None, view: str, as_of: dt.date) -> Wall:
    """The wall of one plan, or of all that a person may see."""
    lines = visible_targets(user).filter(**({"plan": plan} if plan else {}))
    tiles = list(rows_of(lines.filter(parent__isnull=True), as_of))
    chosen = view if view in VIEWS else VIEWS[0]
    lights = lights_of(user, Filters(plan=plan), as_of)
    return Wall(
        view=chosen,
        groups=tuple(_grouped(tiles, chosen, as_of)),
        lights=tuple((colour.value, lights[colour.value]) for colour in ORDER),
        total=sum(lights.values()),
        closed=lines.filter(state=State.CLOSED).count(),
        ended=lines.filter(state=State.ENDED).count(),
        decisions=tuple(_decisions(lines, as_of)),
        week=_week(lines, as_of),
        as_of=as_of,
    )


def _grouped(tiles: Sequence[Row], view: str, as_of: dt.date) -> Iterator[Group]:
    found: dict[tuple[int, str], list[Row]] = defaultdict(list)
    sections = _sections(tiles) if view == "task" else {}
    for row in tiles:
        for key in _keys(row, view, sections, as_of):
            found[key].append(row)
    for (_place, title), rows in sorted(found.items(), key=lambda one: one[0][0]):
        yield _group(title, rows)


def _keys(
    row: Row, view: str, sections: dict[int, tuple[int, str]], as_of: dt.date
) -> Iterable[tuple[int, str]]:
    if view == "unit":
        names = [
            duty.organisation.short_name or duty.organisation.name if duty.organisation else duty.unit
            for duty in row.leads
        ]
        return [(0, name) for name in dict.fromkeys(names)] or [(1, _("没有牵头单位"))]
    if view == "leader":
        names = [duty.leader for duty in (*row.leads, *row.co_units) if duty.leader]
        return [(0, name) for name in dict.fromkeys(names)] or [(1, _("没有指定责任领导"))]
    if view == "due":
        return [_due_key(row, as_of)]
    return [sections.get(row.target.item_id, (0, row.target.plan.title))]


def _due_key(row: Row, as_of: dt.date) -> tuple[int, str]:
    due = row.target.due_on
    if row.target.state in ARRIVED:
        return (10**7, _("已销号或终止"))
    if due is None:
        return (10**6 + len(row.target.recurring), recurrence(row.target.recurring) or _("没有时限"))
    if due < as_of:
        return (0, _("已逾期"))
    if (due.year, due.month) == (as_of.year, as_of.month):
        return (1, _("本月到期"))
    if (due - as_of).days < NEAR_YEAR:
        return (
            due.year * 100 + due.month,
            _("%(year)d年%(month)d月") % {"year": due.year, "month": due.month},
        )
    return (due.year * 100 + 13, _("%(year)d年") % {"year": due.year})


def _sections(tiles: Sequence[Row]) -> dict[int, tuple[int, str]]:
    """Item → place and heading of the clause above it: that of the task's group, or the section."""
    plans = {row.target.plan_id for row in tiles}
    items = {item.pk: item for item in Item.objects.filter(plan__in=plans)}
    found = {}
    for row in tiles:
        item = items.get(row.target.item_id)
        above = items.get(item.parent_id or 0) if item else None
        shown = above if above is not None and above.level != "document" else item
        if shown is not None:
            place = row.target.plan_id * 10**5 + shown.position
            found[row.target.item_id] = (place, f"{shown.number}{shown.heading}"[:60])
    return found


def _group(title: str, rows: list[Row]) -> Group:
    rows.sort(key=lambda row: (URGENCY[row.light.colour], row.target.due_on or dt.date.max))
    counts = [(colour.value, sum(row.light.colour == colour for row in rows)) for colour in ORDER]
    shown = (
        rows if len(rows) <= FULL else [row for row in rows if row.light.colour != Colour.GREEN][: 2 * FULL]
    )
    return Group(title, tuple(one for one in counts if one[1]), tuple(shown), len(rows) - len(shown))


def _decisions(lines: QuerySet[Target], as_of: dt.date) -> Iterator[Decision]:
    """The five matters that most need somebody: what waits to be decided or verified, then the worst lines."""
    asked = Exists(Change.objects.filter(target=OuterRef("pk"), state=Change.State.ASKED))
    waiting = list(rows_of(lines.filter(asked | Q(state=State.TO_VERIFY)), as_of, "due")[:DECIDE])
    for row in waiting:
        yield Decision(
            row, _("等待核验销号") if row.target.state == State.TO_VERIFY else _("调整或终止申请等待审批")
        )
    left = DECIDE - len(waiting)
    if left > 0:
        taken = [row.target.pk for row in waiting]
        open_lines = lines.exclude(state__in=ARRIVED).exclude(pk__in=taken)
        for row in urgent_rows(open_lines, as_of, as_of)[:left]:
            yield Decision(row, row.reason)


def _week(lines: QuerySet[Target], as_of: dt.date) -> Week:
    since = as_of - dt.timedelta(days=WEEK - 1)
    keys = lines.order_by().values("pk")
    steps = Transition.objects.filter(target__in=keys, on__range=(since, as_of))
    late = lines.exclude(state__in=ARRIVED).filter(
        due_on__range=(since - dt.timedelta(days=1), as_of - dt.timedelta(days=1))
    )
    return Week(
        closed=steps.filter(verb=Transition.Verb.VERIFY).count(),
        reopened=steps.filter(verb=Transition.Verb.REOPEN).count(),
        late=late.count(),
        reports=Report.objects.filter(target__in=keys, as_of__range=(since, as_of)).count(),
    )
