"""Which units are to be urged today (催办): blue near due, yellow behind, red overdue. And the slips as lists.

`due_slips` is pure. A slip goes out on working days only; not again before `silence` working days have passed, unless the
matter has become more urgent; not about what was reported within them, unless it is overdue; overdue begins after
a grace; and no unit gets more than `cap` slips a day: the most urgent first, the others on the next working day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from huanchuang.accounts.models import Role, User
from huanchuang.engines.kernel import WorkCalendar
from huanchuang.packs.ledgers import SlipNumbers
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Report, Slip, Stage
from huanchuang.steering.queries.light import Light
from huanchuang.steering.queries.visibility import visible_targets

URGENCY = {Stage.NEAR: 0, Stage.BEHIND: 1, Stage.OVERDUE: 2}
LATE = frozenset({"late", "late_to_close"})
SHORT = frozenset({"behind", "far_behind", "node_missed"})
CLOSE = frozenset({"near", "due_today"})


@dataclass(frozen=True)
class Matter:
    """A line that a unit answers for, as far as urging goes."""

    target: int
    unit: int
    stage: Stage
    due: dt.date | None
    reported_on: dt.date | None = None
    last: tuple[dt.date, Stage] | None = None
    """Day and stage of the last slip to this unit about this line."""


def stage_of(
    light: Light, due: dt.date | None, as_of: dt.date, calendar: WorkCalendar, rules: SlipNumbers
) -> Stage | None:
    """How urgent a line is by its light; None where nobody needs to be urged."""
    if light.reason in LATE and due is not None:
        late = calendar.workdays_between(due, as_of)
        return Stage.OVERDUE if late > rules.grace_workdays else Stage.NEAR
    if light.reason in SHORT:
        return Stage.BEHIND
    if light.reason in CLOSE and due is not None:
        return Stage.NEAR if calendar.workdays_between(as_of, due) <= rules.near_workdays else None
    return None


def due_slips(
    matters: Iterable[Matter],
    sent: Mapping[int, int],
    as_of: dt.date,
    calendar: WorkCalendar,
    rules: SlipNumbers,
) -> list[Matter]:
    """What goes out on a day; `sent` counts what each unit got that day already."""
    if not calendar.is_workday(as_of):
        return []
    waiting = [matter for matter in matters if not _is_quiet(matter, as_of, calendar, rules)]
    waiting.sort(key=lambda one: (-URGENCY[one.stage], one.due or dt.date.max, one.target, one.unit))
    counts, chosen = Counter(sent), []
    for matter in waiting:
        if counts[matter.unit] < rules.daily_cap:
            counts[matter.unit] += 1
            chosen.append(matter)
    return chosen


def _is_quiet(matter: Matter, as_of: dt.date, calendar: WorkCalendar, rules: SlipNumbers) -> bool:
    if matter.last is not None:
        day, stage = matter.last
        if day >= as_of:
            return True
        worse = URGENCY[matter.stage] > URGENCY[stage]
        if not worse and calendar.workdays_between(day, as_of) <= rules.silence_workdays:
            return True
    if matter.stage == Stage.OVERDUE or matter.reported_on is None:
        return False
    return calendar.workdays_between(matter.reported_on, as_of) <= rules.silence_workdays


def slips_for(user: User, stage: str = "", unanswered: bool = False) -> QuerySet[Slip]:
    """The slips a person may see, newest first, each with `answered_on`: the day of the unit's first report after it.

    A reporter sees those of the own units, whoever sees the whole ledger all of them, others none."""
    answers = Report.objects.filter(
        target=OuterRef("target"),
        organisation=OuterRef("organisation"),
        created_at__gte=OuterRef("created_at"),
    )
    found = Slip.objects.filter(target__in=visible_targets(user)).select_related(
        "target__item", "organisation"
    )
    if user.role == Role.REPORTER:
        found = found.filter(organisation__in=organisations_of(user))
    if stage in Stage.values:
        found = found.filter(stage=stage)
    first = Subquery(answers.order_by("created_at").values("created_at")[:1])
    found = found.annotate(answered_at=first)
    return found.filter(~Exists(answers)) if unanswered else found


def slips_of(target: int) -> Sequence[Slip]:
    """The slips about one line, newest first."""
    return list(Slip.objects.filter(target=target).select_related("organisation"))
