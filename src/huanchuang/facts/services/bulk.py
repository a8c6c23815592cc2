"""Record very many facts at once: one transaction, one audit entry, no question per fact."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.facts.models import Fact
from huanchuang.facts.services.record import moment_after, says_the_same
from huanchuang.facts.services.values import FactGiven, fact_from

AT_ONCE = 500
Place = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many facts a bulk load brought, superseded, and found already there."""

    added: int
    superseded: int
    unchanged: int


def record_facts(
    actor: audit.Actor, facts: Iterable[FactGiven], digest: str = "", note: str = ""
) -> Recorded:
    """Record many facts as one; each supersedes what the same source said before, equal ones change nothing.

    `digest` is the sha256 of the file they come from; without one it is taken over the facts themselves.
    Where the same place is given twice the last one counts. Raises ProblemError for the first bad value;
    nothing is written then.
    """
    new = {place_of(fact): fact for fact in map(fact_from, facts)}
    with transaction.atomic():
        recorded = _put_all(actor, new)
        if recorded.added:
            audit.record_bulk(
                actor, "facts.fact.record_bulk", note or "facts.fact", digest or _digest(new), recorded.added
            )
    return recorded


def place_of(fact: Fact) -> Place:
    """What only one current fact can have: subject, key, period code and source kind."""
    return (fact.subject, fact.key, fact.period.code, fact.source_kind)


def _put_all(actor: audit.Actor, new: dict[Place, Fact]) -> Recorded:
    last = _last_of(new)
    fresh: list[Fact] = []
    ended: list[tuple[Fact, Fact]] = []
    for place, fact in new.items():
        before = last.get(place)
        standing = before if before is not None and before.current_until is None else None
        if standing is not None and says_the_same(standing, fact):
            continue
        fact.recorded_at, fact.recorded_by, fact.recorded_by_name = moment_after(before), actor.id, actor.name
        fresh.append(fact)
        if standing is not None:
            standing.current_until = fact.recorded_at
            ended.append((standing, fact))
    old = [standing for standing, _ in ended]
    Fact.objects.bulk_update(old, ["current_until"], batch_size=AT_ONCE)
    Fact.objects.bulk_create(fresh, batch_size=2000)
    for standing, fact in ended:
        standing.superseded_by = fact
    Fact.objects.bulk_update(old, ["superseded_by"], batch_size=AT_ONCE)
    return Recorded(len(fresh), len(ended), len(new) - len(fresh))


def _last_of(new: dict[Place, Fact]) -> dict[Place, Fact]:
    """The newest stored fact of each of these places, read by subject."""
    found: dict[Place, Fact] = {}
    for subjects in _chunks(sorted({fact.subject for fact in new.values()})):
        stored = Fact.objects.select_for_update().filter(subject__in=subjects).order_by("recorded_at", "id")
        for fact in stored.iterator(chunk_size=5000):
            found[place_of(fact)] = fact
    return {place: found[place] for place in new if place in found}


def _chunks(subjects: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(subjects), AT_ONCE):
        yield subjects[start : start + AT_ONCE]


def _digest(new: dict[Place, Fact]) -> str:
    taken = hashlib.sha256()
    for place, fact in new.items():
        taken.update("\t".join((*place, fact.value, fact.unit, fact.source_link)).encode() + b"\n")
    return taken.hexdigest()
