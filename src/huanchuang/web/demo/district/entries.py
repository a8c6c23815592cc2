"""Registering everything but organisations and figures: people, results, needs, instruments, offers, and how they hang together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services import FactGiven, record_facts
from huanchuang.registry.models import Achievement, Document, Equipment, Need, Organisation, Patent, Person
from huanchuang.registry.queries.kinds import (
    ACHIEVEMENT,
    DOCUMENT,
    EQUIPMENT,
    FINANCE_PRODUCT,
    NEED,
    ORGANISATION,
    PATENT,
    PERSON,
    SERVICE,
    SPACE,
    Kind,
)
from huanchuang.registry.services import qualify, register_many, relate_many, revoke_qualification
from huanchuang.web.demo.district import dirt, wants
from huanchuang.web.demo.district.careers import follow
from huanchuang.web.demo.district.claims import claim_profiles
from huanchuang.web.demo.district.enterprises import firms
from huanchuang.web.demo.district.honours import Honour, honours
from huanchuang.web.demo.district.knowledge import items
from huanchuang.web.demo.district.persons import people
from huanchuang.web.demo.district.results import achievement_row, patent_row, rights
from huanchuang.web.demo.district.source import bodies
from huanchuang.web.demo.district.ties import Register, ties

NOTE = "青岑区登记簿（演示）"


def load_entries(actor: Actor) -> int:
    """Register all of it; returns how many entries, relations and qualifications are new. A second load adds none."""
    units = organisations()
    added = _people(actor, units)
    added += _achievements(actor, units)
    added += _patents(actor, units)
    added += _register(actor, NEED, [want.row(units[want.firm.short]) for want in wants.wants()])
    added += _register(actor, EQUIPMENT, [one.row(units[one.at]) for one in wants.instruments()])
    added += _register(actor, SERVICE, wants.service_rows(units))
    added += _register(actor, FINANCE_PRODUCT, wants.finance_rows(units))
    added += _register(actor, SPACE, wants.space_rows(units))
    added += _register(actor, DOCUMENT, wants.document_rows(units))
    register = _registered(units)
    made = list(ties(register))
    digest = _digest([(tie.type, str(tie.source_entry), str(tie.target_entry)) for tie in made])
    added += relate_many(actor, made, digest, note=NOTE)
    added += _qualify(actor, {unit.name: unit for unit in units.values()})
    added += _hours(actor, register)
    added += follow(actor, register.achievements)
    added += claim_profiles(actor, register.people)
    return added + _doubles(actor, units)


def organisations() -> dict[str, Organisation]:
    """Short name or alias → organisation, for everybody of the district's own data."""
    stored = {row.uscc.text: row for row in Organisation.objects.filter(uscc__isnull=False) if row.uscc}
    named = {firm.short: stored[firm.code] for firm in firms()}
    for body in bodies():
        for name in (body.short, *body.aliases):
            named[name] = stored[body.code]
    return named


def _register(actor: Actor, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> int:
    rows = list(rows)
    return register_many(actor, kind, rows, _digest([str(row) for row in rows]), note=NOTE).added


def _people(actor: Actor, units: Mapping[str, Organisation]) -> int:
    """A name says nothing about who is there already: what tells these people apart is their telephone."""
    known = set(Person.objects.values_list("phone", flat=True))
    rows = [human.row(units[human.unit]) for human in people()]
    return _register(actor, PERSON, [row for row in rows if row["phone"] not in known])


def _achievements(actor: Actor, units: Mapping[str, Organisation]) -> int:
    """The register never says that a confidential one is there already: who loads them has to look."""
    known = set(Achievement.objects.filter(is_confidential=True).values_list("title", "owner_id"))
    rows = [achievement_row(item, units[item.at]) for item in items()]
    return _register(
        actor, ACHIEVEMENT, [row for row in rows if (row["title"], row["owner"].pk) not in known]
    )


def _patents(actor: Actor, units: Mapping[str, Organisation]) -> int:
    stored = {(row.title, row.owner_id): row for row in Achievement.objects.filter(is_confidential=False)}
    rows = []
    for right in rights():
        owner = units[right.at]
        rows.append(patent_row(right, owner, stored[right.item.title, owner.pk] if right.item else None))
    return _register(actor, PATENT, rows)


def _registered(units: Mapping[str, Organisation]) -> Register:
    by_phone = {row.phone: row for row in Person.objects.all()}
    achievements = {(row.title, row.owner_id): row for row in Achievement.objects.all()}
    return Register(
        organisations=units,
        people=[(human, by_phone[human.row(None)["phone"]]) for human in people()],
        achievements={item.key: (item, achievements[item.title, units[item.at].pk]) for item in items()},
        patents={row.title: row for row in Patent.objects.all()},
        needs={row.title: row for row in Need.objects.all()},
        instruments={row.asset_no: row for row in Equipment.objects.all()},
        documents={row.number: row for row in Document.objects.all()},
    )


def _qualify(actor: Actor, units: Mapping[str, Organisation]) -> int:
    return sum(_qualify_one(actor, units[honour.holder], honour) for honour in honours())


def _qualify_one(actor: Actor, unit: Organisation, honour: Honour) -> int:
    """1 where it is new."""
    if unit.qualifications.filter(kind=honour.kind, valid_from=honour.valid_from).exists():
        return 0
    made = qualify(
        actor, unit, honour.kind, honour.valid_from, valid_until=honour.valid_until, level=honour.level,
        number=honour.number, issued_by=honour.issued_by, source=NOTE,
    )  # fmt: skip
    if honour.revoked_on is not None:
        revoke_qualification(actor, made, honour.revoked_on, honour.revoked_because)
    return 1


def _hours(actor: Actor, register: Register) -> int:
    given = [
        fact for one in wants.instruments() for fact in one.hours(register.instruments[one.asset_no].subject)
    ]
    return record_facts(actor, given, note=wants.HOURS_REPORT).added


def _doubles(actor: Actor, units: Mapping[str, Organisation]) -> int:
    """What was registered twice, under other spellings, from old lists."""
    rows = list(dirt.organisation_rows())
    added = _register(actor, ORGANISATION, [row for row, _staff in rows])
    known = set(Person.objects.values_list("phone", flat=True))
    added += _register(actor, PERSON, [row for row in dirt.person_rows(units) if row["phone"] not in known])
    added += _register(actor, ACHIEVEMENT, dirt.achievement_rows(units))
    subjects = {row.name: row.subject for row in Organisation.objects.filter(source=dirt.OLD_LIST)}
    given = [
        FactGiven(
            subjects[row["name"]],
            "staff",
            Period.year(dirt.YEAR),
            staff,
            "人",
            SourceKind.IMPORT,
            dirt.OLD_LIST,
        )
        for row, staff in rows
    ]
    return added + record_facts(actor, given, note=dirt.OLD_LIST).added


def _digest(rows: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=str).encode()).hexdigest()
