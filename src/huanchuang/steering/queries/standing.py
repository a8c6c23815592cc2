"""From rows to what the light of a line depends on: the line's own columns and what it is measured against.

Besides the lines themselves four questions are asked, however many lines there are: for their parts, and for what lines
and parts are measured against.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from huanchuang.packs.ledgers import ledger_rules
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.steering.models import Basis, Member, Node, Review, State, Target
from huanchuang.steering.queries.light import Light, Rules, done_of, light, light_by_parts
from huanchuang.steering.queries.rollup import Piece, Rolled, roll_up
from huanchuang.steering.queries.typed import Known, Standing, Waypoint

COLUMNS = (
    "pk", "plan_id", "position", "state", "due_on", "recurring", "percent", "reported_on",
    "value", "comparator", "reached", "baseline", "unit", "kind", "parts_missing", "plan__issued_on",
)  # fmt: skip


@dataclass(frozen=True)
class Measures:
    """What lines are measured against, by line."""

    bases: Mapping[int, Sequence[Known]] = field(default_factory=dict)
    listed: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Line → members of its list, and how many of them are covered."""
    nodes: Mapping[int, Sequence[Waypoint]] = field(default_factory=dict)


@cache
def light_rules() -> Rules:
    """The numbers of the definition in use."""
    return Rules.of(ledger_rules().light)


def measures(targets: QuerySet[Target], as_of: dt.date) -> Measures:
    """Baselines and references, lists and nodes of these lines."""
    lines = targets.order_by()
    bases: dict[int, list[Known]] = defaultdict(list)
    for basis in Basis.objects.filter(target__in=lines).order_by("-as_of", "-id"):
        bases[basis.target_id].append(Known(basis.as_of, basis.value, basis.unit))
    nodes: dict[int, list[Waypoint]] = defaultdict(list)
    for node in Node.objects.filter(target__in=lines).order_by("due_on"):
        nodes[node.target_id].append(waypoint(node))
    covered = Count("pk", filter=Q(covered_on__lte=as_of))
    lists = Member.objects.filter(target__in=lines).order_by().values("target")
    counted = lists.annotate(all=Count("pk"), covered=covered)
    return Measures(bases, {row["target"]: (row["all"], row["covered"]) for row in counted}, nodes)


def waypoint(node: Node) -> Waypoint:
    """A node as the light looks at it."""
    return Waypoint(node.due_on, node.text, node.value, node.percent, node.done_on is not None)


def standing(values: Mapping[str, Any], known: Measures) -> Standing:
    """What the light of a line depends on, from its columns."""
    key = values["pk"]
    listed, covered = known.listed.get(key, (None, 0))
    return Standing(
        state=values["state"],
        due=values["due_on"],
        started=values["plan__issued_on"],
        recurring=values["recurring"],
        percent=values["percent"],
        reported_on=values["reported_on"],
        value=values["value"],
        comparator=values["comparator"],
        reached=values["reached"],
        baseline=values["baseline"],
        unit=values["unit"],
        kind=values["kind"],
        bases=known.bases.get(key, ()),
        listed=listed,
        covered=covered,
        nodes=known.nodes.get(key, ()),
        parts_missing=values["parts_missing"],
    )


def standing_of(target: Target, as_of: dt.date) -> Standing:
    """What the light of one line depends on, its parts apart. The plan must be at hand (select_related)."""
    values = {name: getattr(target, name) for name in COLUMNS[:-1]}
    return standing(
        values | {"plan__issued_on": target.plan.issued_on},
        measures(Target.objects.filter(pk=target.pk), as_of),
    )


@dataclass(frozen=True)
class Lit:
    """A line as lists need it: its columns, its light, and how far it is by its parts."""

    values: dict[str, Any]
    light: Light
    rolled: Rolled | None


def lit_of(target: Target, as_of: dt.date) -> Lit:
    """One line with its light and its trace."""
    return next(lit(Target.objects.filter(pk=target.pk), as_of, explain=True))


def light_of(target: Target, as_of: dt.date) -> Light:
    """The light of one line, with its trace."""
    return lit_of(target, as_of).light


def lit(targets: QuerySet[Target], as_of: dt.date, *, explain: bool = False, **more: Any) -> Iterator[Lit]:
    """Each line with its light; `more` are further columns."""
    calendar, rules = work_calendar(), light_rules()
    lines = targets.order_by()
    parts = Target.objects.filter(parent__in=lines, review=Review.ACCEPTED).exclude(state=State.ENDED)
    known = measures(
        Target.objects.filter(Q(pk__in=lines.values("pk")) | Q(pk__in=parts.values("pk"))), as_of
    )
    pieces: dict[int, list[Piece]] = defaultdict(list)
    rows: Iterable[dict[str, Any]] = parts.order_by().values(*COLUMNS, "parent_id", "weight")
    for row in rows:
        pieces[row["parent_id"]].append(Piece(row["weight"], done_of(standing(row, known), as_of, rules)))
    slim: Iterable[dict[str, Any]] = lines.values(*COLUMNS, **more)
    for values in slim:
        one, rolled = standing(values, known), roll_up(pieces[values["pk"]])
        if rolled is None:
            yield Lit(values, light(one, as_of, calendar, rules, explain=explain), None)
        else:
            lamp = light_by_parts(one, rolled, as_of, calendar, rules, explain=explain)
            yield Lit(values, lamp, rolled)
