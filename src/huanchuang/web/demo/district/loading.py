"""Writing the district through the services of registry and facts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.queries import differing, history
from huanchuang.facts.queries.choices import choices_of
from huanchuang.facts.services import FactGiven, choose_source, correct_fact, record_fact, record_facts
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import resolve_units
from huanchuang.registry.services import join, register_organisations
from huanchuang.web.demo.district.area import area_facts, carrier_facts
from huanchuang.web.demo.district.eligibility import more_statements
from huanchuang.web.demo.district.enterprises import LEAD, Firm, firms
from huanchuang.web.demo.district.entries import load_entries
from huanchuang.web.demo.district.figures import statements
from huanchuang.web.demo.district.source import bodies, posts

YEARBOOK = "青岑区企业年度数据汇总（2025年度）"
SINCE = dt.date(2024, 1, 1)
REPORT = "2025年度企业创新活动统计年报"


@dataclass(frozen=True)
class Counts:
    """What a load brought new; all zero when everything was there."""

    organisations: int
    facts: int
    memberships: int
    entries: int
    """Entries of the other nine kinds with their relations, qualifications and hours."""


def load(actor: Actor) -> Counts:
    """Register the district's organisations, their figures and where the demonstration's people work.

    People who have no account yet are left out; loading again brings them. A second load changes nothing.
    """
    rows = [body.row() for body in bodies()] + [firm.row() for firm in firms()]
    registered = register_organisations(actor, rows, _digest(rows), note="青岑区主体名录（演示）")
    subjects = _subjects()
    given = [*firm_facts(subjects), *carrier_facts(subjects), *area_facts()]
    recorded = record_facts(actor, given, note=YEARBOOK)
    corrected = _correct_one(actor, subjects[LEAD.code])
    _choose_one(actor, subjects)
    joined = _join_people(actor)
    return Counts(registered.added, recorded.added + corrected, joined, load_entries(actor))


def firm_facts(subjects: dict[str, str]) -> Iterable[FactGiven]:
    """Every figure of every firm; a few firms also reported, and not quite the same."""
    for firm in firms():
        subject = subjects[firm.code]
        for line in (*statements(firm), *more_statements(firm)):
            yield FactGiven(
                subject, line.key, Period.year(line.year), line.value, line.unit, SourceKind.IMPORT, YEARBOOK
            )
            if line.key == "sales-revenue" and line.year == 2025 and _reported_too(firm):
                yield FactGiven(
                    subject,
                    line.key,
                    Period.year(2025),
                    _reported(line.value),
                    line.unit,
                    SourceKind.REPORT,
                    REPORT,
                )


def _reported_too(firm: Firm) -> bool:
    return firm.number % 30 == 5


def _reported(value: str) -> str:
    """The report counts one 万元 more: two sources that differ stand side by side."""
    whole, point, rest = value.partition(".")
    return f"{int(whole) + 1}{point}{rest}"


def _correct_one(actor: Actor, subject: str) -> int:
    """The clerk's firm typed its graduate trainees wrong and put it right: a superseded value to look at."""
    if history(subject, "interns", Period.year(2025)).exists():
        return 0
    first = record_fact(
        actor, subject, "interns", Period.year(2025), "80", "人", SourceKind.MANUAL, "企业填报"
    )
    correct_fact(actor, first, "18", "人", "录入多写一位，按实习协议更正")
    return 2


def _choose_one(actor: Actor, subjects: dict[str, str]) -> None:
    """For one firm of two sources the bureau has decided; the others wait in the list of data quality."""
    firm = [firm for firm in firms() if _reported_too(firm)][1]
    place = (subjects[firm.code], "sales-revenue", Period.year(2025))
    if not choices_of(*place).exists():
        imported = next(fact for fact in differing(*place) if fact.source_kind == SourceKind.IMPORT)
        choose_source(actor, imported, "与审计报告一致，统计年报多计1万元")


def _subjects() -> dict[str, str]:
    stored = Organisation.objects.filter(uscc__isnull=False)
    return {row.uscc.text: row.subject for row in stored if row.uscc}


def _join_people(actor: Actor) -> int:
    places = resolve_units(post.at for post in posts())
    users = {
        user.username: user for user in User.objects.filter(username__in=[post.username for post in posts()])
    }
    joined = 0
    for post in posts():
        user, place = users.get(post.username), places[post.at]
        if user is not None and place is not None:
            joined += _join_once(actor, user, place, post.post)
    return joined


def _join_once(actor: Actor, user: User, place: Organisation, post: str) -> int:
    """1 when the person joined now, 0 when they belonged there already."""
    before = place.memberships.filter(user=user).exists()
    if not before:
        join(actor, user, place, post=post, since=SINCE)
    return int(not before)


def _digest(rows: list[dict[str, object]]) -> str:
    return hashlib.sha256(
        json.dumps(rows, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
