"""Lists of a run by what can be done about it: who is eligible, who misses little, where a figure or two settles it."""

from __future__ import annotations

from collections.abc import Iterator

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.rules import Requirement
from huanchuang.policies.models import Run, Segment
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import NEAR, Card
from huanchuang.policies.queries.runs import Found, list_of

FEW = 2
"""Requirements that may be open where a figure or two settles it."""
TELLING = (Segment.YES, Segment.NEAR, Segment.FEW)
"""The lists whose organisations can be told: there is something for them to do."""


def segment_list(run: Run, one: Listed, segment: str) -> list[Found]:
    """The organisations of a part, the largest amount first, then the fewest open requirements.

    Those that nearly meet it are told by how the rules are written: at most so many. Whether the figures of one can really
    close what it misses is found out one by one (`Card.is_near`), as a push does before it tells anybody.
    """
    asked = one.policy.requirements_on(run.as_of)
    if segment == Segment.NEAR:
        closable = {requirement.text.text() for requirement in asked if _can_change(requirement)}
        return [
            row
            for row in list_of(run, one, "no")
            if len(row.failed) <= NEAR and closable.issuperset(row.failed)
        ]
    if segment == Segment.FEW:
        computed = {requirement.text.text() for requirement in asked if requirement.condition is not None}
        return [row for row in list_of(run, one, "unknown") if _is_few(row, computed)]
    return list_of(run, one, segment)


def _is_few(row: Found, computed: set[str]) -> bool:
    return len(row.unknown) <= FEW and computed.issuperset(row.unknown)


def segment_counts(run: Run, one: Listed) -> dict[str, int]:
    """How many organisations each part has."""
    known = run.counts[one.id]
    return {
        part: known[part] if part in known else len(segment_list(run, one, part)) for part in Segment.values
    }


def belongs(card: Card, segment: str) -> bool:
    """Whether an organisation, decided anew, still belongs to the part it was chosen from."""
    if segment == Segment.NEAR:
        return card.is_near
    if segment == Segment.FEW:
        open_ones = [one.requirement for one in card.decision.findings if one.outcome is None]
        few = len(open_ones) <= FEW and all(one.condition is not None for one in open_ones)
        return card.result == "unknown" and few
    return card.result == segment


def _can_change(requirement: Requirement) -> bool:
    """Whether figures can close it, or waiting does; what kind of unit one is and a day that is past do not change."""
    condition = requirement.condition
    return condition is not None and any(_gives_way(node) for node in _within(condition.node))


def _gives_way(node: ops.Node) -> bool:
    if not isinstance(node, ops.Compare):
        return False
    left, right = node.parts
    if left.type.kind != "date":
        return True
    later = left if node.sign.startswith(">") else right
    return any(isinstance(part, ops.Today) for part in _within(later))


def _within(node: ops.Node) -> Iterator[ops.Node]:
    yield node
    for part in node.parts:
        yield from _within(part)
