"""Where figures need a person: sources that differ and nobody chose, newest values that have outlived their time.

Everything is asked key by key, so that one index answers: `fact_of_key` holds the current facts of a key in the order
of their subjects. Subjects of the register only, those in force that the reader may see.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When
from django.utils import timezone

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.choices import choices_among, rank_by, standing_choices
from huanchuang.facts.queries.freshness import Freshness, freshness_of, oldest_fresh_day
from huanchuang.facts.queries.subjects import in_force
from huanchuang.facts.queries.values import current
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import FactKey
from huanchuang.registry.queries.kinds import KINDS

ABOUT = frozenset((*KINDS, "carrier"))
"""What the dictionary's keys may be about here: the kinds of the register; a carrier is an organisation."""
PARTS = ("key", "subject", "period")
AT_ONCE = 1000
Place = tuple[str, str]
"""Subject and code of the period, of one key."""


@dataclass(frozen=True)
class Waiting:
    """How much of one key waits for a person."""

    key: FactKey
    differing: int
    stale: int

    @property
    def name(self) -> str:
        """The key in the reader's language."""
        return dictionary.name(self.key.code)


def keys_kept() -> list[FactKey]:
    """The keys that subjects of the registry may have, in the order of the dictionary; no computed ones."""
    keys = vocabulary.fact_dictionary()
    return [key for key in keys if not key.is_derived and not ABOUT.isdisjoint(key.about)]


def differing_places(user: User, key: str) -> list[Place]:
    """(subject, period) of a key where sources say different things and no standing choice decides, by subject."""
    places = _undecided(key, _shared(current().filter(key=key)).get(key, []))
    kept = in_force(user, {subject for subject, _ in places})
    return [place for place in places if place[0] in kept]


def _shared(facts: QuerySet[Fact]) -> dict[str, list[Place]]:
    """For each key the places of which more than one source speaks, by subject; from the index alone."""
    rows = facts.order_by("key", "subject", "period").values_list("key", "subject", "period")
    found: dict[str, list[Place]] = {}
    for key, subject, period in rows.annotate(sources=Count("*")).filter(sources__gt=1).values_list(*PARTS):
        found.setdefault(key, []).append((subject, period.code))
    return found


def _undecided(key: str, places: Sequence[Place]) -> list[Place]:
    """Those of the places where the sources differ and none of them was chosen."""
    found: list[Place] = []
    for start in range(0, len(places), AT_ONCE):
        part = places[start : start + AT_ONCE]
        subjects = {subject for subject, _ in part}
        said: dict[Place, set[tuple[str, str]]] = {place: set() for place in part}
        speaking: set[tuple[str, str, str, str]] = set()
        facts = current().filter(key=key, subject__in=subjects)
        for subject, period, value, unit, kind, origin in facts.values_list(
            "subject", "period", "value", "unit", "source_kind", "origin"
        ):
            if (subject, period.code) in said:
                said[subject, period.code].add((value, unit))
                speaking.add((subject, period.code, kind, origin))
        made = standing_choices().filter(key=key, subject__in=subjects)
        chosen = {
            (one.subject, one.period.code)
            for one in made
            if (one.subject, one.period.code, one.source_kind, one.origin) in speaking
        }
        found += [place for place in part if len(said[place]) > 1 and place not in chosen]
    return found


def chosen_places(key: str) -> QuerySet[SourceChoice]:
    """The standing choices of a key, the newest first."""
    return standing_choices().filter(key=key, subject__startswith="registry.")


def stale_subjects(user: User, key: FactKey, as_of: dt.date) -> list[str]:
    """Subjects whose newest value of a key has outlived its time on a day."""
    found = _stale(key, as_of, _periods_in_use(key.code).get(key.code, ()))
    kept = in_force(user, set(found))
    return [subject for subject in found if subject in kept]


def _stale(key: FactKey, as_of: dt.date, periods: Collection[Period]) -> list[str]:
    day = oldest_fresh_day(key, as_of)
    if day is None:
        return []
    fresh = Q(period__in=[period for period in periods if period.end >= day])
    if key.is_timeless:
        fresh = Q(recorded_at__gte=timezone.make_aware(dt.datetime.combine(day, dt.time.min)))
    elif all(period.end >= day for period in periods):
        return []
    marked = Case(When(fresh, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = current().filter(key=key.code).values("subject").annotate(fresh=Max(marked)).filter(fresh=0)
    return [row["subject"] for row in rows.order_by("subject")]


def _periods_in_use(key: str = "") -> dict[str, list[Period]]:
    """For each key (or one of them) the periods that it has facts for."""
    facts = Fact.objects.filter(key=key) if key else Fact.objects.all()
    found: dict[str, list[Period]] = {}
    for used, period in facts.order_by().values_list("key", "period").distinct():
        found.setdefault(used, []).append(period)
    return found


@dataclass(frozen=True)
class Stale:
    """The newest value of a key of one subject, and since when it is stale."""

    fact: Fact
    freshness: Freshness


def stale_facts(
    user: User, key: FactKey, as_of: dt.date, subjects: Sequence[str] | None = None
) -> list[Stale]:
    """The newest values of a key that have outlived their time on a day, of all subjects or of some of them."""
    of = stale_subjects(user, key, as_of) if subjects is None else subjects
    newest = newest_facts(key, of)
    return [Stale(newest[one], freshness_of(newest[one], as_of)) for one in of if one in newest]


def newest_facts(key: FactKey, subjects: Sequence[str]) -> dict[str, Fact]:
    """The value of the newest period of each subject; of several sources the one that counts."""
    made = standing_choices().filter(key=key.code, subject__in=subjects)
    rank = rank_by(choices_among(made))
    found: dict[str, Fact] = {}
    for fact in current().filter(key=key.code, subject__in=subjects):
        rival = found.get(fact.subject)
        if rival is None or (fact.period, rank(rival)) > (rival.period, rank(fact)):
            found[fact.subject] = fact
    return found


def said_at(key: str, places: Iterable[Place]) -> dict[Place, list[Fact]]:
    """What each source says at these places of a key, the most trusted first."""
    wanted = list(places)
    rank = rank_by({})
    found: dict[Place, list[Fact]] = {place: [] for place in wanted}
    for fact in current().filter(key=key, subject__in={subject for subject, _ in wanted}):
        if (fact.subject, fact.period.code) in found:
            found[fact.subject, fact.period.code].append(fact)
    return {place: sorted(facts, key=rank) for place, facts in found.items()}


def overview(user: User, as_of: dt.date) -> list[Waiting]:
    """Every key with something that waits, in the order of the dictionary."""
    differing = {key: _undecided(key, places) for key, places in _shared(current()).items()}
    used = _periods_in_use()
    stale = {key: _stale(key, as_of, used[key.code]) for key in keys_kept() if key.code in used}
    subjects = {subject for places in differing.values() for subject, _ in places}
    kept = in_force(user, subjects.union(*stale.values()))
    waiting = Counter(key for key, places in differing.items() for subject, _ in places if subject in kept)
    counts = [Waiting(key, waiting[key.code], len(kept.intersection(of))) for key, of in stale.items()]
    return [count for count in counts if count.differing or count.stale]
