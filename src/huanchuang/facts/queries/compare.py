"""What became known between two moments: which figures came, changed and went, and which choices were made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.access import Reader
from huanchuang.facts.queries.choices import TRUST
from huanchuang.facts.queries.table import Shown, display_unit, in_order, is_timeless, shown
from huanchuang.facts.queries.values import current

CAME, CHANGED, WENT = "came", "changed", "went"
Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Change:
    """What one source said of one figure at the earlier moment and at the later one."""

    fact: Fact
    """The newer of the two, which leads to the reasons."""
    name: str
    unit: str
    before: Shown | None
    after: Shown | None

    @property
    def is_timeless(self) -> bool:
        """Whether the figure has no periods."""
        return is_timeless(self.fact)

    @property
    def what(self) -> str:
        """`came`, `changed` or `went`."""
        if self.before is None:
            return CAME
        return WENT if self.after is None else CHANGED


@dataclass(frozen=True)
class Compared:
    """The changes in the order of the dictionary, choices newest first, and how many figures stayed as they were."""

    changes: Sequence[Change]
    choices: Sequence[SourceChoice]
    same: int
    hidden: int

    def count(self, what: str) -> int:
        """How many changes are of a sort."""
        return sum(change.what == what for change in self.changes)

    @property
    def came(self) -> int:
        return self.count(CAME)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def went(self) -> int:
        return self.count(WENT)


def compared(reader: Reader, one: dt.datetime, other: dt.datetime) -> Compared:
    """What the reader may see of the differences between two moments, with three questions to the database."""
    before, after = _known(reader, one), _known(reader, other)
    places = {**before[0], **after[0]}
    moved = [place for place in places if _content(before[0].get(place)) != _content(after[0].get(place))]
    made = SourceChoice.objects.filter(
        Q(chosen_at__gt=one, chosen_at__lte=other) | Q(ended_at__gt=one, ended_at__lte=other),
        subject=reader.subject,
    )
    return Compared(
        changes=[_change(before[0].get(place), after[0].get(place)) for place in _ordered(moved, places)],
        choices=[choice for choice in made if reader.reads_key(choice.key)],
        same=len(places) - len(moved),
        hidden=max(before[1], after[1]),
    )


def _known(reader: Reader, at: dt.datetime) -> tuple[dict[Place, Fact], int]:
    every = list(current(at).filter(subject=reader.subject))
    seen = reader.readable(every)
    return {_place(fact): fact for fact in seen}, len(every) - len(seen)


def _place(fact: Fact) -> Place:
    return (fact.key, fact.period.code, fact.source_kind, fact.origin)


def _content(fact: Fact | None) -> tuple[str, str] | None:
    return None if fact is None else (fact.value, fact.unit)


def _ordered(moved: Iterable[Place], places: dict[Place, Fact]) -> list[Place]:
    order = {key: number for number, key in enumerate(in_order({place[0] for place in places}))}
    return sorted(
        moved,
        key=lambda place: (order[place[0]], places[place].period, TRUST.index(place[2]), place[3]),
    )


def _change(before: Fact | None, after: Fact | None) -> Change:
    facts = [fact for fact in (before, after) if fact is not None]
    unit = display_unit(facts[0].unit, [fact.number for fact in facts if fact.number is not None])
    return Change(
        fact=facts[-1],
        name=dictionary.name(facts[0].key),
        unit=unit,
        before=shown(before, unit) if before else None,
        after=shown(after, unit) if after else None,
    )
