"""From rows to what the light of a line depends on: the line's own columns and what it is measured against.

Besides the lines themselves three questions are asked, however many lines there are; none for what no line needs.
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
from huanchuang.steering.models import Basis, Member, Node, Target
from huanchuang.steering.queries.light import Light, Rules, light
from huanchuang.steering.queries.typed import Known, Standing, Waypoint

COLUMNS = (
    "pk", "plan_id", "position", "state", "due_on", "recurring", "percent", "reported_on",
    "value", "comparator", "reached", "baseline", "unit", "kind", "plan__issued_on",
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
    )


def standing_of(target: Target, as_of: dt.date) -> Standing:
    """What the light of one line depends on. The plan must be at hand (select_related)."""
    values = {name: getattr(target, name) for name in COLUMNS[:-1]}
    return standing(
        values | {"plan__issued_on": target.plan.issued_on},
        measures(Target.objects.filter(pk=target.pk), as_of),
    )


def light_of(target: Target, as_of: dt.date) -> Light:
    """The light of one line, with its trace."""
    return light(standing_of(target, as_of), as_of, work_calendar(), light_rules())


def lit(targets: QuerySet[Target], as_of: dt.date, **more: Any) -> Iterator[tuple[dict[str, Any], Light]]:
    """The columns of each line with its light, without trace; `more` are further columns."""
    calendar, rules, known = work_calendar(), light_rules(), measures(targets, as_of)
    slim: Iterable[dict[str, Any]] = targets.order_by().values(*COLUMNS, **more)
    for values in slim:
        yield values, light(standing(values, known), as_of, calendar, rules, explain=False)
