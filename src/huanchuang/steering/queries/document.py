"""The text of a plan with its marks: which words became which line, unit or date.

A long text is shown a window at a time. Marks may overlap (a date inside the words of a target): the text is cut at
every border, and each piece knows all marks that cover it; the innermost gives its colour.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q, QuerySet

from huanchuang.steering.models import Deadline, Item, Plan, Responsibility, Review, Target, TargetKind

ORDER = ("figure", "outcome", "document", "date", "unit", "problem")
WINDOW = 12_000
"""Characters of the text on one page, up to the end of the paragraph; a text that is not much longer stays whole."""
LONGEST_CONTENTS = 300


@dataclass(frozen=True)
class Mark:
    """Some words of the text that were read as something."""

    start: int
    end: int
    kind: str
    """figure, outcome, document, unit, date or problem."""
    why: str = ""
    target: int | None = None


@dataclass(frozen=True)
class Piece:
    """Words between two borders."""

    text: str
    kind: str = ""
    why: str = ""
    target: int | None = None
    anchor: str = ""
    chosen: bool = False


@dataclass
class Paragraph:
    """A line of the text; a heading where the outline has a node there."""

    at: int
    """Where it begins in the text."""
    level: str = ""
    anchor: str = ""
    lines: list[int] = field(default_factory=list)
    """Ids of the task lines whose heading stands here."""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Window:
    """A part of the text: where it begins and ends, and where all parts begin."""

    start: int
    end: int
    number: int
    starts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many windows the text has."""
        return len(self.starts)

    @property
    def before(self) -> int | None:
        """Where the window before begins."""
        return self.starts[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Where the next window begins."""
        return self.starts[self.number] if self.number < len(self.starts) else None


def window_at(text: str, place: int) -> Window:
    """The window of a text that holds a place."""
    starts = [0]
    while len(text) - starts[-1] > WINDOW * 3 // 2:
        end = text.find("\n", starts[-1] + WINDOW)
        if end < 0:
            break
        starts.append(end + 1)
    number = max(1, bisect_right(starts, place))
    end = starts[number] if number < len(starts) else len(text)
    return Window(starts[number - 1], end, number, tuple(starts))


def marked_text(
    plan: Plan, window: Window, *, everything: bool, chosen: tuple[int, int] | None = None
) -> list[Paragraph]:
    """The paragraphs of a window with the marks of the lines in force, or of all that are not rejected; the words of
    `chosen` are highlighted."""
    lines = _lines(plan, window, everything=everything)
    marks = sorted(_marks(plan, window, lines, everything=everything), key=lambda mark: mark.start)
    starts = [mark.start for mark in marks]
    longest = max((mark.end - mark.start for mark in marks), default=0)
    headings = {item.start: item for item in plan.items.filter(start__gte=window.start, start__lt=window.end)}
    tasks: dict[int, list[int]] = {}
    for line in lines:
        if line.kind == TargetKind.TASK:
            tasks.setdefault(line.start, []).append(line.pk)
    paragraphs, place, seen = [], window.start, set[int]()
    for text in plan.text[window.start : window.end].split("\n"):
        end = place + len(text)
        near = [
            m for m in marks[bisect_left(starts, place - longest) : bisect_left(starts, end)] if m.end > place
        ]
        if text.strip():
            paragraph = _heading(headings, tasks, place, end)
            paragraph.pieces = _pieces(plan.text, place, end, near, chosen, seen)
            paragraphs.append(paragraph)
        place = end + 1
    return paragraphs


def contents(plan: Plan, window: Window) -> list[Item]:
    """The headings for the table of contents; of a long plan the sections, and those of the window in full."""
    headings = plan.items.exclude(level__in=("document", "item")).defer("why")
    if headings.count() <= LONGEST_CONTENTS:
        return list(headings)
    here = Q(start__gte=window.start, start__lt=window.end)
    found = list(headings.filter(Q(level="section") | here))
    if len(found) <= LONGEST_CONTENTS * 2:
        return found
    return list(headings.filter(here))


def _lines(plan: Plan, window: Window, *, everything: bool) -> list[Target]:
    """The lines with words in the window."""
    there = Q(start__lt=window.end, end__gt=window.start)
    shown = _shown(plan.targets.all(), everything=everything)
    fields = ("pk", "plan_id", "kind", "start", "end", "why", "value", "also")
    near = list(shown.filter(there).only(*fields))
    again = shown.exclude(there).exclude(also=[]).only(*fields)
    return [*near, *again]


def _shown(targets: QuerySet[Target], *, everything: bool) -> QuerySet[Target]:
    return targets.exclude(review=Review.REJECTED) if everything else targets.filter(review=Review.ACCEPTED)


def _marks(plan: Plan, window: Window, lines: Iterable[Target], *, everything: bool) -> Iterator[Mark]:
    for mark in _all_marks(plan, window, lines, everything=everything):
        if mark.start < window.end and mark.end > window.start:
            yield mark


def _all_marks(plan: Plan, window: Window, lines: Iterable[Target], *, everything: bool) -> Iterator[Mark]:
    for target in lines:
        if target.kind != TargetKind.TASK:
            kind = _kind(target)
            yield Mark(target.start, target.end, kind, target.why, target.pk)
            yield from (
                Mark(place["start"], place["end"], kind, target.why, target.pk) for place in target.also
            )
    shown = _shown(plan.targets.all(), everything=everything)
    for kind, rows in (("unit", Responsibility.objects.all()), ("date", Deadline.objects.all())):
        places = rows.filter(target__in=shown, start__lt=window.end, end__gt=window.start)
        for start, end, why in places.order_by("start").values_list("start", "end", "why").distinct():
            yield Mark(start, end, kind, why)
    yield from (Mark(found["start"], found["end"], "problem", found["why"]) for found in plan.problems)


def _kind(target: Target) -> str:
    if target.kind == TargetKind.DOCUMENT:
        return "document"
    return "figure" if target.value is not None else "outcome"


def _heading(headings: dict[int, Item], tasks: dict[int, list[int]], start: int, end: int) -> Paragraph:
    for place in range(start, min(start + 8, end)):
        item = headings.get(place)
        if item is not None:
            return Paragraph(start, item.level, f"item-{item.code}", tasks.get(item.start, []))
    return Paragraph(start)


def _pieces(
    text: str, start: int, end: int, marks: list[Mark], chosen: tuple[int, int] | None, seen: set[int]
) -> list[Piece]:
    borders = {start, end}
    for mark in marks:
        borders |= {max(start, mark.start), min(end, mark.end)}
    if chosen:
        borders |= {place for place in chosen if start < place < end}
    ordered = sorted(borders)
    return [_piece(text, a, b, marks, chosen, seen) for a, b in pairwise(ordered)]


def _piece(
    text: str, start: int, end: int, marks: list[Mark], chosen: tuple[int, int] | None, seen: set[int]
) -> Piece:
    covering = [mark for mark in marks if mark.start < end and mark.end > start]
    lit = chosen is not None and chosen[0] <= start and end <= chosen[1]
    if not covering:
        return Piece(text[start:end], chosen=lit)
    top = max(covering, key=lambda mark: (ORDER.index(mark.kind), mark.start))
    target = next((mark.target for mark in covering if mark.target), None)
    anchor = f"t{target}" if target and target not in seen else ""
    if target:
        seen.add(target)
    return Piece(text[start:end], top.kind, top.why, target, anchor, lit)
