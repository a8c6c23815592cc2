"""Move the lines of a ledger from one version of the plan to the next, so that everything that hangs on them stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from huanchuang.steering.models import Deadline, DeskDeed, Item, Plan, Responsibility, Review, Target
from huanchuang.steering.queries.comparison import Clause, Pair
from huanchuang.steering.queries.rebase import Rebase
from huanchuang.steering.queries.shapes import find

TAKEN = (
    "kind", "name", "quote", "start", "end", "also", "why", "doubt", "value", "value_max", "unit", "comparator", "due_on", "recurring", "corrected",
)  # fmt: skip
MOVED = (*TAKEN, "plan", "item", "parent", "code", "review", "baseline", "version")
BATCH = 200
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
    Target.objects.bulk_update(done.arrived, ["parent"], batch_size=BATCH)


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
    _write(
        Target,
        ("plan_id", "item_id", "parent_id", "start", "end", "code", "review", "version", "updated_at"),
        rows,
    )
    for line, _pair in done.kept:
        if line.also:
            found = ((places.of(place["start"], place["end"]), place) for place in line.also)
            also = [{**place, "start": at[0], "end": at[1]} for at, place in found if at]
            Target.objects.filter(pk=line.pk).update(also=also)
    for model in (Responsibility, Deadline):
        there = model._default_manager.filter(target__in=spans).values_list("pk", "target_id", "start", "end")
        _write(
            model,
            ("start", "end"),
            [(*(places.of(start, end) or spans[line]), pk) for pk, line, start, end in there],
        )


def _span(line: Target, item: Item, places: _Places) -> Span:
    if line.kind == "task":
        return item.start, item.end
    return places.of(line.start, line.end) or (item.start, item.end)


def _update(plan: Plan, done: Rebase) -> None:
    """Lines that take the values of the new version, and its units and dates; a unit that stays keeps its people."""
    for old, new in done.updated:
        for name in TAKEN:
            setattr(old, name, getattr(new, name))
        old.plan, old.item_id, old.code, old.review = plan, new.item_id, f"kept-{old.pk}", Review.ACCEPTED
        old.baseline = new.baseline if new.baseline is not None else old.baseline
        old.version += 1
    Target.objects.bulk_update([old for old, _new in done.updated], MOVED, batch_size=BATCH)
    for old, new in done.updated:
        wanted = {(row.unit, row.duty): row for row in new.responsibilities.all()}
        for row in old.responsibilities.all():
            same = wanted.pop((row.unit, row.duty), None)
            if same is None:
                row.delete()
            else:
                row.start, row.end, row.order, row.inferred = same.start, same.end, same.order, same.inferred
                row.save()
        Responsibility.objects.filter(pk__in=[row.pk for row in wanted.values()]).update(target=old)
        old.deadlines.all().delete()
        Deadline.objects.filter(target=new).update(target=old)


def _in_order(plan: Plan) -> None:
    found = plan.targets.values_list("start", "kind", "pk")
    ordered = sorted(found, key=lambda row: (row[0], row[1] != "task", row[2]))
    _write(Target, ("position",), [(position, pk) for position, (_start, _kind, pk) in enumerate(ordered)])


def _write(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set columns of many rows, each to its own values, in one call; the key of the row stands last."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    # only names of our own tables and columns are put together here, values are parameters
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote('id')} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def _end(clause: Clause) -> int:
    return clause.start + len(clause.text)
