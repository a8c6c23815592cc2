"""Who answers for a place in the text and until when: the line's own sentence first, then its task, then upwards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from huanchuang.engines.reader import Reading
from huanchuang.engines.reader.values import Deadline, Responsibility

ENDS = "。！？\n"
SENTENCE_END = re.compile(f"[{ENDS}]")


@dataclass(frozen=True)
class ProposedUnit:
    """A unit as written, with its duty and the place of the words."""

    unit: str
    duty: str
    start: int
    end: int
    inferred: bool
    why: str


@dataclass(frozen=True)
class ProposedDate:
    """A phrase of time with its last day, None where it names none."""

    phrase: str
    due_on: dt.date | None
    recurring: str
    start: int
    end: int
    inferred: bool
    why: str


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds a span; a full stop belongs to it, a line break does not."""
    first = max(text.rfind(sign, 0, start) for sign in ENDS) + 1
    after = SENTENCE_END.search(text, max(start, end - 1))
    last = len(text) if after is None else after.start() + (after[0] != "\n")
    while first < start and text[first].isspace():
        first += 1
    return first, max(last, end)


class Clauses:
    """The responsibilities and deadlines of a reading, asked by place."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.text = text
        self._parent = {node.id: node.parent for node in reading.outline}
        self._level = {node.id: node.level for node in reading.outline}
        self._units = _by_task(reading.responsibilities)
        self._dates = _by_task(reading.deadlines)

    def upwards(self, code: str) -> Iterator[str]:
        """A node and those above it, from the inside out; the document itself does not count."""
        current: str | None = code
        while current is not None and self._level.get(current, "document") != "document":
            yield current
            current = self._parent.get(current)

    def units_of_task(self, code: str) -> tuple[ProposedUnit, ...]:
        """The units of a task: its own and those of its items, else those of the clauses above it."""
        own = [r for node in self._with_items(code) for r in self._units.get(node, [])]
        return _units(own, inferred=False) or self._inherited_units(code)

    def units_at(self, code: str, start: int) -> tuple[ProposedUnit, ...]:
        """The units of a place: of its own node, else of its task, else inherited. A bracket speaks for what precedes it."""
        own = self._units.get(code, [])
        if own:
            following = next((r for r in own if r.end >= start), own[-1])
            return _units([following], inferred=False)
        task = [r for node in self._family(code) for r in self._units.get(node, [])]
        return _units(task, inferred=True) or self._inherited_units(code)

    def dates_of_task(self, code: str) -> tuple[ProposedDate, ...]:
        """The dates of a task and of its items."""
        return tuple(_date(d) for node in self._with_items(code) for d in self._dates.get(node, []))

    def dates_at(self, code: str, start: int, resolved: str | None) -> tuple[ProposedDate, ...]:
        """The dates of a place: the one the reader bound to it, else those of its sentence, else of its task."""
        family = [d for node in self._family(code) for d in self._dates.get(node, [])]
        bound = [d for d in family if resolved and d.resolved == resolved] or self._elsewhere(resolved)
        if bound:
            nearest = min(bound, key=lambda d: _distance(d, start))
            return (_date(nearest, inferred=not self._together(nearest.start, start)),)
        near = [d for d in family if self._together(d.start, start)]
        if near:
            return (_date(min(near, key=lambda d: _distance(d, start))),)
        return tuple(_date(d, inferred=True) for d in family)[-1:]

    def name_without_time(self, name: str, place: int) -> str:
        """A name as the reader took it from before `place`, less what belongs to a phrase of time at its ends:
        年底前新增机构 beside 2026年底前 is 新增机构."""
        first = self.text.rfind(name, 0, place + len(name)) if name else -1
        if first < 0:
            return name
        last = first + len(name)
        for phrase in (phrase for phrases in self._dates.values() for phrase in phrases):
            if phrase.start <= first < phrase.end:
                first = phrase.end
            elif phrase.start < last <= phrase.end:
                last = phrase.start
        return self.text[first:last].strip("，、的") or name

    def _elsewhere(self, resolved: str | None) -> list[Deadline]:
        return [d for dates in self._dates.values() for d in dates if resolved and d.resolved == resolved]

    def _inherited_units(self, code: str) -> tuple[ProposedUnit, ...]:
        above = (self._units.get(node, []) for node in list(self.upwards(code))[1:])
        return next((_units(own, inferred=True) for own in above if own), ())

    def _family(self, code: str) -> list[str]:
        """The node, and for an item its task with all items: a bracket at the end of a paragraph speaks for all."""
        home = code
        while self._level.get(home) == "item" and self._parent.get(home):
            home = self._parent[home] or home
        return self._with_items(home)

    def _with_items(self, code: str) -> list[str]:
        inner = [
            node for node, parent in self._parent.items() if parent == code and self._level[node] == "item"
        ]
        return [code, *(deeper for node in inner for deeper in self._with_items(node))]

    def _together(self, place: int, other: int) -> bool:
        """Whether two places stand in one sentence."""
        first, last = sorted((place, other))
        return SENTENCE_END.search(self.text, first, last) is None


Found = TypeVar("Found", Responsibility, Deadline)


def _by_task(found: Iterable[Found]) -> dict[str, list[Found]]:
    grouped: dict[str, list[Found]] = {}
    for one in found:
        grouped.setdefault(one.task_id, []).append(one)
    return grouped


def _units(found: Iterable[Responsibility], *, inferred: bool) -> tuple[ProposedUnit, ...]:
    """Each unit once; one that leads anywhere leads."""
    units: dict[str, ProposedUnit] = {}
    for one in found:
        for unit in one.units:
            duty = "lead" if unit in one.lead else "co"
            if unit not in units or (duty == "lead" and units[unit].duty == "co"):
                units[unit] = ProposedUnit(unit, duty, one.start, one.end, inferred or one.inferred, one.why)
    return tuple(sorted(units.values(), key=lambda unit: unit.duty != "lead"))


def _distance(found: Deadline, place: int) -> tuple[bool, int]:
    """A phrase before the place comes first, the nearer the better."""
    return found.start > place, abs(found.start - place)


def _date(found: Deadline, *, inferred: bool = False) -> ProposedDate:
    due = dt.date.fromisoformat(found.resolved) if found.resolved else None
    return ProposedDate(
        found.text, due, found.recurring or "", found.start, found.end, inferred or found.inferred, found.why
    )
