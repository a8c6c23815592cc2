"""The values of very many subjects at once, one for each place, as policies and statistics take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries.choices import choices_among, rank_by, standing_choices
from huanchuang.facts.queries.values import current

AT_ONCE = 1000
Row = TypeVar("Row", Fact, SourceChoice)


class Known(NamedTuple):
    """The value that counts for a place; `pk` leads to its reasons."""

    subject: str
    key: str
    period: Period
    value: str
    number: Decimal | None
    unit: str
    source_kind: str
    origin: str
    recorded_at: dt.datetime
    pk: int


def known_values(
    subjects: Collection[str],
    keys: Collection[str] = (),
    periods: Collection[Period] = (),
    known_at: dt.datetime | None = None,
) -> Iterator[Known]:
    """What counts for each place of these subjects, in the order of the subjects given; no keys or periods mean all.

    Chosen sources and trust as in `value`; two questions to the database at most for a thousand subjects.
    """
    given = list(subjects)
    for start in range(0, len(given), AT_ONCE):
        part = given[start : start + AT_ONCE]
        best: dict[tuple[str, str, str], Known] = {}
        rivals: dict[tuple[str, str, str], list[Known]] = {}
        facts: QuerySet[Fact] = _narrowed(current(known_at), part, keys, periods)
        for row in facts.order_by("subject", "key", "period").values_list(*Known._fields).iterator():
            one = Known(*row)
            place = (one.subject, one.key, one.period.code)
            if place in best:
                rivals.setdefault(place, [best[place]]).append(one)
            else:
                best[place] = one
        if rivals:
            rank = rank_by(choices_among(_narrowed(standing_choices(known_at), part, keys, periods)))
            best |= {place: min(several, key=rank) for place, several in rivals.items()}
        order = {subject: place for place, subject in enumerate(part)}
        yield from sorted(best.values(), key=lambda one: order[one.subject])


def _narrowed(
    rows: QuerySet[Row], subjects: Collection[str], keys: Collection[str], periods: Collection[Period]
) -> QuerySet[Row]:
    found = rows.filter(subject__in=subjects)
    if keys:
        found = found.filter(key__in=list(keys))
    return found.filter(period__in=list(periods)) if periods else found
