"""Move the lines of a ledger from one version of the plan to the next, so that everything that hangs on them stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from huanchuang.steering.models import Deadline, DeskDeed, Item, Plan, Responsibility, Review, Target
from huanchuang.steering.queries.comparison import Clause, Pair
from huanchuang.steering.queries.rebase import Rebase
from huanchuang.steering.queries.shapes import find
from huanchuang.steering.services.columns import set_columns, set_fields

TAKEN = (
    "kind", "name", "quote", "start", "end", "also", "why", "doubt", "value", "value_max", "unit", "comparator", "due_on", "recurring", "corrected",
)  # fmt: skip
MOVED = (*TAKEN, "plan_id", "item_id", "parent_id", "code", "review", "baseline", "version", "updated_at")
Span = tuple[int, int]


class _Places:
    """Where a place of the version before stands in the new one."""

    def __init__(self, pairs: Iterable[Pair], before: str, after: str) -> None:
        self.before, self.after = before, after
        clauses = ((pair.old, pair.new) for pair in pairs if pair.old and pair.new)
        self.pairs = sorted(clauses, key=lambda pair: pair[0].start)
        self.starts = [old.start for old, _new in self.pairs]

    def of(self, start: int, end: int) -> Span | None:
        """The place of words, None where the new version does not have them in that clause."""
        index = bisect_right(self.starts, start) - 1
        if index < 0 or start >= self.pairs[index][0].end:
            return None
        old, new = self.pairs[index]
        words = self.before[start:end]
        for shift in (new.start - old.start, _end(new) - _end(old)):  # a number may have grown by a sign
            if self.after[start + shift : end + shift] == words:
                return start + shift, end + shift
        return find(self.after, words, new.start, new.end)


def move(plan: Plan, of: Plan, done: Rebase) -> None:
    """Write what `rebase_of` found; the caller is inside the transaction and holds both plans."""
    places = _Places(done.pairs, of.text, plan.text)
    _hang(done)
    _keep(plan, done, places)
    _update(plan, done)
    ids = [new.pk for _old, new in done.updated] + [line.pk for line in done.dropped]
    for rows in (Responsibility.objects, Deadline.objects, DeskDeed.objects):
        rows.filter(target__in=ids).delete()
    Target.objects.filter(pk__in=ids).delete()
    Target.objects.filter(pk__in=[line.pk for line in done.arrived]).update(review=Review.ACCEPTED)
    _in_order(plan)


def _hang(done: Rebase) -> None:
    """Lines hang below the line that stands for the one above them in the new version; new ones below those that stay."""
    staying = {line.pk for line, _pair in done.kept} | {old.pk for old, _new in done.updated}
    arrived = {line.pk: line for line in done.arrived}
    for line, _pair in done.kept:
        if line.parent_id not in staying:
            line.parent = None
    for old, new in done.updated:
        old.parent = done.stands_for.get(new.parent_id or 0) or arrived.get(new.parent_id or 0)
    for line in done.arrived:
        line.parent = done.stands_for.get(line.parent_id or 0) or arrived.get(line.parent_id or 0)
    set_fields(done.arrived, ("parent_id",))


def _keep(plan: Plan, done: Rebase, places: _Places) -> None:
    """The same words in another place: of the lines, their other places, units and dates."""
    items = {item.code: item for item in plan.items.defer("why")}
    spans: dict[int, Span] = {}
    rows, now = [], timezone.now()
    for line, pair in done.kept:
        item = items[pair.new.code] if pair.new else line.item
        spans[line.pk] = start, end = _span(line, item, places)
        values = (
            plan.pk,
            item.pk,
            line.parent_id,
            start,
            end,
            f"kept-{line.pk}",
            Review.ACCEPTED.value,
            line.version + 1,
            now,
        )
        rows.append((*values, line.pk))
    set_columns(
        Target,
        ("plan_id", "item_id", "parent_id", "start", "end", "code", "review", "version", "updated_at"),
        rows,
    )
    set_columns(Target, ("also",), [(_also(line, places), line.pk) for line, _pair in done.kept if line.also])
    for model in (Responsibility, Deadline):
        there = model._default_manager.filter(target__in=spans).values_list("pk", "target_id", "start", "end")
        set_columns(
            model,
            ("start", "end"),
            [(*(places.of(start, end) or spans[line]), pk) for pk, line, start, end in there],
        )


def _also(line: Target, places: _Places) -> list[dict[str, Any]]:
    """The other places that state the same target, where the new version has them."""
    found = ((places.of(place["start"], place["end"]), place) for place in line.also)
    return [{**place, "start": at[0], "end": at[1]} for at, place in found if at]


def _span(line: Target, item: Item, places: _Places) -> Span:
    if line.kind == "task":
        return item.start, item.end
    return places.of(line.start, line.end) or (item.start, item.end)


def _update(plan: Plan, done: Rebase) -> None:
    """Lines that take the values of the new version, and its units and dates; a unit that stays keeps its people."""
    now = timezone.now()
    for old, new in done.updated:
        for name in TAKEN:
            setattr(old, name, getattr(new, name))
        old.plan, old.item_id, old.code, old.review = plan, new.item_id, f"kept-{old.pk}", Review.ACCEPTED
        old.baseline = new.baseline if new.baseline is not None else old.baseline
        old.version, old.updated_at = old.version + 1, now
    set_fields([old for old, _new in done.updated], MOVED)
    _take_units(done)
    Deadline.objects.filter(target__in=[old.pk for old, _new in done.updated]).delete()
    line_of = {new.pk: old.pk for old, new in done.updated}
    dates = Deadline.objects.filter(target__in=line_of).values_list("pk", "target_id")
    set_columns(Deadline, ("target_id",), [(line_of[line], pk) for pk, line in dates])


def _take_units(done: Rebase) -> None:
    """The units of the new version; one that the line has already stays, with the people named beside it."""
    held = _units([old.pk for old, _new in done.updated])
    wanted = _units([new.pk for _old, new in done.updated])
    gone: list[int] = []
    stay: list[tuple[Any, ...]] = []
    come: list[tuple[Any, ...]] = []
    for old, new in done.updated:
        left = {(row.unit, row.duty): row for row in wanted.get(new.pk, ())}
        for row in held.get(old.pk, ()):
            same = left.pop((row.unit, row.duty), None)
            if same is None:
                gone.append(row.pk)
            else:
                stay.append((same.start, same.end, same.order, same.inferred, row.pk))
        come += [(old.pk, row.pk) for row in left.values()]
    Responsibility.objects.filter(pk__in=gone).delete()
    set_columns(Responsibility, ("start", "end", "order", "inferred"), stay)
    set_columns(Responsibility, ("target_id",), come)


def _units(lines: Sequence[int]) -> dict[int, list[Responsibility]]:
    found: dict[int, list[Responsibility]] = {}
    for row in Responsibility.objects.filter(target__in=lines).defer("why"):
        found.setdefault(row.target_id, []).append(row)
    return found


def _in_order(plan: Plan) -> None:
    found = plan.targets.values_list("start", "kind", "pk")
    ordered = sorted(found, key=lambda row: (row[0], row[1] != "task", row[2]))
    set_columns(
        Target, ("position",), [(position, pk) for position, (_start, _kind, pk) in enumerate(ordered)]
    )


def _end(clause: Clause) -> int:
    return clause.start + len(clause.text)
