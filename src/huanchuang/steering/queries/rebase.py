"""What a corrected version does to the ledger: which lines stay, change, come and go. Computed before anything is written.

- In a clause whose words are the same every line stays as it is, with all that people corrected, split, merged or added;
  only units and dates that it inherits from a changed clause follow the new version.
- In a changed clause a line is found again by what it is called, else by its figure's unit, else by its likeness; it
  takes the values of the new version, unless people set it right and its own words are the same. What is not found again ends; what is there for the first time is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from huanchuang.steering.models import (
    Fate,
    FormerLine,
    Plan,
    Responsibility,
    Review,
    Revision,
    Target,
    TargetKind,
)
from huanchuang.steering.queries.comparison import ALIKE, Clause, Pair, compare, likeness
from huanchuang.steering.queries.words import goal, recurrence

_FOOT = re.compile(
    r"\n(?P<who>[^\n。；]{2,40})\n[ 　]*(?:\d{4}|[〇○零一二九]{4})年[^\n。]{2,12}日.{0,400}\Z", re.DOTALL
)
UNTOUCHED = (Fate.SAME, Fate.MOVED)
COMPARED = (
    "plan_id", "item_id", "parent_id", "kind", "name", "quote", "start", "end", "review", "corrected", "adjusted", "position",
    "value", "value_max", "unit", "comparator", "due_on", "recurring",
)  # fmt: skip
VALUES = ("value", "value_max", "unit", "comparator", "due_on", "recurring")


@dataclass
class Rebase:
    """What happens to the lines of both versions."""

    pairs: list[Pair]
    kept: list[tuple[Target, Pair]] = field(default_factory=list)
    """Lines of the version before that stay as they are, in an unchanged clause."""
    updated: list[tuple[Target, Target]] = field(default_factory=list)
    """A line and the one of the new version whose values it takes."""
    dropped: list[Target] = field(default_factory=list)
    """Lines of the new version that only repeat what stays."""
    arrived: list[Target] = field(default_factory=list)
    gone: list[Target] = field(default_factory=list)
    stands_for: dict[int, Target] = field(default_factory=dict)
    """Id of a line of the new version → the line of the version before in its place."""
    duties: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Id of a line → its units with their duties, in order."""
    paths: dict[int, str] = field(default_factory=dict)
    """Id of a clause → its number, as one would cite it."""

    @property
    def changed(self) -> list[tuple[Target, Target]]:
        """Lines that are another promise now: another figure, time, unit or name."""
        return [(old, new) for old, new in self.updated if self.differs(old, new)]

    def differs(self, old: Target, new: Target) -> bool:
        """Whether two versions of a line promise something else."""
        return (
            old.name != new.name
            or any(getattr(old, name) != getattr(new, name) for name in VALUES)
            or sorted(self.duties.get(old.pk, [])) != sorted(self.duties.get(new.pk, []))
        )

    def snapshot(self, line: Target) -> dict[str, object]:
        """A line as it stands, in words."""
        return snapshot(line, self.duties.get(line.pk, []), self.paths.get(line.item_id, ""))


def clauses_of(plan: Plan) -> list[Clause]:
    """The clauses of a plan with their own words; what stands before the first one is a clause too."""
    items = list(plan.items.order_by("position").defer("why"))
    below = [item for item in items if item.level != "document"]
    starts = [item.start for item in below]
    first = starts[0] if starts else len(plan.text)
    root = next(item for item in items if item.level == "document")
    clauses = [Clause(root.code, "", root.heading, plan.text[:first].strip(), 0, first)]
    for item, end in zip(below, [*starts[1:], len(plan.text)], strict=False):
        text = plan.text[item.start : end].rstrip()
        clauses.append(Clause(item.code, item.path, item.heading, text, item.start, end))
    return _without_foot(clauses)


def _without_foot(clauses: list[Clause]) -> list[Clause]:
    """Who signed and when is a clause of its own and no part of the last one."""
    last = clauses[-1]
    foot = _FOOT.search(last.text)
    if foot is None:
        return clauses
    at = last.start + foot.start()
    return [
        *clauses[:-1],
        replace(last, text=last.text[: foot.start()].rstrip(), end=at),
        Clause("foot", "", foot["who"], foot[0].strip(), at, last.end),
    ]


def comparison_of(revision: Revision) -> list[Pair]:
    """Both versions, clause by clause."""
    return compare(clauses_of(revision.of), clauses_of(revision.plan))


def rebase_of(revision: Revision, *, whole: bool = False) -> Rebase:
    """What the new version does to the lines in force, while it is under review. `whole`: the lines with all their
    fields, for whoever writes them; else with what is compared and shown only."""
    result = Rebase(comparison_of(revision))
    before = _lines(result, revision.of, [Review.ACCEPTED], whole)
    after = _lines(result, revision.plan, [Review.ACCEPTED, Review.PROPOSED], whole)
    for pair in result.pairs:
        old = before.pop(pair.old.code, []) if pair.old else []
        new = after.pop(pair.new.code, []) if pair.new else []
        if pair.fate in UNTOUCHED:
            _stay(result, pair, old, new)
        else:
            _follow(result, pair, old, new)
    return result


def snapshot(line: Target, duties: Sequence[tuple[str, str]], path: str) -> dict[str, object]:
    """A line as it stands, in words, for whoever asks later."""
    return {
        "name": line.name,
        "quote": line.quote,
        "goal": goal(line.value, line.value_max, line.comparator, line.unit),
        "due": line.due_on.isoformat() if line.due_on else recurrence(line.recurring),
        "lead": "、".join(unit for unit, duty in duties if duty == "lead"),
        "co": "、".join(unit for unit, duty in duties if duty != "lead"),
        "path": path,
        "start": line.start,
        "end": line.end,
    }


def snapshot_now(line: Target) -> dict[str, object]:
    """A line of the ledger as it stands now."""
    duties = [(duty.unit, duty.duty) for duty in line.responsibilities.all()]
    return snapshot(line, duties, line.item.path)


def former_lines(revision: Revision) -> list[FormerLine]:
    """Lines that a revision in force changed or ended, as they stood before."""
    rows = revision.former_lines.filter(fate__in=(Fate.CHANGED, Fate.GONE))
    return list(rows.select_related("target__item").prefetch_related("target__responsibilities"))


def _lines(result: Rebase, plan: Plan, reviews: Sequence[Review], whole: bool) -> dict[str, list[Target]]:
    """The lines of a plan by their clause; their units and the numbers of the clauses are noted."""
    lines = plan.targets.filter(review__in=reviews)
    units = Responsibility.objects.filter(target__in=lines).order_by("order", "pk")
    for pk, unit, duty in units.values_list("target_id", "unit", "duty"):
        result.duties.setdefault(pk, []).append((unit, duty))
    codes = {}
    for pk, code, path in plan.items.values_list("pk", "code", "path"):
        codes[pk], result.paths[pk] = code, path
    found: dict[str, list[Target]] = {}
    for line in (lines if whole else lines.only(*COMPARED)).order_by("position"):
        found.setdefault(codes[line.item_id], []).append(line)
    return found


def _stay(result: Rebase, pair: Pair, old: list[Target], new: list[Target]) -> None:
    """An unchanged clause: the lines stay; one that nobody touched takes inherited units and dates that are others now."""
    for line in old:
        again = next((one for one in new if (one.kind, one.name) == (line.kind, line.name)), None)
        if again is not None:
            new.remove(again)
            result.stands_for[again.pk] = line
        if again is not None and not line.corrected and not line.adjusted and result.differs(line, again):
            result.updated.append((line, again))
            continue
        result.kept.append((line, pair))
        result.dropped += [again] if again is not None else []
    result.dropped += new
    task = next((line for line in old if line.kind == TargetKind.TASK), None)
    result.stands_for |= {one.pk: task for one in new if task is not None and one.kind == TargetKind.TASK}


def _follow(result: Rebase, pair: Pair, old: list[Target], new: list[Target]) -> None:
    """A changed, new or lost clause."""
    for match in (_same_name, _only_task, _same_unit, _alike):
        for line in list(old):
            again = match(line, old, new)
            if again is not None:
                old.remove(line)
                new.remove(again)
                result.stands_for[again.pk] = line
                if _keeps_own(line, again):
                    result.kept.append((line, pair))
                    result.dropped.append(again)
                else:
                    result.updated.append((line, again))
    result.gone += old
    result.arrived += new


def _keeps_own(line: Target, again: Target) -> bool:
    """What people corrected or adjusted stays where the words it rests on are the same."""
    return bool(line.corrected or line.adjusted) and line.quote == again.quote and not again.corrected


def _same_name(line: Target, _old: Iterable[Target], new: Iterable[Target]) -> Target | None:
    return next((one for one in new if (one.kind, one.name) == (line.kind, line.name)), None)


def _only_task(line: Target, _old: Iterable[Target], new: Iterable[Target]) -> Target | None:
    return next((one for one in new if one.kind == line.kind == TargetKind.TASK), None)


def _same_unit(line: Target, old: Iterable[Target], new: Iterable[Target]) -> Target | None:
    """The only figures left of one kind and unit."""
    if line.value is None:
        return None
    key = (line.kind, line.unit)
    left = [one for one in old if (one.kind, one.unit) == key]
    found = [one for one in new if (one.kind, one.unit) == key]
    return found[0] if len(left) == len(found) == 1 else None


def _alike(line: Target, _old: Iterable[Target], new: Iterable[Target]) -> Target | None:
    scored = [(likeness(line.name, one.name), one) for one in new if one.kind == line.kind]
    score, best = max(scored, key=lambda row: row[0], default=(0.0, None))
    return best if score >= ALIKE else None
