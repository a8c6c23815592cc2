"""Set up and dissolve bodies, fill and vacate their posts, say who answers in a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Body, Responsibility, Seat, UnitDesk
from huanchuang.steering.services.rights import must_be_bureau


@dataclass(frozen=True)
class BodyGiven:
    """What a body is."""

    name: str
    kind: str
    founded_on: dt.date
    duty: str = ""
    basis: str = ""


@transaction.atomic
def set_up_body(user: User, given: BodyGiven) -> Body:
    """Set up a body; the same name again gives the body that is there."""
    must_be_bureau(user)
    body, new = Body.objects.get_or_create(name=given.name.strip(), defaults={**vars(given), "made_by": user})
    if new:
        audit.record(actor_of(user), "steering.body.set_up", body.subject, after={"name": body.name})
    return body


@transaction.atomic
def dissolve_body(user: User, body: Body, on: dt.date) -> Body:
    """End a body; its posts end with it and stay on record."""
    must_be_bureau(user)
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if body.dissolved_on is not None:
        return body
    body.dissolved_on = max(on, body.founded_on)
    save_versioned(body, body.version)
    body.seats.filter(until=None).update(until=body.dissolved_on, version=F("version") + 1)
    audit.record(actor_of(user), "steering.body.dissolve", body.subject, after={"on": str(body.dissolved_on)})
    return body


@transaction.atomic
def fill_post(
    user: User, body: Body, post: str, name: str, organisation: Organisation | None, since: dt.date
) -> Seat:
    """Let somebody hold a post. The same person in the same post twice is one. Raises ProblemError for a dissolved body."""
    must_be_bureau(user)
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if body.dissolved_on is not None:
        raise refuse(
            "steering.body_dissolved",
            (f"“{body.name}”", "已经撤销，不能再任职", "请另行成立新的机构"),
            (f'"{body.name}"', "is dissolved", "Set up another body"),
        )
    values = {"organisation": organisation, "since": since}
    seat, new = Seat.objects.get_or_create(
        body=body, post=post.strip()[:40], name=name.strip()[:60], until=None, defaults=values
    )
    if new:
        audit.record(
            actor_of(user),
            "steering.body.fill_post",
            body.subject,
            after={"post": seat.post, "name": seat.name},
        )
    return seat


@transaction.atomic
def vacate_post(user: User, seat: Seat, until: dt.date) -> Seat:
    """Let somebody leave a post on a day; it stays on record."""
    must_be_bureau(user)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body").get(pk=seat.pk)
    if seat.until is None:
        seat.until = max(until, seat.since)
        save_versioned(seat, seat.version)
        before = {"post": seat.post, "name": seat.name}
        audit.record(actor_of(user), "steering.body.vacate_post", seat.body.subject, before=before)
    return seat


@transaction.atomic
def set_unit_desk(user: User, organisation: Organisation, leader: str, office: str, clerk: str) -> UnitDesk:
    """Say who answers in a unit. Lines of the unit that name no leader or person get these."""
    must_be_bureau(user)
    values = {"leader": leader.strip()[:60], "office": office.strip()[:100], "clerk": clerk.strip()[:60]}
    desk, _new = UnitDesk.objects.select_for_update().get_or_create(organisation=organisation)
    before = {name: getattr(desk, name) for name in values}
    if before != values:
        for name, value in values.items():
            setattr(desk, name, value)
        save_versioned(desk, desk.version)
        audit.record(
            actor_of(user), "steering.unit.set_desk", organisation.subject, before=before, after=values
        )
    mine = Responsibility.objects.filter(organisation=organisation)
    if desk.leader:
        mine.filter(leader="").update(leader=desk.leader, version=F("version") + 1)
    if desk.clerk:
        mine.filter(person="").update(person=desk.clerk, version=F("version") + 1)
    return desk
