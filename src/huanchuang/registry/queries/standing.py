"""How an entry stands: whether somebody confirmed it within the agreed time, and whether its own term is over.

How long a confirmation holds is agreed for each kind in the vocabulary of columns (`confirm_within_days`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind

TERM = "valid_until"
"""The column that says until when an entry is meant."""


@dataclass(frozen=True)
class Mark:
    """One thing that a reader should know before relying on an entry: a word with a shape."""

    word: str | Promise
    tone: str
    icon: str


STALE = Mark(_("久未核实"), "amber", "hourglass")
EXPIRED = Mark(_("已过期"), "red", "calendar-due")


def agreed_days(kind: Kind) -> int | None:
    """For how many days a confirmation holds; None where entries of this kind never become stale."""
    return vocabulary.register_columns().confirm_within_days(kind.name)


def last_good_day(kind: Kind, as_of: dt.date) -> dt.date | None:
    """The oldest day on which a confirmation still holds; None where entries of this kind never become stale."""
    days = agreed_days(kind)
    return None if days is None else as_of - dt.timedelta(days=days)


def stale_since(entry: Entry) -> dt.date | None:
    """The first day on which an entry counts as unconfirmed; None where it never does."""
    days = vocabulary.register_columns().confirm_within_days(entry.kind_name())
    if days is None:
        return None
    confirmed = entry.confirmed_on or dt.date.min
    return confirmed + dt.timedelta(days=days + 1)


def is_stale(entry: Entry, as_of: dt.date | None = None) -> bool:
    """Whether nobody confirmed an entry in force within the agreed time."""
    since = stale_since(entry)
    return entry.retired_on is None and since is not None and since <= (as_of or clock.today())


def is_expired(entry: Entry, as_of: dt.date | None = None) -> bool:
    """Whether the term that an entry in force gives itself is over; its last day still counts."""
    until = getattr(entry, TERM, None)
    return entry.retired_on is None and until is not None and until < (as_of or clock.today())


def has_term(kind: Kind) -> bool:
    """Whether entries of this kind may say until when they are meant."""
    return TERM in kind.by_name


def stale(kind: Kind, as_of: dt.date) -> Q:
    """The condition that an entry is stale (retired ones not left out)."""
    oldest = last_good_day(kind, as_of)
    if oldest is None:
        return Q(pk__in=())
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=oldest)


def expired(kind: Kind, as_of: dt.date) -> Q:
    """The condition that the term of an entry is over (retired ones not left out)."""
    return Q(**{f"{TERM}__lt": as_of}) if has_term(kind) else Q(pk__in=())


def in_force(kind: Kind, as_of: dt.date, among: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """The entries that can be relied on: not retired, not stale, not expired on that day.

    Confidentiality is the caller's care: hand in what the reader may see as `among`.
    """
    every = kind.model._default_manager.all() if among is None else among
    here = every.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=as_of))
    return here.exclude(stale(kind, as_of)).exclude(expired(kind, as_of))


def marks(entry: Entry) -> Sequence[Mark]:
    """What a reader should know today before relying on this entry."""
    found = [EXPIRED] if is_expired(entry) else []
    return [*found, STALE] if is_stale(entry) else found


def statuses_of(kind: Kind) -> Sequence[str]:
    """The statuses by which a list of this kind can be narrowed."""
    statuses = ["in-force"]
    if last_good_day(kind, clock.today()) is not None:
        statuses.append("stale")
    if has_term(kind):
        statuses.append("expired")
    return [*statuses, "retired", "all"]


def with_status(kind: Kind, status: str, found: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some entries that have one of these statuses today."""
    if status == "all":
        return found
    found = found.filter(retired_on__isnull=status != "retired")
    if status == "stale":
        return found.filter(stale(kind, clock.today()))
    return found.filter(expired(kind, clock.today())) if status == "expired" else found
