"""What a decision of a table leaves to be told of one subject: what is missing, and how far it is from a yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from huanchuang.engines.expression import Record
from huanchuang.engines.rules.distance import Gap, gaps_of
from huanchuang.engines.rules.policy import BoundPolicy
from huanchuang.engines.rules.settle import Wanted, wanted_of


@dataclass(frozen=True, slots=True)
class Details:
    """The same as `missing` and `distance` of a `Decision`."""

    missing: tuple[Wanted, ...] = ()
    distance: tuple[Gap, ...] = ()


def details_of(
    bound: BoundPolicy, record: Record, failed: Collection[int], unknown: Collection[int]
) -> Details:
    """The details from the numbers of the requirements that failed or are unknown; only those are computed again."""
    asked = [
        (requirement, None if condition is None else condition.evaluate(record))
        for index, (requirement, condition) in enumerate(
            zip(bound.requirements, bound.conditions, strict=True)
        )
        if index in (failed or unknown)
    ]
    if failed:
        return Details(distance=gaps_of(asked, record, bound))
    return Details(missing=wanted_of(asked, record.stale))
