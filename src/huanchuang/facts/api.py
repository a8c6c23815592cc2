"""Facts as JSON: the same queries as the pages, the same rights."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from huanchuang.accounts.views.calls import PAGE_SIZE, Paged, PageNumber, PageSize, caller, turned
from huanchuang.engines.kernel.problem import refuse
from huanchuang.facts.models import Fact
from huanchuang.facts.queries.access import reader_of
from huanchuang.facts.queries.choices import choices_among, rank_by, standing_choices
from huanchuang.facts.queries.freshness import freshness_of
from huanchuang.facts.queries.values import current
from huanchuang.orm import clock

router = Router(tags=["facts"])
EARLIEST, LATEST = 1900, 9000
"""Years that a moment may lie in; beyond them no calendar of a database can follow."""


class FactOut(Schema):
    """A current fact; `value` is exact decimal text in `unit`.

    Several sources may speak of one key and period: `counts` marks the one whose value counts, `origin` names the subject
    a fact came with when two entries were merged. `usable_until` is the last day on which the value is fresh, null for ever.
    """

    id: int
    key: str
    period: str
    value: str
    unit: str
    source_kind: str
    source_link: str
    origin: str
    counts: bool
    usable_until: dt.date | None
    note: str
    recorded_at: dt.datetime
    recorded_by: str


class FactsOut(Paged):
    """The facts of a subject that the reader may see, now or as known at a past moment; `hidden` counts the others."""

    subject: str
    known_at: dt.datetime | None
    hidden: int
    facts: list[FactOut]


@router.get("/", response=FactsOut, summary="一个对象的数据；known_at 给出当时已知的数据")
def facts(
    request: HttpRequest,
    subject: str,
    key: str = "",
    known_at: dt.datetime | None = None,
    page: PageNumber = 1,
    page_size: PageSize = PAGE_SIZE,
) -> dict[str, object]:
    """404 for a subject that does not exist or is not visible. A moment without time zone is in the district's."""
    user = caller(request, "facts.fact.view")
    reader = reader_of(user, subject)
    if reader is None:
        raise Http404
    moment = None if known_at is None else _moment(known_at)
    every = list(current(moment).filter(subject=subject, **({"key": key} if key else {})))
    rank = rank_by(choices_among(standing_choices(moment).filter(subject=subject)))
    shown = sorted(reader.readable(every), key=lambda fact: (fact.key, fact.period, rank(fact)))
    firsts = {(fact.key, fact.period.code): fact.pk for fact in reversed(shown)}

    def show(fact: Fact) -> FactOut:
        return _out(fact, counts=firsts[fact.key, fact.period.code] == fact.pk)

    return {
        **turned(request, shown, page, page_size, "facts", show),
        "subject": subject,
        "known_at": moment,
        "hidden": len(every) - len(shown),
    }


def _moment(given: dt.datetime) -> dt.datetime:
    if not EARLIEST <= given.year <= LATEST:
        raise refuse(
            "facts.known_at",
            ("known_at", f"{given.year}年没有数据", f"请给出{EARLIEST}年到{LATEST}年之间的时间"),
            ("known_at", f"there are no facts in the year {given.year}", f"Give a moment from {EARLIEST} to {LATEST}"),
        )  # fmt: skip
    return timezone.make_aware(given) if given.tzinfo is None else given


def _out(fact: Fact, counts: bool) -> FactOut:
    return FactOut(
        id=fact.pk,
        key=fact.key,
        period=fact.period.code,
        value=fact.value,
        unit=fact.unit,
        source_kind=fact.source_kind,
        source_link=fact.source_link,
        origin=fact.origin,
        counts=counts,
        usable_until=freshness_of(fact, clock.today()).until,
        note=fact.note,
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by_name,
    )
