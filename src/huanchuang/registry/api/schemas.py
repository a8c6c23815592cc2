"""What the calls of the registry give."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema

from huanchuang.accounts.views.calls import Paged


class FieldOut(Schema):
    """One field: its name in `values`, its heading in both languages, what it holds, who sees it."""

    name: str
    label: str
    label_en: str
    shape: str
    field_class: str
    unit: str
    vocabulary: str
    target: str
    required: bool
    filtered: bool


class KindOut(Schema):
    """One kind of entries; `plural` stands in addresses."""

    name: str
    plural: str
    label: str
    label_en: str
    fields: list[FieldOut]


class EntryOut(Schema):
    """An entry as its reader may see it. `values`: field → text, number, list or null; money in fen, links as subjects,
    codes as those of the vocabularies. Fields that the reader may not see are left out. `stale`: nobody confirmed it
    within the agreed time; `expired`: the term it gives itself is over. `links`: more about it."""

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
    links: dict[str, str]


class EntriesOut(Paged):
    """One page of a list."""

    entries: list[EntryOut]


class RelationOut(Schema):
    """One relation, seen from the entry: `outward` when the entry is its from-end."""

    type: str
    outward: bool
    subject: str
    kind: str
    title: str
    since: dt.date | None
    until: dt.date | None
    order: int
    note: str


class RelationsOut(Paged):
    """One page of relations."""

    relations: list[RelationOut]


class QualificationOut(Schema):
    """What an organisation is or was recognised as; the last day is included."""

    kind: str
    name: str
    level: str
    number: str
    issued_by: str
    valid_from: dt.date
    valid_until: dt.date | None
    revoked_on: dt.date | None


class QualificationsOut(Paged):
    """One page of qualifications."""

    qualifications: list[QualificationOut]


class KnownOut(Schema):
    """Where the value of a field comes from."""

    value: Any
    source: str
    recorded_at: dt.datetime
    recorded_by: str
    deed: str
