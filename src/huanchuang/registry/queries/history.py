"""What was known about an entry and when: from which source, by whom each field stands as it does; any past state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Entry, Revision
from huanchuang.registry.queries.kinds import Field, kind_of, kind_of_subject
from huanchuang.registry.queries.kinds.values import show_value, value_of_plain


@dataclass(frozen=True)
class Known:
    """The plain value of a field with where it came from, when and through whom."""

    plain: Any
    source: str
    at: dt.datetime
    by_name: str
    deed: str
    revision: int


@dataclass(frozen=True)
class Difference:
    """A field that two states hold differently, in words."""

    field: Field
    before: str
    after: str


def revisions(entry: Entry) -> Sequence[Revision]:
    """Every edit of an entry, the oldest first."""
    return list(Revision.objects.filter(subject_of=entry.subject).order_by("id"))


def known_on(entry: Entry, moment: dt.datetime | None = None) -> dict[str, Known]:
    """For each field that anybody ever said something about: what was known of it at a moment (now when not said)."""
    known: dict[str, Known] = {}
    for edit in revisions(entry):
        if moment is not None and edit.at > moment:
            continue  # not `break`: the demonstration's clock stands on one day and jumps back at midnight
        for name, plain in edit.values.items():
            known[name] = Known(plain, edit.source, edit.at, edit.by_name, edit.deed, edit.pk)
    return known


def provenance(entry: Entry) -> dict[str, Known]:
    """Source, date and person of each field as it stands."""
    return known_on(entry)


def sources_of(entry: Entry) -> dict[str, str]:
    """For each field that says something: where its value comes from, since when and through whom, in a line.

    Personal data have no line: it would tell beside an empty box that there is something in it.
    """
    by_name = kind_of(entry).by_name
    return {
        name: " · ".join(
            part for part in (one.source, timezone.localtime(one.at).date().isoformat(), one.by_name) if part
        )
        for name, one in provenance(entry).items()
        if name in by_name and not by_name[name].personal and one.plain not in (None, "", [])
    }


def state_on(entry: Entry, moment: dt.datetime | None) -> dict[str, Any]:
    """The stored values of an entry as known at a moment (now for None); empty before it was registered. Links are subjects."""
    by_name = kind_of(entry).by_name
    known = known_on(entry, moment)
    return {name: value_of_plain(by_name[name], one.plain) for name, one in known.items() if name in by_name}


def compare(
    entry: Entry,
    one: dt.datetime,
    other: dt.datetime | None,
    fields: Sequence[Field],
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Difference]:
    """Which of these fields were known differently at two moments; the second is now for None. `names`: those of links."""
    first, second = state_on(entry, one), state_on(entry, other)
    found = []
    for field in fields:
        before, after = first.get(field.name), second.get(field.name)
        if before != after:
            found.append(Difference(field, shown(field, before, names), shown(field, after, names)))
    return found


def shown(field: Field, value: Any, names: Mapping[str, str]) -> str:
    """A value of a past state in words; a link by the name of what it points at."""
    return names.get(value, value) if isinstance(value, str) and field.target else show_value(field, value)


def shown_plain(field: Field, plain: Any, names: Mapping[str, str]) -> str:
    """A plain value in words, money and numbers with their unit."""
    text = shown(field, value_of_plain(field, plain), names)
    return f"{text} {field.unit}" if text and field.unit else text


def names_of_subjects(subjects: Any) -> dict[str, str]:
    """Subject → title, for entries of any kind, with one question for each kind. Confidentiality is the caller's care."""
    by_kind: dict[str, list[int]] = {}
    for subject in set(subjects):
        kind, key = kind_of_subject(subject), key_of_subject(subject)
        if kind is not None and key is not None:
            by_kind.setdefault(subject.partition(":")[0], []).append(key)
    names: dict[str, str] = {}
    for prefix, keys in by_kind.items():
        kind = kind_of_subject(f"{prefix}:0")
        if kind is not None:
            rows = kind.model._default_manager.filter(pk__in=keys).values_list("pk", kind.title_field)
            names |= {f"{prefix}:{pk}": title for pk, title in rows}
    return names
