"""Two entries, or one and everything like it, put to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Q, QuerySet

from huanchuang.accounts.models import User
from huanchuang.engines.sameness import (
    Comparison,
    Context,
    OrganisationRecord,
    PersonRecord,
    ThingRecord,
    Verdict,
    compare_organisations,
    compare_people,
    compare_things,
)
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.registry.models import Entry, Organisation, Person
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import ORGANISATION, PERSON, Kind
from huanchuang.registry.queries.organisations import WHOLE_DISTRICT
from huanchuang.registry.queries.sameness.judged import Verdicts
from huanchuang.registry.queries.sameness.places import name_reader
from huanchuang.registry.queries.sameness.records import (
    NUMBERS,
    Record,
    organisation_record,
    person_record,
    records,
    thing_record,
)
from huanchuang.registry.queries.visibility import visible

POOL = 200
"""At most so many entries are compared with one that somebody is about to register."""
MOST_SHOWN = 5
PIECE = 6


@dataclass(frozen=True)
class Lookalike:
    """An entry of the register that may be the one at hand, with the comparison that says so."""

    entry: Entry
    comparison: Comparison


def compare_records(
    kind: Kind, one: Record, other: Record, reader: NameReader, namesakes: int | None = None
) -> Comparison:
    """The comparison of two records of a kind."""
    context = Context(namesakes)
    if kind is ORGANISATION:
        return compare_organisations(
            cast(OrganisationRecord, one), cast(OrganisationRecord, other), reader, context
        )
    if kind is PERSON:
        return compare_people(cast(PersonRecord, one), cast(PersonRecord, other), reader, context)
    return compare_things(cast(ThingRecord, one), cast(ThingRecord, other), reader)


def compare_entries(kind: Kind, one: Entry, other: Entry) -> Comparison:
    """The comparison of two entries as they stand."""
    made = records(kind, [one, other])
    return compare_records(kind, made[one.pk], made[other.pk], name_reader(), namesakes_of(kind, one))


def namesakes_of(kind: Kind, one: Entry) -> int | None:
    """How many other people of the register have this name; names of organisations are unique already."""
    if not isinstance(one, Person):
        return None
    key = names.normalise(one.name)
    return Person.objects.filter(title_key=key, retired_on__isnull=True).exclude(pk=one.pk).count()


def lookalikes(user: User, kind: Kind, entry: Entry) -> list[Lookalike]:
    """Entries that a reader may know of and that may be this one, stored or not; the likeliest first."""
    reader = name_reader()
    among: QuerySet[Any] = visible(user, kind).filter(retired_on__isnull=True)
    links = [field.name for field in kind.links]
    pool = list(among.filter(_POOLS.get(kind.name, _like_title)(kind, entry, reader)).exclude(pk=entry.pk).distinct().select_related(*links)[:POOL])  # fmt: skip
    if not pool:
        return []
    verdicts = Verdicts(kind.subject_prefix) if entry.pk else None
    own = _record(kind, entry)
    if user.role not in WHOLE_DISTRICT:
        own = _without_contacts(own)
    others = records(kind, pool)
    namesakes = namesakes_of(kind, entry)
    found = [
        Lookalike(other, compare_records(kind, own, others[other.pk], reader, namesakes))
        for other in pool
        if verdicts is None or not verdicts.are_apart(entry.subject, other.subject)
    ]
    likely = [one for one in found if one.comparison.verdict != Verdict.DIFFERENT]
    return sorted(likely, key=lambda one: (-one.comparison.score, one.entry.pk))[:MOST_SHOWN]


def _record(kind: Kind, entry: Entry) -> Record:
    """The record of an entry that may not be stored yet."""
    if entry.pk:
        return records(kind, [entry])[entry.pk]
    if isinstance(entry, Organisation):
        return organisation_record(entry)
    return person_record(entry) if isinstance(entry, Person) else thing_record(kind, entry)


def _without_contacts(record: Record) -> Record:
    """For readers to whom telephones are masked: whether one is equal would tell what it is."""
    if isinstance(record, OrganisationRecord):
        return replace(record, phones=frozenset(), contact="")
    if isinstance(record, PersonRecord):
        return replace(record, phones=frozenset(), emails=frozenset(), ids=frozenset())
    return record


def _like_organisation(_kind: Kind, entry: Entry, reader: NameReader) -> Q:
    one = cast(Organisation, entry)
    called = [name for name in (one.name, one.short_name, *one.aliases) if name]
    found = Q(name_keys__key__in=[names.normalise(name) for name in called])
    for name in called:
        for core in reader.read(name).cores:
            if len(core) > 1:
                found |= Q(name_keys__key=core) | Q(search_text__contains=core[:3])
    if one.uscc:
        found |= Q(uscc__contains=one.uscc.organisation_code)
    return found | Q(contact_phone=one.contact_phone) if one.contact_phone else found


def _like_person(_kind: Kind, entry: Entry, _reader: NameReader) -> Q:
    one = cast(Person, entry)
    key = names.normalise(one.name)
    found = Q(title_key=key)
    if one.unit_id and len(key) > 1:
        found |= Q(unit=one.unit_id, title_key__startswith=key[:-1]) | Q(
            unit=one.unit_id, title_key__endswith=key[1:]
        )
    for name in ("phone", "email"):
        if value := getattr(one, name):
            found |= Q(**{name: value})
    return found


def _like_title(kind: Kind, entry: Entry, _reader: NameReader) -> Q:
    key = names.normalise(kind.title(entry))
    found = Q(title_key=key)
    if len(key) >= PIECE:
        middle = (len(key) - PIECE) // 2
        for piece in {key[:PIECE], key[middle : middle + PIECE], key[-PIECE:]}:
            found |= Q(title_key__contains=piece)
    number = NUMBERS.get(kind.name, "")
    if number and getattr(entry, number):
        found |= Q(**{number: getattr(entry, number)})
    return found


_POOLS: Mapping[str, Callable[[Kind, Entry, NameReader], Q]] = {
    "organisation": _like_organisation,
    "person": _like_person,
}
