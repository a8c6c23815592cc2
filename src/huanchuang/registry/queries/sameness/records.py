"""Entries as the engine of sameness takes them: plain values, telephones and addresses as digests only."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.sameness import OrganisationRecord, PersonRecord, ThingRecord
from huanchuang.orm.models import key_of_subject
from huanchuang.packs import vocabulary
from huanchuang.registry.models import (
    Achievement,
    Entry,
    Organisation,
    Patent,
    Person,
    Relation,
    Revision,
)
from huanchuang.registry.queries.kinds import ORGANISATION, PERSON, Kind
from huanchuang.registry.queries.kinds.values import code_name, show_value
from huanchuang.registry.queries.sameness.places import chain

AT_ONCE = 400
LONGEST_WORDS = 2000
Record = OrganisationRecord | PersonRecord | ThingRecord

NUMBERS = {"patent": "number", "equipment": "asset_no", "document": "number"}
DAYS = {
    "achievement": "completed_on",
    "patent": "applied_on",
    "equipment": "bought_on",
    "document": "issued_on",
}
WORDS = {
    "achievement": ("summary", "solves"),
    "patent": ("summary",),
    "need": ("detail", "difficulty"),
    "equipment": ("functions",),
    "service": ("content",),
    "finance-product": ("conditions",),
    "space": ("conditions",),
    "document": ("summary",),
}
FIGURES = {
    "achievement": ("form", "stage"),
    "patent": ("kind",),
    "need": ("kind", "budget", "amount", "term_months", "headcount", "area"),
    "equipment": ("model", "original_value", "maker"),
    "service": ("category", "price_from"),
    "finance-product": ("kind", "amount_most", "term_most", "rate_least"),
    "space": ("kind", "area_total", "address"),
    "document": ("kind",),
}
"""Fields by kind that are compared: what numbers it, its day, its description, and what can be compared exactly."""


def records(kind: Kind, entries: Sequence[Entry]) -> dict[int, Record]:
    """Key → record, for entries of one kind, with a few questions to the database for all of them."""
    made: dict[int, Record] = {}
    for first in range(0, len(entries), AT_ONCE):
        some = entries[first : first + AT_ONCE]
        if kind is ORGANISATION:
            made |= {one.pk: organisation_record(one) for one in some if isinstance(one, Organisation)}
        elif kind is PERSON:
            around = _circles([one for one in some if isinstance(one, Person)])
            made |= {one.pk: person_record(one, around[one.pk]) for one in some if isinstance(one, Person)}
        else:
            people = _people_of(one.subject for one in some)
            made |= {one.pk: thing_record(kind, one, people[one.subject]) for one in some}
    return made


def digest(text: str) -> str:
    """What stands for a telephone number, an address or a contact's name: equal where those are equal, telling nothing."""
    plain = "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "@")
    return hashlib.sha256(plain.encode()).hexdigest()[:20] if len(plain) > 1 else ""


def organisation_record(one: Organisation) -> OrganisationRecord:
    """An organisation with its names, code, place and digests of its contact."""
    tree = vocabulary.organisation_kinds()
    group = next(iter(tree.ancestors(one.kind)), one.kind) if one.kind in tree else one.kind
    return OrganisationRecord(
        name=one.name,
        other_names=tuple(name for name in (one.short_name, *one.aliases) if name),
        code=one.uscc.text if one.uscc else "",
        kind=code_name(tree, group) if group else "",
        regions=chain(one.region),
        industry=one.industry,
        founded_on=one.founded_on,
        address=one.address,
        phones=_digests(one.contact_phone),
        contact=digest(one.contact_name),
        subject=one.subject if one.pk else "",
        parent=f"{ORGANISATION.subject_prefix}:{one.parent_id}" if one.parent_id else "",
    )


@dataclass
class Circle:
    """What the register knows around a person: who worked with them, when, and where they were before."""

    coworkers: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    past_units: set[str] = field(default_factory=set)


def person_record(one: Person, circle: Circle | None = None) -> PersonRecord:
    """A person with unit, fields, co-workers and digests of telephone and address."""
    around = circle or Circle()
    unit = one.unit
    title = code_name(vocabulary.code_tree("professional-titles"), one.title, "zh") if one.title else ""
    fields = [*one.directions]
    if one.field:
        fields.append(code_name(vocabulary.high_tech_fields(), one.field, "zh"))
    return PersonRecord(
        name=one.name,
        other_names=(one.name_en,) if one.name_en else (),
        unit=unit.name if unit else "",
        unit_names=tuple(name for name in (unit.short_name, *unit.aliases) if name) if unit else (),
        past_units=tuple(sorted(around.past_units)),
        fields=tuple(fields),
        coworkers=frozenset(around.coworkers - {one.name}),
        phones=_digests(one.phone),
        emails=_digests(one.email),
        ids=frozenset({f"certificate:{digest(one.certificate)}"} if one.certificate else ()),
        title=title,
        titled_in=one.confirmed_on.year if title and one.confirmed_on else None,
        years=(min(around.years), max(around.years)) if around.years else None,
    )


def thing_record(kind: Kind, one: Entry, people: Iterable[str] = ()) -> ThingRecord:
    """Anything with a title."""
    owner = kind.owner(one)
    words = " ".join(str(getattr(one, name) or "") for name in WORDS[kind.name])
    figures = {
        str(kind.by_name[name].label): show_value(kind.by_name[name], getattr(one, name))
        for name in FIGURES[kind.name]
    }
    number, day = NUMBERS.get(kind.name, ""), DAYS.get(kind.name, "")
    return ThingRecord(
        title=kind.title(one),
        number=str(getattr(one, number)) if number else "",
        owner=owner.name if owner else "",
        people=frozenset(people),
        on=getattr(one, day) if day else None,
        words=words.strip()[:LONGEST_WORDS],
        figures={label: text for label, text in figures.items() if text},
    )


def _digests(text: str) -> frozenset[str]:
    made = digest(text)
    return frozenset({made} if made else ())


def _people_of(subjects: Iterable[str]) -> Mapping[str, set[str]]:
    """Subject → names of its inventors and contacts."""
    rows = Relation.objects.filter(to_subject__in=list(subjects), type__in=("inventor-of", "contact-of"))
    pairs = list(rows.values_list("to_subject", "from_subject"))
    names = _names({person for _, person in pairs})
    found: dict[str, set[str]] = defaultdict(set)
    for subject, person in pairs:
        if person in names:
            found[subject].add(names[person])
    return found


def _names(subjects: set[str]) -> dict[str, str]:
    keys = [key for subject in subjects if (key := key_of_subject(subject)) is not None]
    prefix = PERSON.subject_prefix
    return {
        f"{prefix}:{pk}": name for pk, name in Person.objects.filter(pk__in=keys).values_list("pk", "name")
    }


def _circles(people: Sequence[Person]) -> Mapping[int, Circle]:
    """Key → circle. Confidential achievements and their patents take no part: they would tell who worked on them."""
    found: dict[int, Circle] = defaultdict(Circle)
    by_subject = {one.subject: one.pk for one in people}
    works = list(
        Relation.objects.filter(type="inventor-of", from_subject__in=by_subject).values_list(
            "from_subject", "to_subject"
        )
    )
    years = _open_works({work for _, work in works})
    teams = _people_of(years)
    for person, work in works:
        if work in years:
            circle = found[by_subject[person]]
            circle.coworkers |= teams[work]
            circle.years |= {years[work]} - {0}
    for subject, units in _past_units(by_subject).items():
        found[by_subject[subject]].past_units |= units
    return found


def _open_works(subjects: set[str]) -> dict[str, int]:
    """Achievements and patents that are no secret → the year of the work, 0 for unknown."""
    found: dict[str, int] = {}
    for model, day, hidden in (
        (Achievement, "completed_on", "is_confidential"),
        (Patent, "applied_on", "achievement__is_confidential"),
    ):
        prefix = model._meta.label_lower
        keys = [int(one.partition(":")[2]) for one in subjects if one.startswith(f"{prefix}:")]
        rows = model._default_manager.filter(pk__in=keys).exclude(**{hidden: True}).values_list("pk", day)
        found |= {f"{prefix}:{pk}": on.year if on else 0 for pk, on in rows}
    return found


def _past_units(by_subject: Mapping[str, int]) -> Mapping[str, set[str]]:
    """Names of units where people were: by ended and other memberships, and by earlier values of their unit."""
    prefix = ORGANISATION.subject_prefix
    pairs = set(
        Relation.objects.filter(type="member-of", from_subject__in=by_subject).values_list(
            "from_subject", "to_subject"
        )
    )
    edits = Revision.objects.filter(subject_of__in=by_subject).exclude(values={})
    pairs |= {
        (subject, values["unit"])
        for subject, values in edits.values_list("subject_of", "values")
        if values.get("unit")
    }
    keys = {subject: key_of_subject(subject) for _, subject in pairs if subject.startswith(f"{prefix}:")}
    names = dict(Organisation.objects.filter(pk__in=set(keys.values())).values_list("pk", "name"))
    found: dict[str, set[str]] = defaultdict(set)
    for person, unit in pairs:
        key = keys.get(unit)
        if key in names:
            found[person].add(names[key])
    return found
