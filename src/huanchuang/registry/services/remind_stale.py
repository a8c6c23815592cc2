"""Asking owners to confirm: one digest to a unit of everything that became stale or expired, not one message a record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from huanchuang.registry.models import Organisation, Person, Reminder
from huanchuang.registry.queries import standing
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.organisations import current_memberships
from huanchuang.registry.services.news import members_of, tell

LONG_AGO = dt.date(1900, 1, 1)
"""Stands for the day of what was never confirmed at all."""


@dataclass(frozen=True)
class _Old:
    """One entry that wants a look: since when it is stale or expired."""

    subject: str
    kind: Kind
    owner: int
    occasion: str
    since: dt.date


def remind_of_stale(as_of: dt.date) -> int:
    """Tell the people of each unit, and people with a profile of their own, what nobody confirmed for the agreed time.

    Each record once for each time it becomes stale. Returns how many messages went out.
    """
    with transaction.atomic():
        fresh = _not_told(_old(as_of))
        sent = 0
        owners = Organisation.objects.in_bulk(sorted({one.owner for one in fresh}))
        for pk, owner in owners.items():
            own = [one for one in fresh if one.owner == pk]
            body = "\n".join(_counts(own))
            title = f"本单位有{len(own)}条记录等待核实"
            sent += tell(
                members_of(owner),
                "registry.stale",
                title,
                body,
                reverse("registry:stale"),
                f"stale-{pk}-{_key(own)}",
            )
        sent += _tell_people(fresh)
        Reminder.objects.bulk_create(
            [Reminder(about=one.subject, occasion=one.occasion, due_on=one.since, step=0) for one in fresh],
            ignore_conflicts=True,
        )
    return sent


def _old(as_of: dt.date) -> list[_Old]:
    """What is stale or expired and belongs to a unit that somebody would be told for."""
    told_for = current_memberships(as_of).values("organisation_id")
    found = []
    for kind in KINDS.values():
        mine = "pk" if kind.model is Organisation else kind.owner_field
        rows = kind.model._default_manager.filter(retired_on=None, **{f"{mine}__in": told_for})
        owner = "pk" if mine == "pk" else f"{mine}_id"
        found += _stale(kind, rows, owner, as_of)
        if standing.has_term(kind):
            expired = rows.filter(standing.expired(kind, as_of)).values_list("pk", owner, standing.TERM)
            found += [
                _Old(f"{kind.subject_prefix}:{pk}", kind, unit, "expired", day) for pk, unit, day in expired
            ]
    return found


def _stale(kind: Kind, rows: QuerySet[Any], owner: str, as_of: dt.date) -> list[_Old]:
    oldest = standing.last_good_day(kind, as_of)
    if oldest is None:
        return []
    days = (as_of - oldest).days + 1
    return [
        _Old(
            f"{kind.subject_prefix}:{pk}",
            kind,
            unit,
            "stale",
            confirmed + dt.timedelta(days=days) if confirmed else LONG_AGO,
        )
        for pk, unit, confirmed in rows.filter(standing.stale(kind, as_of)).values_list(
            "pk", owner, "confirmed_on"
        )
    ]


def _not_told(found: Sequence[_Old]) -> list[_Old]:
    told = set(
        Reminder.objects.filter(occasion__in=("stale", "expired")).values_list("about", "occasion", "due_on")
    )
    return [one for one in found if (one.subject, one.occasion, one.since) not in told]


def _counts(own: Sequence[_Old]) -> list[str]:
    words = {"stale": "久未核实", "expired": "已过有效期"}
    counts: dict[tuple[str, str], int] = {}
    for one in own:
        label = str(one.kind.label), words[one.occasion]
        counts[label] = counts.get(label, 0) + 1
    return [f"{label}：{number}条{word}" for (label, word), number in counts.items()]


def _key(own: Iterable[_Old]) -> str:
    words = sorted(f"{one.subject}-{one.occasion}-{one.since}" for one in own)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:24]


def _tell_people(fresh: Sequence[_Old]) -> int:
    """Those who claimed their profile are asked themselves as well."""
    prefix = Person._meta.label_lower
    wanted = {
        one.subject: one for one in fresh if one.subject.startswith(f"{prefix}:") and one.occasion == "stale"
    }
    keys = [int(subject.partition(":")[2]) for subject in wanted]
    people = Person.objects.filter(pk__in=keys, user__isnull=False).select_related("user")
    return sum(
        tell(
            [person.user] if person.user else [],
            "registry.stale",
            "您的个人资料久未核实",
            "请打开看一看：无误的按“核实无误”，有变化的请修改。",
            person.get_absolute_url(),
            f"stale-{person.subject}-{wanted[person.subject].since}",
        )
        for person in people
    )
