"""Urge units by slip: what `queries.slips` finds due today is written down and told, each slip once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import users_with_role
from huanchuang.audit import services as audit
from huanchuang.packs.ledgers import ledger_rules
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.registry.models import Membership
from huanchuang.steering.models import PlanState, Responsibility, Review, Slip, Stage, State, Target
from huanchuang.steering.queries.slips import Matter, due_slips, stage_of
from huanchuang.steering.queries.standing import lit
from huanchuang.steering.queries.words import reason
from huanchuang.steering.services import news


@dataclass(frozen=True)
class _Urgent:
    stage: Stage
    due: dt.date | None
    reported_on: dt.date | None
    reason: str


def send_slips(as_of: dt.date) -> int:
    """Write and tell the slips of a day; called again the same day it sends only what the day still owes: nothing.

    Returns how many slips went out.
    """
    urgent = _urgent(as_of)
    sent = Counter(Slip.objects.filter(sent_on=as_of).values_list("organisation", flat=True))
    chosen = due_slips(_matters(urgent), sent, as_of, work_calendar(), ledger_rules().slips)
    return sum(_send(matter, urgent[matter.target], as_of) for matter in chosen)


def _urgent(as_of: dt.date) -> dict[int, _Urgent]:
    """The open lines that somebody should be urged about."""
    lines = Target.objects.filter(
        review=Review.ACCEPTED,
        plan__state=PlanState.IN_FORCE,
        state__in=(State.NOT_STARTED, State.IN_PROGRESS),
    )
    calendar, rules = work_calendar(), ledger_rules().slips
    found = {}
    with translation.override("zh-hans"):
        for one in lit(lines, as_of):
            values, lamp = one.values, one.light
            due = lamp.values.get("due", values["due_on"])
            day = due if isinstance(due, dt.date) else None
            stage = stage_of(lamp, day, as_of, calendar, rules)
            if stage is not None:
                found[values["pk"]] = _Urgent(stage, day, values["reported_on"], reason(lamp))
    return found


def _matters(urgent: dict[int, _Urgent]) -> list[Matter]:
    """Each line with each unit to be urged: those that lead, or all where none leads."""
    duties: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Responsibility.objects.filter(target__in=urgent, organisation__isnull=False)
    for target, duty, unit in rows.values_list("target", "duty", "organisation"):
        duties[target].append((duty, unit))
    last: dict[tuple[int, int], tuple[dt.date, Stage]] = {}
    for slip in Slip.objects.filter(target__in=urgent).order_by("sent_on", "id"):
        last[slip.target_id, slip.organisation_id] = (slip.sent_on, Stage(slip.stage))
    matters = []
    for target, one in urgent.items():
        leads = [unit for duty, unit in duties[target] if duty == "lead"]
        for unit in dict.fromkeys(leads or [unit for _duty, unit in duties[target]]):
            matters.append(
                Matter(target, unit, one.stage, one.due, one.reported_on, last.get((target, unit)))
            )
    return matters


@transaction.atomic
def _send(matter: Matter, urgent: _Urgent, as_of: dt.date) -> bool:
    slip, new = Slip.objects.get_or_create(
        target_id=matter.target,
        organisation_id=matter.unit,
        sent_on=as_of,
        defaults={"stage": matter.stage, "due_on": matter.due, "reason": urgent.reason[:300]},
    )
    if not new:
        return False
    people = [*_reporters(matter.unit), *(news.officers() if matter.stage == Stage.OVERDUE else ())]
    slip.told = news.slipped(slip, people)
    slip.save(update_fields=["told"])
    after = {"stage": slip.stage, "unit": matter.unit, "due_on": str(matter.due or ""), "told": slip.told}
    audit.record(audit.SYSTEM, "steering.slip.send", slip.target.subject, after=after)
    return True


def _reporters(unit: int) -> Iterable[User]:
    belonging = Membership.objects.filter(organisation=unit, until__isnull=True).values("user")
    return users_with_role(Role.REPORTER).filter(pk__in=belonging)
