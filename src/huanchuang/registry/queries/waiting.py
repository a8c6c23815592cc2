"""What waits for a person to confirm it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.orm import clock
from huanchuang.registry.models import Entry
from huanchuang.registry.queries import standing
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.visibility import changeable

SHOWN = 20
"""So many of each kind stand on the page."""


@dataclass(frozen=True)
class Waiting:
    """The entries of one kind that want a look: the first of them, how many there are, and where all of them stand."""

    kind: Kind
    count: int
    entries: Sequence[Entry]
    url: str
    agreed: int | None
    """Days for which a confirmation holds."""


def waiting_for(user: User) -> list[Waiting]:
    """What is stale or expired among the entries that a person may change, kind by kind."""
    day = clock.today()
    found = []
    for kind in KINDS.values():
        if not allows(user, f"registry.{kind.name}.confirm"):
            continue
        mine = changeable(user, kind).filter(retired_on=None)
        old = mine.filter(standing.stale(kind, day) | standing.expired(kind, day))
        first = list(old.order_by("confirmed_on", "id").defer("search_text")[: SHOWN + 1])
        if first:
            count = len(first) if len(first) <= SHOWN else old.count()
            url = reverse(f"registry:{kind.plural}") + "?status=stale"
            found.append(Waiting(kind, count, first[:SHOWN], url, standing.agreed_days(kind)))
    return found
