"""What is known about organisations, as the engine takes it: facts that count, and what the register itself says.

Each value keeps where it comes from. A timeless value older than its allowed age is left out, so that it counts as unknown;
a yearly one is asked for by its year and cannot be stale.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from huanchuang.engines.expression import Fact, Record
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.facts.models import SourceKind
from huanchuang.facts.queries.freshness import freshness_of
from huanchuang.facts.queries.many import Known, known_values
from huanchuang.packs import vocabulary
from huanchuang.packs.policies import Criteria, criteria
from huanchuang.policies.queries.related import Related, related_of
from huanchuang.registry.models import Organisation, Patent, Qualification
from huanchuang.registry.queries.qualifications import holds

CLASS_OF_IP = {"Ⅰ类": "class-one-ip", "Ⅱ类": "class-two-ip"}
"""Level of a kind of intellectual property in its code list → the fact that counts it."""
HELD: Mapping[str, str] = {
    "high-tech-enterprise": "valid-hte-certificate",
    "technology-sme": "valid-technology-sme",
}
"""Qualification that holds → the fact that says so. One that is not registered is not known to be lacking."""
SINCE: Mapping[str, str] = {"high-tech-enterprise": "hte-certified-on"}
"""Qualification → the fact with its first day."""
LABELS: Sequence[tuple[str, str]] = (
    ("little-giant", "小巨人"), ("specialised-sme", "专精特新中小企业"), ("innovative-sme", "创新型中小企业"),
)  # fmt: skip
"""Qualifications of which the highest is the label of an enterprise."""
LABEL, INVENTIONS, INVENTION = "specialised-label", "invention-patents", "invention"
GRANTED = "granted"


@dataclass(frozen=True)
class Taken:
    """One value that a decision may use: what it is, and where it comes from."""

    fact: Fact
    period: str
    """Code of the period, "" for a timeless fact."""
    value: Plain
    told: Known | tuple[str, str]
    """The figure that says it; or, where the register itself does, its words for that and the page to see it on.

    What is shown of it is worked out where it is shown: a run takes hundreds of thousands of values and shows none.
    """

    @property
    def source(self) -> str:
        """Who says it, and since when for a figure, in words."""
        if isinstance(self.told, Known):
            return f"{SourceKind(self.told.source_kind).label} · {self.recorded:%Y-%m-%d}"
        return self.told[0]

    @property
    def url(self) -> str:
        """The page that shows where it comes from."""
        return reverse("facts:why", args=[self.told.pk]) if isinstance(self.told, Known) else self.told[1]

    @property
    def recorded(self) -> dt.date | None:
        """When it was recorded; None for what the register says itself."""
        return timezone.localdate(self.told.recorded_at) if isinstance(self.told, Known) else None


@dataclass
class Subject:
    """An organisation as the engine sees it."""

    organisation: Organisation
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    stale: list[Taken] = field(default_factory=list)
    rows: dict[str, list[Related]] = field(default_factory=dict)
    """Related records by key of the relation; one without any is not known to have none."""

    def record(self, changed: Mapping[tuple[str, str], Plain | None] | None = None) -> Record:
        """The values by key and period, with other ones in their place where a figure is only supposed."""
        values: dict[tuple[str, str], Plain | None] = {place: one.value for place, one in self.taken.items()}
        stale = frozenset(one.fact.key for one in self.stale if (one.fact.key, "") not in values)
        rows = {key: [one.row for one in related] for key, related in self.rows.items()}
        return Record({**values, **(changed or {})}, rows, stale)

    def put(self, fact: Fact | None, value: Plain | None, source: str, page: str) -> None:
        """Keep what the register says, unless a figure says it already or this fact cannot have it."""
        if fact is None or value is None or (fact.key, "") in self.taken or not fact.admits(value):
            return
        self.taken[fact.key, ""] = Taken(fact, "", value, (source, page))


def subject_of(organisation: Organisation, as_of: dt.date) -> Subject:
    """What is known about one organisation."""
    return next(subjects([organisation], as_of))


def subjects(
    organisations: Sequence[Organisation], as_of: dt.date, keys: Collection[str] = ()
) -> Iterator[Subject]:
    """What is known about each, of some facts only where `keys` are given; a handful of questions to the database for a thousand."""
    known = criteria()
    found = {one.subject: Subject(one) for one in organisations}
    for value in known_values(list(found), keys):
        _take(found[value.subject], value, known, as_of)
    pks = [one.pk for one in organisations]
    rights, held, related = _rights(pks), _held(pks, as_of), related_of(pks, as_of)
    for subject in found.values():
        subject.rows = related.get(subject.organisation.pk, {})
        _from_register(subject, known, rights[subject.organisation.pk])
        _from_qualifications(subject, known, held.get(subject.organisation.pk, {}))
        yield subject


def _take(subject: Subject, value: Known, known: Criteria, as_of: dt.date) -> None:
    fact = known.vocabulary.fact(value.key)
    if fact is None:
        return
    timeless = fact.period == "none"
    period = "" if timeless else value.period.code
    plain = known.value(fact, value.value)
    if plain is None:
        return
    taken = Taken(fact, period, plain, value)
    if timeless and freshness_of(value, as_of).is_stale:
        subject.stale.append(taken)
    elif timeless:  # rows come in the order of their periods: the newest stands
        subject.taken[fact.key, ""] = taken
    else:
        subject.taken.setdefault((fact.key, period), taken)


def _from_register(subject: Subject, known: Criteria, rights: Mapping[str, int]) -> None:
    """What the register holds itself, where no fact says it."""
    one, fact = subject.organisation, known.vocabulary.fact
    page, register = one.get_absolute_url(), gettext("登记簿")
    subject.put(fact("registered-on"), day_number(one.founded_on) if one.founded_on else None, register, page)
    subject.put(fact("industry-code"), one.industry or None, register, page)
    subject.put(fact("region-code"), one.region or None, register, page)
    for key in (*CLASS_OF_IP.values(), INVENTIONS):
        if rights:  # an organisation without any right registered is not known to have none
            subject.put(fact(key), rights.get(key, 0), gettext("登记簿的知识产权"), page)


def _from_qualifications(subject: Subject, known: Criteria, held: Mapping[str, dt.date]) -> None:
    fact, page, source = (
        known.vocabulary.fact,
        subject.organisation.get_absolute_url(),
        gettext("登记簿的资质"),
    )
    for kind, since in held.items():
        if kind in HELD:
            subject.put(fact(HELD[kind]), True, source, page)
        if kind in SINCE:
            subject.put(fact(SINCE[kind]), day_number(since), source, page)
    label = next((word for kind, word in LABELS if kind in held), None)
    subject.put(fact(LABEL), label, source, page)


def _rights(keys: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, Counter[str]] = {key: Counter() for key in keys}
    rows = Patent.objects.filter(owner__in=list(found), retired_on=None, state=GRANTED)
    for owner, kind in rows.values_list("owner", "kind"):
        if kind in _classes():
            found[owner][_classes()[kind]] += 1
        if kind == INVENTION:
            found[owner][INVENTIONS] += 1
    return found


@cache
def _classes() -> Mapping[str, str]:
    kinds = vocabulary.code_tree("patent-kinds")
    return {one.code: CLASS_OF_IP[one.level] for one in kinds if one.level in CLASS_OF_IP}


def _held(keys: Iterable[int], as_of: dt.date) -> Mapping[int, Mapping[str, dt.date]]:
    """Organisation → kind of qualification that holds on a day → since when."""
    found: dict[int, dict[str, dt.date]] = {}
    rows = Qualification.objects.filter(Q(organisation__in=list(keys)), holds(as_of)).order_by("valid_from")
    for organisation, kind, since in rows.values_list("organisation", "kind", "valid_from"):
        found.setdefault(organisation, {})[kind] = since
    return found
