"""调度: how each unit stands with its lines, its slips and its problems, and what it needs others for."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Campaign, Meeting, Report, Responsibility, Shortcoming, Target
from huanchuang.steering.queries.filters import ARRIVED
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.light import Colour
from huanchuang.steering.queries.slips import slips_for
from huanchuang.steering.queries.visibility import visible_targets

LAGGING = (Colour.RED, Colour.AMBER)


@dataclass(frozen=True)
class Difficulty:
    """What a unit says it cannot solve alone."""

    target: Target
    text: str
    as_of: dt.date


@dataclass(frozen=True)
class UnitStanding:
    """One unit on the dispatch page: the lines it leads, by light, and what is open with it."""

    organisation: Organisation
    lines: int
    lights: dict[str, int]
    closed: int
    unanswered: int
    """Slips it has not answered."""
    problems: int
    late_problems: int
    lagging: tuple[Row, ...]
    difficulties: tuple[Difficulty, ...]


@dataclass(frozen=True)
class Dispatch:
    """The whole page."""

    units: tuple[UnitStanding, ...]
    lights: dict[str, int]
    total: int
    closed: int
    problems: int
    late_problems: int
    campaigns: tuple[Campaign, ...]
    meetings: tuple[Meeting, ...]
    as_of: dt.date


def answering_units() -> QuerySet[Organisation]:
    """Units that answer for some line."""
    named = Responsibility.objects.filter(organisation__isnull=False).values("organisation")
    return Organisation.objects.filter(pk__in=named).order_by("name")


def visible_shortcomings(user: User) -> QuerySet[Shortcoming]:
    """Problems a person may see: a reporter those of the own units, the others who may open the list all."""
    found = Shortcoming.objects.select_related("organisation", "campaign", "target")
    if user.role == Role.REPORTER:
        return found.filter(organisation__in=organisations_of(user))
    return found


def may_read_proof(user: User, subject: str) -> bool:
    """For the download of a proof: whoever may see the problem."""
    readers = {Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.REPORTER}
    return (
        user.role in readers and visible_shortcomings(user).filter(pk=key_of_subject(subject) or 0).exists()
    )


def dispatch(user: User, as_of: dt.date) -> Dispatch:
    """How every unit stands; a reporter sees the own units."""
    rows = list(rows_of(visible_targets(user), as_of))
    problems = list(visible_shortcomings(user).exclude(state=Shortcoming.State.SETTLED))
    units = _units(user, rows, problems, as_of)
    lights = Counter(row.light.colour.value for row in rows)
    return Dispatch(
        units=tuple(
            sorted(units, key=lambda one: (-one.lights["red"], -one.lights["amber"], one.organisation.name))
        ),
        lights={colour.value: lights[colour.value] for colour in Colour},
        total=len(rows),
        closed=sum(row.target.state == "closed" for row in rows),
        problems=len(problems),
        late_problems=sum(one.due_on < as_of for one in problems),
        campaigns=tuple(Campaign.objects.filter(finished_on=None)[:5]),
        meetings=tuple(Meeting.objects.all()[:5]),
        as_of=as_of,
    )


def _units(user: User, rows: list[Row], problems: list[Shortcoming], as_of: dt.date) -> list[UnitStanding]:
    own = None if user.role != Role.REPORTER else set(organisations_of(user).values_list("pk", flat=True))
    led: dict[int, list[Row]] = defaultdict(list)
    names: dict[int, Organisation] = {one.organisation_id: one.organisation for one in problems}
    for row in rows:
        for duty in row.leads:
            if duty.organisation is not None:
                led[duty.organisation.pk].append(row)
                names[duty.organisation.pk] = duty.organisation
    slips = Counter(slips_for(user, unanswered=True).values_list("organisation", flat=True))
    hard = _difficulties(row.target for row in rows)
    return [
        _unit(unit, led[pk], slips[pk], [one for one in problems if one.organisation_id == pk], hard, as_of)
        for pk, unit in names.items()
        if own is None or pk in own
    ]


def _unit(
    unit: Organisation,
    rows: list[Row],
    unanswered: int,
    problems: list[Shortcoming],
    hard: dict[int, Difficulty],
    as_of: dt.date,
) -> UnitStanding:
    lights = Counter(row.light.colour.value for row in rows)
    lagging = sorted(
        (row for row in rows if row.light.colour in LAGGING),
        key=lambda row: (row.light.colour != Colour.RED, row.target.due_on or dt.date.max),
    )
    return UnitStanding(
        organisation=unit,
        lines=len(rows),
        lights={colour.value: lights[colour.value] for colour in Colour},
        closed=sum(row.target.state == "closed" for row in rows),
        unanswered=unanswered,
        problems=len(problems),
        late_problems=sum(one.due_on < as_of for one in problems),
        lagging=tuple(lagging),
        difficulties=tuple(hard[row.target.pk] for row in rows if row.target.pk in hard),
    )


def _difficulties(targets: Iterable[Target]) -> dict[int, Difficulty]:
    """Line → the difficulty its newest report names; a newer report without one has solved it."""
    open_lines = {target.pk: target for target in targets if target.state not in ARRIVED}
    newest: dict[int, Report] = {}
    for report in Report.objects.filter(target__in=open_lines).order_by("as_of", "id"):
        newest[report.target_id] = report
    return {
        pk: Difficulty(open_lines[pk], report.difficulty, report.as_of)
        for pk, report in newest.items()
        if report.difficulty
    }
