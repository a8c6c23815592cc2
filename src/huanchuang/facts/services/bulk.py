"""Record very many facts at once: one transaction, one audit entry, a few questions for ten thousand facts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.facts.models import PLACE, Fact
from huanchuang.facts.services.insert import insert_facts
from huanchuang.facts.services.record import TICK
from huanchuang.facts.services.values import FactGiven, Said, said_by
from huanchuang.orm import clock
from huanchuang.orm.statistics import MANY, refresh_statistics

AT_ONCE = 10_000
Place = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many facts a bulk load brought, superseded, and found already there."""

    added: int
    superseded: int
    unchanged: int


class Stored(NamedTuple):
    """The newest fact of a place as far as a load needs to know it."""

    pk: int
    saying: tuple[str, str, str]
    ended: dt.datetime | None
    recorded_at: dt.datetime


def record_facts(
    actor: audit.Actor, facts: Iterable[FactGiven], digest: str = "", note: str = ""
) -> Recorded:
    """Record many facts as one, with the outcome of `record_fact` for each in turn; equal ones change nothing.

    The facts are taken in portions, so that a million need no more memory than ten thousand; all of them are recorded
    at one moment. It is one transaction: for a million it keeps other writers waiting for half a minute. `digest` is the sha256 of the file they come from; without one it is taken over the facts themselves.
    Raises ProblemError for the first bad value, or when somebody else records the same at once; nothing is written then.
    """
    load = _Load(actor)
    try:
        with transaction.atomic():
            for portion in _portions(load.taken(map(said_by, facts))):
                load.put(portion)
            if load.added:
                audit.record_bulk(
                    actor,
                    "facts.fact.record_bulk",
                    note or "facts.fact",
                    digest or load.digest.hexdigest(),
                    load.added,
                )
            if load.added >= MANY:
                refresh_statistics(Fact)
    except IntegrityError as error:
        raise _meanwhile() from error
    return Recorded(load.added, load.superseded, load.unchanged)


def put_facts(actor: audit.Actor, saids: Iterable[Said]) -> Recorded:
    """`record_facts` without an audit entry of its own: for a service that writes one for all it does, in its transaction."""
    load = _Load(actor)
    with transaction.atomic():
        for portion in _portions(load.taken(saids)):
            load.put(portion)
    return Recorded(load.added, load.superseded, load.unchanged)


def place_of(said: Said) -> Place:
    """What only one current fact can have: subject, key, period code, source kind and origin."""
    return (said.subject, said.key, said.period.code, said.source_kind, said.origin)


def _saying(said: Said) -> tuple[str, str, str]:
    return (said.value, said.unit, said.source_link)


def _portions(facts: Iterable[Said]) -> Iterator[dict[Place, Said]]:
    """Up to ten thousand facts each, no place twice with different sayings: the second begins the next portion."""
    portion: dict[Place, Said] = {}
    for said in facts:
        place = place_of(said)
        before = portion.get(place)
        if len(portion) >= AT_ONCE or (before is not None and _saying(before) != _saying(said)):
            yield portion
            portion = {}
        portion.setdefault(place, said)
    if portion:
        yield portion


class _Load:
    """A bulk load while it runs."""

    def __init__(self, actor: audit.Actor) -> None:
        self.actor = actor
        self.now = clock.now()
        self.digest = hashlib.sha256()
        self.given = self.added = self.superseded = 0

    @property
    def unchanged(self) -> int:
        """Facts that said what stood there already."""
        return self.given - self.added

    def taken(self, saids: Iterable[Said]) -> Iterator[Said]:
        """The facts one by one, counted and taken into the digest."""
        for said in saids:
            self.given += 1
            words = (said.subject, said.key, said.period.code, said.source_kind, said.value, said.unit)
            self.digest.update("\t".join((*words, said.source_link)).encode() + b"\n")
            yield said

    def put(self, portion: dict[Place, Said]) -> None:
        """Insert what is new and end what it supersedes."""
        last = _last_of(portion)
        fresh: list[tuple[Said, dt.datetime]] = []
        ended: dict[dt.datetime, list[int]] = {}
        for place, said in portion.items():
            before = last.get(place)
            standing = before is not None and before.ended is None
            if before is not None and standing and before.saying == _saying(said):
                continue
            moment = self._moment_after(before)
            fresh.append((said, moment))
            if before is not None and standing:
                ended.setdefault(moment, []).append(before.pk)
        for moment, keys in ended.items():
            Fact.objects.filter(pk__in=keys).update(current_until=moment)
        insert_facts(self.actor, fresh)
        old = [key for keys in ended.values() for key in keys]
        _point_to_successors(old)
        self.added += len(fresh)
        self.superseded += len(old)

    def _moment_after(self, before: Stored | None) -> dt.datetime:
        return self.now if before is None else max(self.now, (before.ended or before.recorded_at) + TICK)


def _last_of(portion: dict[Place, Said]) -> dict[Place, Stored]:
    """The newest stored fact of each of these places."""
    subjects, keys, periods = ({place[part] for place in portion} for part in range(3))
    stored = (
        Fact.objects.select_for_update()
        .filter(subject__in=subjects, key__in=keys, period__in=periods)
        .order_by("recorded_at", "id")
        .values_list(*PLACE, "pk", "value", "unit", "source_link", "current_until", "recorded_at")
    )
    found: dict[Place, Stored] = {}
    for subject, key, period, kind, origin, pk, value, unit, link, ended, recorded_at in stored.iterator():
        place = (subject, key, period.code, kind, origin)
        if place in portion:
            found[place] = Stored(pk, (value, unit, link), ended, recorded_at)
    return found


def _point_to_successors(ended: list[int]) -> None:
    """Facts that ended just now name the one that stands in their place."""
    if not ended:
        return
    successor = Fact.objects.filter(current_until__isnull=True, **{part: OuterRef(part) for part in PLACE})
    Fact.objects.filter(pk__in=ended).update(superseded_by=Subquery(successor.values("pk")[:1]))


def _meanwhile() -> Exception:
    return refuse(
        "facts.bulk",
        ("批量数据", "其他人正在记录同一批数据，本次没有写入", "请稍后再试一次"),
        (
            "bulk data",
            "somebody else is recording the same facts; nothing was written",
            "Try again in a while",
        ),
    )
