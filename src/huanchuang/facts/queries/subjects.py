"""What subjects of the register are called and where their pages are, many at once; which of them still count."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from huanchuang.accounts.models import User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.queries.kinds import Kind, kind_of_subject
from huanchuang.registry.queries.visibility import visible

FEW = 1000
"""Up to so many are asked for one by one; for more it is quicker to read the keys of all entries."""


@dataclass(frozen=True)
class Subject:
    """A subject by its name."""

    subject: str
    title: str
    url: str


def subjects_named(user: User, subjects: Iterable[str]) -> dict[str, Subject]:
    """The subjects with title and page; one that this person does not see keeps its bare name."""
    wanted = list(dict.fromkeys(subjects))
    found: dict[str, Subject] = {}
    for kind, keys in _by_kind(wanted):
        for entry in visible(user, kind).filter(pk__in=keys):
            found[entry.subject] = Subject(entry.subject, kind.title(entry), entry.get_absolute_url())
    return {subject: found.get(subject, Subject(subject, subject, "")) for subject in wanted}


def in_force(user: User, subjects: Collection[str]) -> set[str]:
    """Those of the subjects that are in the register, in force, and that this person may see."""
    kept: set[str] = set()
    for kind, keys in _by_kind(subjects):
        entries = visible(user, kind).filter(retired_on__isnull=True).order_by()
        narrowed = entries.filter(pk__in=keys) if len(keys) <= FEW else entries
        kept.update(f"{kind.subject_prefix}:{key}" for key in narrowed.values_list("pk", flat=True))
    return kept.intersection(subjects)


def _by_kind(subjects: Iterable[str]) -> Iterable[tuple[Kind, list[int]]]:
    groups: dict[str, tuple[Kind, list[int]]] = {}
    for subject in subjects:
        kind, key = kind_of_subject(subject), key_of_subject(subject)
        if kind is not None and key is not None:
            groups.setdefault(kind.name, (kind, []))[1].append(key)
    return groups.values()
