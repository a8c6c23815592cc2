"""Finding an entry by what people type: suggestions while they type, and the one entry that the finished text names.

Two entries of one title are told apart by their owner in brackets: 张伟（云澜理工大学）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from huanchuang.accounts.models import User
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import ORGANISATION, Kind, kind_of
from huanchuang.registry.queries.organisations import find, resolve_unit
from huanchuang.registry.queries.visibility import anonymous_to, visible

MOST = 10
_WITH_OWNER = re.compile(r"(?P<title>.+?)\s*[（(](?P<owner>[^（()）]+)[)）]\s*")


@dataclass(frozen=True)
class Suggestion:
    """What to write for an entry, and what tells it from others."""

    value: str
    hint: str


def suggestions(user: User, kind: Kind, text: str) -> list[Suggestion]:
    """The first few entries in force that a person may know of and whose names contain every word typed.

    Those whose name begins with it come first. What is suggested is what `entry_named` understands.
    """
    key = names.normalise(text)
    if not key:
        return []
    found = find(text, visible(user, kind)).filter(retired_on=None)
    column = "name_key" if kind is ORGANISATION else "title_key"
    begins = Case(
        When(**{f"{column}__startswith": key}, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = list(_with_owner(kind, found).annotate(begins=begins).order_by("begins", column, "id")[:MOST])
    return _written(user, kind, rows)


def _with_owner(kind: Kind, found: QuerySet[Any]) -> QuerySet[Any]:
    found = found.defer("search_text")
    return found.select_related(kind.owner_field) if kind.owner_field else found


def _written(user: User, kind: Kind, rows: Sequence[Entry]) -> list[Suggestion]:
    secret = anonymous_to(user, rows)
    twice = _shared(user, kind, rows)
    told = []
    for row in rows:
        owner = None if kind is ORGANISATION or row.subject in secret else kind.owner(row)
        title = kind.title(row)
        needs_owner = owner is not None and _key(row) in twice
        told.append(
            Suggestion(
                f"{title}（{owner.name}）" if needs_owner and owner else title, owner.name if owner else ""
            )
        )
    return told


def _key(row: Entry) -> str:
    return str(getattr(row, "title_key", ""))


def _shared(user: User, kind: Kind, rows: Iterable[Entry]) -> set[str]:
    """Titles of these entries that more than one entry known to the person has."""
    if kind is ORGANISATION:
        return set()
    keys = {_key(row) for row in rows}
    counts: dict[str, int] = {}
    known = visible(user, kind).filter(title_key__in=keys, retired_on=None).order_by()
    for key in known.values_list("title_key", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return {key for key, count in counts.items() if count > 1}


def name_in_forms(user: User, entry: Entry) -> str:
    """What a form shows for a link: the title, with the owner where the title alone would not name the entry."""
    return _written(user, kind_of(entry), [entry])[0].value


def entries_named(user: User, kind: Kind, text: str) -> list[Entry]:
    """The entries in force that a text may mean: one where it is clear, several where it is not, none where nothing fits."""
    if kind is ORGANISATION:
        unit = resolve_unit(text)
        return [unit] if unit is not None else []
    known = visible(user, kind).filter(retired_on=None)
    found = list(known.filter(title_key=names.normalise(text))[:2])
    if len(found) == 1:
        return found
    told = _WITH_OWNER.fullmatch(text.strip())
    if told is None:
        return found
    same = list(_with_owner(kind, known.filter(title_key=names.normalise(told["title"])))[:50])
    wanted, secret = names.normalise(told["owner"]), anonymous_to(user, same)
    fitting = [row for row in same if row.subject not in secret and _is_owner(kind.owner(row), wanted)]
    return fitting or found


def _is_owner(owner: Organisation | None, wanted: str) -> bool:
    return owner is not None and wanted in {names.normalise(owner.name), names.normalise(owner.short_name)}
