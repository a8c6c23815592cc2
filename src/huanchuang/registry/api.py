"""The registry as JSON: the same queries as the pages, the same rights; personal data never."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.registry.forms import asked_in
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.listing import PAGE_SIZE, listing
from huanchuang.registry.queries.organisations import visible_organisations

router = Router(tags=["registry"])


class OrganisationOut(Schema):
    """An organisation as anyone with an account may read it; codes are those of the vocabularies."""

    id: int
    subject: str
    name: str
    short_name: str
    aliases: list[str]
    kind: str
    uscc: str | None
    region: str
    industry: str
    stage: str
    founded_on: dt.date | None
    parent: int | None
    address: str
    retired_on: dt.date | None
    version: int


class OrganisationsOut(Schema):
    """One page of the list."""

    count: int
    page: int
    page_size: int
    organisations: list[OrganisationOut]


@router.get("/organisations", response=OrganisationsOut, summary="主体列表，条件与页面相同")
def organisations(
    request: HttpRequest, q: str = "", kind: str = "", region: str = "", industry: str = "",
    state: str = "in-force", sort: str = "name", page: int = 1,
) -> OrganisationsOut:  # fmt: skip
    """Fifty a page; `state` is in-force, retired or all; `sort` a field, with - for descending."""
    asked = asked_in(
        {"q": q, "kind": kind, "region": region, "industry": industry, "state": state, "sort": sort}
    )
    found = Paginator(listing(reader(request), asked), PAGE_SIZE).get_page(page)
    return OrganisationsOut(
        count=found.paginator.count,
        page=found.number,
        page_size=PAGE_SIZE,
        organisations=[_shown(row) for row in found],
    )


@router.get("/organisations/{pk}", response=OrganisationOut, summary="一个主体")
def organisation(request: HttpRequest, pk: int) -> OrganisationOut:
    """404 for one that does not exist or is not visible."""
    return _shown(get_object_or_404(visible_organisations(reader(request)), pk=pk))


def reader(request: HttpRequest) -> User:
    """The person behind the session, if they may read the register; PermissionDenied otherwise."""
    user = request.user
    if not isinstance(user, User) or not allows(user, "registry.organisation.view"):
        raise PermissionDenied
    return user


def _shown(row: Organisation) -> OrganisationOut:
    return OrganisationOut(
        id=row.pk,
        subject=row.subject,
        name=row.name,
        short_name=row.short_name,
        aliases=row.aliases,
        kind=row.kind,
        uscc=row.uscc.text if row.uscc else None,
        region=row.region,
        industry=row.industry,
        stage=row.stage,
        founded_on=row.founded_on,
        parent=row.parent_id,
        address=row.address,
        retired_on=row.retired_on,
        version=row.version,
    )
