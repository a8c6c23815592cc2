"""Reading the trail."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from huanchuang.audit.models import Entry, Seal


def history(subject: str, limit: int = 50) -> QuerySet[Entry]:
    """The newest entries about `subject`, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-id")[:limit]


def trail(
    person: str = "",
    deed: str = "",
    subject: str = "",
    since: dt.datetime | None = None,
    before: dt.datetime | None = None,
) -> QuerySet[Entry]:
    """Entries newest first: by part of a name or the id of the actor, beginning of deed and subject, from `since` to before `before`."""
    found = Entry.objects.order_by("-id")
    if person:
        found = found.filter(Q(actor_name__icontains=person) | Q(actor_id=person))
    if deed:
        found = found.filter(verb__startswith=deed)
    if subject:
        found = found.filter(subject__startswith=subject)
    if since:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=before) if before else found


@dataclass(frozen=True)
class Change:
    """One field of an entry: what stood there and what stands there now; None where nothing stood."""

    field: str
    before: str | None
    after: str | None

    @property
    def differs(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def changes(entry: Entry) -> list[Change]:
    """The readable difference of an entry: changed fields first, then those that stayed; nested values by their path."""
    before, after = _flat(entry.before), _flat(entry.after)
    lines = [Change(field, before.get(field), after.get(field)) for field in sorted({*before, *after})]
    return sorted(lines, key=lambda line: not line.differs)


def _flat(text: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    if text:
        _gather(json.loads(text), "", flat)
    return flat


def _gather(value: Any, path: str, flat: dict[str, str]) -> None:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            _gather(item, f"{path}.{key}" if path else str(key), flat)
    else:
        flat[path] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class Chain:
    """The state of the chain in a line: how many seals, when the newest came, how many entries wait for the next."""

    seals: int
    newest_at: dt.datetime | None
    head: str
    unsealed: int


def chain() -> Chain:
    """The state of the chain as it stands; whether it is whole is proven by `services.verify` only."""
    newest = Seal.objects.order_by("-number").first()
    if newest is None:
        return Chain(0, None, "", Entry.objects.count())
    return Chain(
        newest.number, newest.at, newest.head, Entry.objects.filter(id__gt=newest.last_entry).count()
    )


def size() -> int:
    """How many entries there are."""
    return Entry.objects.count()
