"""The gate before every call of the API, and the one way in which lists come in pages.

@router.get("", response=PlansOut)
def plans(request: HttpRequest, page: PageNumber = 1, page_size: PageSize = PAGE_SIZE) -> object:
    return turned(request, plan_list(caller(request, "steering.plan.view")), page, page_size, "plans")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from ninja import Query, Schema

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows

PAGE_SIZE, MOST_ON_A_PAGE, MOST_PAGES = 50, 200, 1_000_000
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES, description="页码，从1起 / page, from 1")]
PageSize = Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE, description="每页条数 / rows on a page")]


class Paged(Schema):
    """What every list says of itself: how many there are, and which of them are here. A page after the last is empty."""

    count: int
    page: int
    page_size: int


@dataclass(frozen=True)
class Turn:
    """Which page a call has shown, for its `Link` header."""

    count: int
    page: int
    page_size: int

    def links(self, path: str, query: QueryDict) -> str:
        """RFC 8288: first, prev, next and last, as far as there are such pages."""
        last = max(1, -(-self.count // self.page_size))
        places = {"first": 1, "prev": min(self.page - 1, last), "next": self.page + 1, "last": last}
        found = []
        for relation, number in places.items():
            if 1 <= number <= last:
                asked = query.copy()
                asked["page"] = str(number)
                found.append(f'<{path}?{asked.urlencode()}>; rel="{relation}"')
        return ", ".join(found)


def caller(request: HttpRequest, deed: str) -> User:
    """The person behind a call, by session or token, if they may do `deed`; PermissionDenied otherwise."""
    user = request.user
    if not isinstance(user, User) or not allows(user, deed):
        raise PermissionDenied(deed)
    return user


def note_page(request: HttpRequest, count: int, page: int, page_size: int) -> dict[str, Any]:
    """What a list says of itself; the `Link` header follows by the frame of the API."""
    request.turn = Turn(count, page, page_size)  # type: ignore[attr-defined]  # read by web.api.frame
    return {"count": count, "page": page, "page_size": page_size}


def turned(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    page: int,
    page_size: int,
    name: str,
    show: Callable[[Any], Any] = lambda row: row,
) -> dict[str, Any]:
    """One page of a list under `name`, each row as `show` gives it."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (page - 1) * page_size
    shown = [] if start >= count else list(rows[start : start + page_size])
    return {**note_page(request, count, page, page_size), name: [show(row) for row in shown]}
