"""Facts as JSON: the same queries as the pages, the same rights."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.facts.models import Fact
from huanchuang.facts.queries.access import reader_of
from huanchuang.facts.queries.values import current

router = Router(tags=["facts"])


class FactOut(Schema):
    """A current fact; `value` is exact decimal text in `unit`."""

    id: int
    key: str
    period: str
    value: str
    unit: str
    source_kind: str
    source_link: str
    note: str
    recorded_at: dt.datetime
    recorded_by: str


class FactsOut(Schema):
    """The facts of a subject that the reader may see, now or as known at a past moment; `hidden` counts the others."""

    subject: str
    known_at: dt.datetime | None
    hidden: int
    facts: list[FactOut]


@router.get("/", response=FactsOut, summary="一个对象的数据；known_at 给出当时已知的数据")
def facts(request: HttpRequest, subject: str, key: str = "", known_at: dt.datetime | None = None) -> FactsOut:
    """404 for a subject that does not exist or is not visible. A moment without time zone is in the district's."""
    user = request.user
    if not isinstance(user, User) or not allows(user, "facts.fact.view"):
        raise PermissionDenied
    reader = reader_of(user, subject)
    if reader is None:
        raise Http404
    moment = timezone.make_aware(known_at) if known_at is not None and known_at.tzinfo is None else known_at
    every = current(moment).filter(subject=subject, **({"key": key} if key else {}))
    shown = reader.readable(every)
    return FactsOut(
        subject=subject, known_at=moment, hidden=len(every) - len(shown), facts=[_out(fact) for fact in shown]
    )


def _out(fact: Fact) -> FactOut:
    return FactOut(
        id=fact.pk,
        key=fact.key,
        period=fact.period.code,
        value=fact.value,
        unit=fact.unit,
        source_kind=fact.source_kind,
        source_link=fact.source_link,
        note=fact.note,
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by_name,
    )
