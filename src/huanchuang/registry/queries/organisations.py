"""Which organisations there are, which a person may see, and which one a text means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.engines.kernel import ProblemError, Uscc
from huanchuang.orm import clock
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Membership, NameKey, Organisation
from huanchuang.registry.queries import names
from huanchuang.registry.queries.sameness.judged import kept_for

WHOLE_DISTRICT = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that see every organisation with all its fields (personal data masked)."""
PUBLIC_PART = frozenset({Role.RESEARCHER, Role.MANAGER, Role.REVIEWER})
"""Roles that see every organisation, but only what is public about it."""


def current_memberships(on: dt.date | None = None) -> QuerySet[Membership]:
    """Memberships that last on a day (today when not said)."""
    day = on or clock.today()
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations a person belongs to today."""
    mine = current_memberships().filter(user_id=user.pk).values("organisation_id")
    return Organisation.objects.filter(pk__in=mine)


def visible_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations a person may see at all: the whole district, or one's own only.

    The one place that decides this; pages, API and export all start here.
    """
    if user.role in WHOLE_DISTRICT or user.role in PUBLIC_PART:
        return Organisation.objects.all()
    return organisations_of(user)


def changeable(user: User) -> QuerySet[Organisation]:
    """The organisations whose record a person may change: an officer all, clerk and reporter their own."""
    if user.role == Role.OFFICER:
        return Organisation.objects.all()
    if user.role in {Role.CLERK, Role.REPORTER}:
        return organisations_of(user)
    return Organisation.objects.none()


def find(text: str, among: QuerySet[Any]) -> QuerySet[Any]:
    """Those entries whose names, titles, codes or searched words contain every word of `text`."""
    found = among
    for word in text.split():
        key = names.normalise(word)
        if key:
            found = found.filter(search_text__contains=key)
    return found


def resolve_unit(text: str) -> Organisation | None:
    """The one organisation that a text written by people means; None when none or more than one fits."""
    return resolve_units([text])[text]


def resolve_units(texts: Iterable[str]) -> dict[str, Organisation | None]:
    """`resolve_unit` for many texts with two questions to the database.

    A code wins over names; a full name over a short name, an alias and a name without its region; an
    organisation in force over a retired one. What stands in brackets is left out when nothing fits with it.
    """
    wanted = list(dict.fromkeys(texts))
    tries = {text: [names.normalise(text), names.normalise(names.without_brackets(text))] for text in wanted}
    rows = NameKey.objects.filter(key__in={key for keys in tries.values() for key in keys if key})
    by_key: dict[str, list[NameKey]] = {}
    for row in rows.select_related("organisation"):
        by_key.setdefault(row.key, []).append(row)
    by_code = _by_code(wanted)
    return {
        text: by_code.get(text)
        or next((hit for key in tries[text] if (hit := _best(by_key.get(key, [])))), None)
        for text in wanted
    }


def _best(rows: list[NameKey]) -> Organisation | None:
    ranked = sorted(
        {(row.organisation.retired_on is not None, row.rank, row.organisation_id) for row in rows}
    )
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return next(row.organisation for row in rows if row.organisation_id == ranked[0][2])


def _by_code(texts: Iterable[str]) -> dict[str, Organisation]:
    codes: dict[str, str] = {}
    for text in texts:
        try:
            codes[text] = Uscc.parse(text).text
        except ProblemError:
            continue
    if not codes:
        return {}
    found = {row.uscc.text: row for row in Organisation.objects.filter(uscc__in=codes.values()) if row.uscc}
    standing = {code: _standing(row) for code, row in found.items()}
    return {text: standing[code] for text, code in codes.items() if code in standing}


def _standing(row: Organisation) -> Organisation:
    """The organisation itself, or the one into which it was merged: its code may stay with its retired record."""
    if row.retired_on is None:
        return row
    key = key_of_subject(kept_for(row.subject))
    return row if key is None or key == row.pk else Organisation.objects.get(pk=key)
