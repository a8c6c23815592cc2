"""The registry as JSON: the same queries as the pages, the same rights; personal data never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Query, Router

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.calls import PageNumber, PageSize, caller, note_page, turned
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.registry.api.schemas import (
    EntriesOut,
    EntryOut,
    FieldOut,
    KindOut,
    KnownOut,
    QualificationOut,
    QualificationsOut,
    RelationOut,
    RelationsOut,
)
from huanchuang.registry.forms import asked_in
from huanchuang.registry.forms.small import LONGEST_WORD
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries import history as past
from huanchuang.registry.queries import page as on_page
from huanchuang.registry.queries.kinds import KINDS, Field, Kind, kind_of, kind_of_subject
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.queries.links import known_subjects, secret_links, subject_in
from huanchuang.registry.queries.listing import CONFIRMED, columns_of, listing
from huanchuang.registry.queries.paging import PAGE_SIZE, page_of
from huanchuang.registry.queries.standing import is_expired, is_stale, statuses_of
from huanchuang.registry.queries.visibility import (
    readable_fields,
    sees_field,
    sees_inside,
    visible,
    widest_of,
)

router = Router(tags=["registry"])
WORDS = frozenset({"q", "status", "sort", "page", "page_size", "owner"})


@router.get("/", response=list[KindOut], summary="各类记录及其字段")
def kinds(request: HttpRequest) -> list[KindOut]:
    """The kinds that the reader may list, with their fields: what stands in `values` and what a list can be narrowed by."""
    user = signed_in(request)
    return [_kind_out(kind) for kind in KINDS.values() if allows(user, f"registry.{kind.name}.view")]


@router.get("/{plural}", response=EntriesOut, summary="一类记录的列表，条件与页面相同")
def entries(
    request: HttpRequest,
    plural: str,
    q: Annotated[str, Query(max_length=LONGEST_WORD)] = "",
    status: str = "in-force",
    sort: str = "",
    page: PageNumber = 1,
    page_size: PageSize = PAGE_SIZE,
) -> EntriesOut:
    """`status` is in-force, stale, expired, retired or all; `sort` a field, with - for descending; the filters of the page
    (such as `kind`, `region`, `field`) and `owner`, the key of an organisation, may stand in the address as well. 422 for a
    word that is not understood, 404 for a list that does not exist. A page after the last one is empty."""
    kind = _kind(plural)
    user = reader(request, kind)
    _refuse_unknown(kind, request.GET.dict(), status, sort)
    found = listing(user, kind, asked_in(kind, request.GET))
    found = found.select_related(*[field.name for field in kind.links])
    shown = page_of(found, page, searched=bool(q.strip()), size=page_size)
    rows = list(shown) if shown.number == page else []
    told = note_page(request, shown.paginator.count, page, page_size)
    return EntriesOut(**told, entries=_shown(user, kind, rows))


@router.get("/{plural}/{pk}", response=EntryOut, summary="一条记录")
def entry(request: HttpRequest, plural: str, pk: int) -> EntryOut:
    """404 for one that does not exist or is not visible."""
    user, found = _found(request, plural, pk)
    return _shown(user, kind_of(found), [found])[0]


@router.get("/{plural}/{pk}/relations", response=RelationsOut, summary="一条记录的关系")
def relations(
    request: HttpRequest, plural: str, pk: int, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE
) -> dict[str, Any]:
    """What the entry is related to, as far as the reader may know of the other end; those that ended last."""
    user, found = _found(request, plural, pk)
    every = on_page.related(user, found)
    return turned(request, every, page, page_size, "relations", lambda one: _relation_out(found, one))


@router.get("/{plural}/{pk}/qualifications", response=QualificationsOut, summary="一个主体的资质")
def qualifications(
    request: HttpRequest, plural: str, pk: int, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE
) -> dict[str, Any]:
    """What an organisation is recognised as, the newest first; 404 for other kinds."""
    _, found = _found(request, plural, pk)
    if not isinstance(found, Organisation):
        raise Http404
    every = [
        QualificationOut(
            kind=one.kind, name=name, level=one.level, number=one.number, issued_by=one.issued_by,
            valid_from=one.valid_from, valid_until=one.valid_until, revoked_on=one.revoked_on,
        )
        for one, name in on_page.qualifications(found)
    ]  # fmt: skip
    return turned(request, every, page, page_size, "qualifications")


@router.get("/{plural}/{pk}/history", response=dict[str, KnownOut], summary="各字段的来源、时间和填写人")
def provenance(request: HttpRequest, plural: str, pk: int, on: dt.date | None = None) -> dict[str, KnownOut]:
    """Field → where its value comes from, now or as known at the end of a day. 403 for readers of the public part."""
    user, found = _found(request, plural, pk)
    if not sees_inside(user, found):
        raise PermissionDenied
    known = past.known_on(found, _end_of(on) if on else None)
    fields = [field for field in readable_fields(user, found) if not field.personal and field.name in known]
    closed = _closed(user, fields, known)
    return {
        field.name: KnownOut(
            value=None if field.name in closed else one.plain,
            source=one.source,
            recorded_at=one.at,
            recorded_by=one.by_name,
            deed=one.deed,
        )
        for field in fields
        for one in (known[field.name],)
    }


def _end_of(day: dt.date) -> dt.datetime:
    if not 1900 <= day.year <= 9000:
        raise refuse(
            "registry.on",
            ("on", f"{day.year}年没有记录", "请给出1900年到9000年之间的日期"),
            ("on", f"nothing is known of the year {day.year}", "Give a day from 1900 to 9000"),
        )
    return clock.end_of(day)


def _closed(user: User, fields: Sequence[Field], known: Mapping[str, past.Known]) -> set[str]:
    """Names of fields that led to something of which the reader may not know."""
    led = {
        field.name: str(known[field.name].plain)
        for field in fields
        if field.target and field.target != "organisation" and known[field.name].plain
    }
    seen = known_subjects(user, led.values())
    return {name for name, subject in led.items() if subject not in seen}


def _kind(plural: str) -> Kind:
    for kind in KINDS.values():
        if kind.plural == plural:
            return kind
    raise Http404


def reader(request: HttpRequest, kind: Kind) -> User:
    """The person behind the session, if they may read this kind; PermissionDenied otherwise."""
    return caller(request, f"registry.{kind.name}.view")


def _found(request: HttpRequest, plural: str, pk: int) -> tuple[User, Entry]:
    kind = _kind(plural)
    user = reader(request, kind)
    if not 0 < pk < 2**63:
        raise Http404
    links = [field.name for field in kind.links]
    found: Entry = get_object_or_404(visible(user, kind).select_related(*links), pk=pk)
    return user, found


def _refuse_unknown(kind: Kind, given: Mapping[str, str], status: str, sort: str) -> None:
    """A word that is not understood must not silently give another list."""
    words = WORDS | {field.name for field in kind.fields if field.filtered}
    sorts = {column.sort for column in columns_of(kind)} - {""}
    for name in given:
        if name not in words:
            raise _unknown(name, "没有这个条件", "no such condition", sorted(words))
    if status not in statuses_of(kind):
        raise _unknown("status", f"没有“{status[:20]}”", f'there is no "{status[:20]}"', statuses_of(kind))
    if sort and sort.removeprefix("-") not in sorts:
        raise _unknown("sort", f"不能按“{sort[:20]}”排序", f'no order by "{sort[:20]}"', sorted(sorts))


def _unknown(name: str, zh: str, en: str, known: Sequence[str]) -> Exception:
    return refuse(
        "registry.words",
        (name[:40], zh, f"可用：{'、'.join(known)}"),
        (name[:40], en, f"Use one of {', '.join(known)}"),
    )


def _kind_out(kind: Kind) -> KindOut:
    fields = [field for field in kind.fields if not field.personal]
    with override("zh-hans"):
        label, labels = str(kind.label), [str(field.label) for field in fields]
    with override("en"):
        label_en, labels_en = str(kind.label), [str(field.label) for field in fields]
    told = [
        FieldOut(
            name=field.name, label=zh, label_en=en, shape=field.shape.value, field_class=field.field_class,
            unit=field.unit, vocabulary=field.vocabulary, target=field.target, required=field.required,
            filtered=field.filtered,
        )
        for field, zh, en in zip(fields, labels, labels_en, strict=True)
    ]  # fmt: skip
    return KindOut(name=kind.name, plural=kind.plural, label=label, label_en=label_en, fields=told)


def _relation_out(entry: Entry, one: on_page.Linked) -> RelationOut:
    outward = one.relation.from_subject == entry.subject
    other = one.relation.to_subject if outward else one.relation.from_subject
    kind = kind_of_subject(other)
    return RelationOut(
        type=one.relation.type,
        outward=outward,
        subject=other,
        kind=kind.name if kind else "",
        title=one.title,
        since=one.relation.since,
        until=one.relation.until,
        order=one.relation.order,
        note=one.relation.note,
    )


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
            links=_links(kind, row, sees_field(CONFIRMED, row, seen[row.pk])),
        )
        for row in rows
    ]


def _links(kind: Kind, row: Entry, inside: bool) -> dict[str, str]:
    here = f"/api/v1/registry/{kind.plural}/{row.pk}"
    links = {"relations": f"{here}/relations", "facts": f"/api/v1/facts/?subject={row.subject}"}
    if isinstance(row, Organisation):
        links["qualifications"] = f"{here}/qualifications"
    return {**links, "history": f"{here}/history"} if inside else links


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
