"""The registry as JSON: the same queries as the pages, the same rights; personal data never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.registry.forms import asked_in
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.queries.links import secret_links, subject_in
from huanchuang.registry.queries.listing import CONFIRMED, listing
from huanchuang.registry.queries.paging import PAGE_SIZE, page_of
from huanchuang.registry.queries.standing import is_expired, is_stale
from huanchuang.registry.queries.visibility import sees_field, visible, widest_of

router = Router(tags=["registry"])


class EntryOut(Schema):
    """An entry as its reader may see it. `values`: field → text, number, list or null; money in fen, links as subjects,
    codes as those of the vocabularies. Fields that the reader may not see are left out. `stale`: nobody confirmed it
    within the agreed time; `expired`: the term it gives itself is over."""

    id: int
    subject: str
    kind: str
    title: str
    values: dict[str, Any]
    confirmed_on: dt.date | None
    retired_on: dt.date | None
    stale: bool
    expired: bool
    version: int


class EntriesOut(Schema):
    """One page of a list."""

    count: int
    page: int
    page_size: int
    entries: list[EntryOut]


@router.get("/{plural}", response=EntriesOut, summary="一类记录的列表，条件与页面相同")
def entries(
    request: HttpRequest, plural: str, q: str = "", status: str = "in-force", sort: str = "", page: int = 1
) -> EntriesOut:
    """Fifty a page; `status` is in-force, stale, expired, retired or all; `sort` a field, with - for descending; the
    filters of the page (such as `kind`, `region`, `field`) may stand in the address as well. 404 for a list that does
    not exist."""
    kind = _kind(plural)
    user = reader(request, kind)
    words = {name: str(value) for name, value in request.GET.items()}
    asked = asked_in(kind, {**words, "q": q, "status": status, "sort": sort})
    found = listing(user, kind, asked).select_related(*[field.name for field in kind.links])
    shown = page_of(found, page, searched=bool(asked.text))
    return EntriesOut(
        count=shown.paginator.count,
        page=shown.number,
        page_size=PAGE_SIZE,
        entries=_shown(user, kind, list(shown)),
    )


@router.get("/{plural}/{pk}", response=EntryOut, summary="一条记录")
def entry(request: HttpRequest, plural: str, pk: int) -> EntryOut:
    """404 for one that does not exist or is not visible."""
    kind = _kind(plural)
    user = reader(request, kind)
    found = get_object_or_404(
        visible(user, kind).select_related(*[field.name for field in kind.links]), pk=pk
    )
    return _shown(user, kind, [found])[0]


def _kind(plural: str) -> Kind:
    for kind in KINDS.values():
        if kind.plural == plural:
            return kind
    raise Http404


def reader(request: HttpRequest, kind: Kind) -> User:
    """The person behind the session, if they may read this kind; PermissionDenied otherwise."""
    user = request.user
    if not isinstance(user, User) or not allows(user, f"registry.{kind.name}.view"):
        raise PermissionDenied
    return user


def _shown(user: User, kind: Kind, rows: Sequence[Entry]) -> list[EntryOut]:
    seen, secret = widest_of(user, rows), secret_links(user, kind, rows)
    return [
        EntryOut(
            id=row.pk,
            subject=row.subject,
            kind=kind.name,
            title=kind.title(row),
            values=values_for(kind, row, seen[row.pk], secret),
            confirmed_on=row.confirmed_on if sees_field(CONFIRMED, row, seen[row.pk]) else None,
            retired_on=row.retired_on,
            stale=is_stale(row),
            expired=is_expired(row),
            version=row.version,
        )
        for row in rows
    ]


def values_for(kind: Kind, row: Entry, seen: str, secret: Collection[str]) -> dict[str, Any]:
    """The plain values of the fields that a reader who sees the class `seen` may see; personal data never, and no link to
    one of the subjects in `secret`."""
    return {
        field.name: plain_value(field, getattr(row, field.name))
        for field in kind.fields
        if not field.personal
        and sees_field(field, row, seen)
        and not (field.target and subject_in(row, field.name) in secret)
    }
