"""The text of a plan with its marks: which words became which line, unit or date.

Marks may overlap (a date inside the words of a target). The text is cut at every border, and each piece knows all
marks that cover it; the innermost gives its colour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Prefetch

from huanchuang.steering.models import Item, Plan, Responsibility, Review, Target, TargetKind

ORDER = ("figure", "outcome", "document", "date", "unit", "problem")


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

    level: str = ""
    anchor: str = ""
    lines: list[int] = field(default_factory=list)
    """Ids of the task lines whose heading stands here."""
    pieces: list[Piece] = field(default_factory=list)


def marked_text(
    plan: Plan, targets: Iterable[Target], chosen: tuple[int, int] | None = None
) -> list[Paragraph]:
    """The paragraphs of a plan with the marks of the lines given; the words of `chosen` are highlighted."""
    lines = list(targets)
    marks = sorted(_marks(plan, lines), key=lambda mark: mark.start)
    starts = [mark.start for mark in marks]
    longest = max((mark.end - mark.start for mark in marks), default=0)
    headings = {item.start: item for item in plan.items.all()}
    tasks: dict[int, list[int]] = {}
    for line in lines:
        if line.kind == TargetKind.TASK:
            tasks.setdefault(line.start, []).append(line.pk)
    paragraphs, place, seen = [], 0, set[int]()
    for text in plan.text.split("\n"):
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


def lines_of(plan: Plan, *, everything: bool) -> list[Target]:
    """The lines whose words are marked: those in force, or all that are not rejected while under review."""
    whole = plan.targets.select_related("item", "parent").prefetch_related(
        Prefetch("responsibilities", Responsibility.objects.select_related("organisation")), "deadlines"
    )
    return list(whole.exclude(review=Review.REJECTED) if everything else whole.filter(review=Review.ACCEPTED))


def _marks(plan: Plan, targets: Iterable[Target]) -> Iterable[Mark]:
    for target in targets:
        if target.kind != TargetKind.TASK:
            kind = _kind(target)
            yield Mark(target.start, target.end, kind, target.why, target.pk)
            yield from (
                Mark(place["start"], place["end"], kind, target.why, target.pk) for place in target.also
            )
        yield from (Mark(unit.start, unit.end, "unit", unit.why) for unit in target.responsibilities.all())
        yield from (Mark(date.start, date.end, "date", date.why) for date in target.deadlines.all())
    yield from (Mark(found["start"], found["end"], "problem", found["why"]) for found in plan.problems)


def _kind(target: Target) -> str:
    if target.kind == TargetKind.DOCUMENT:
        return "document"
    return "figure" if target.value is not None else "outcome"


def _heading(headings: dict[int, Item], tasks: dict[int, list[int]], start: int, end: int) -> Paragraph:
    for place in range(start, min(start + 8, end)):
        item = headings.get(place)
        if item is not None:
            return Paragraph(item.level, f"item-{item.code}", tasks.get(item.start, []))
    return Paragraph()


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
