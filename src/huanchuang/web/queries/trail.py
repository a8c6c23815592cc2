"""The trail as one person may read it: what was done always, to what only where they may know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huanchuang.accounts.models import User
from huanchuang.audit.models import Entry
from huanchuang.audit.queries import Change, changes
from huanchuang.files.models import StoredFile, Use
from huanchuang.jobs.models import Job
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.queries.kinds import kind_of_subject
from huanchuang.registry.queries.links import known_subjects, subjects_behind

_SUBJECT = re.compile(r"\b[a-z_]+\.[a-z_]+:\d{1,18}\b")


@dataclass(frozen=True)
class Row:
    """One entry of the trail. `secret`: it speaks of something confidential that the reader may not know of; its content
    is left out then. The row itself stays, since a trail with gaps proves nothing."""

    entry: Entry
    changes: Sequence[Change]
    secret: bool


def rows(user: User, entries: Iterable[Entry]) -> list[Row]:
    """The entries as this person may read them; at most a handful of questions to the database for all of them."""
    found = list(entries)
    said = {entry.pk: _spoken_of(entry) for entry in found}
    behind = _behind({subject for subjects in said.values() for subject in subjects})
    registered = {subject for subjects in behind.values() for subject in subjects if _is_entry(subject)}
    secret = registered - known_subjects(user, registered)
    return [_row(entry, any(secret & behind[subject] for subject in said[entry.pk])) for entry in found]


def _row(entry: Entry, secret: bool) -> Row:
    return Row(entry, [] if secret else changes(entry), secret)


def _spoken_of(entry: Entry) -> set[str]:
    return {entry.subject, *_SUBJECT.findall(f"{entry.before} {entry.after} {entry.note}")}


def _is_entry(subject: str) -> bool:
    return kind_of_subject(subject) is not None and key_of_subject(subject) is not None


def _behind(subjects: set[str]) -> Mapping[str, set[str]]:
    """Each subject with the entries of the register it is about: itself, what a file is attached to, a job works on, a step
    or a proof belongs to."""
    found: dict[str, set[str]] = {subject: {subject} for subject in subjects}
    for subject, about in (*_uses(subjects), *_jobs(subjects)):
        found[subject].add(about)
    owners = subjects_behind({one for ones in found.values() for one in ones})
    return {subject: ones | {owners[one] for one in ones if one in owners} for subject, ones in found.items()}


def _uses(subjects: Iterable[str]) -> list[tuple[str, str]]:
    prefix = StoredFile._meta.label_lower
    used = Use.objects.filter(stored__in=_keys(prefix, subjects)).values_list("stored_id", "about")
    return [(f"{prefix}:{key}", about) for key, about in used]


def _jobs(subjects: Iterable[str]) -> list[tuple[str, str]]:
    prefix = Job._meta.label_lower
    jobs = Job.objects.filter(pk__in=_keys(prefix, subjects)).values_list("pk", "about")
    return [(f"{prefix}:{key}", about) for key, about in jobs]


def _keys(prefix: str, subjects: Iterable[str]) -> list[int]:
    ours = (subject for subject in subjects if subject.startswith(f"{prefix}:"))
    return [key for subject in ours if (key := key_of_subject(subject)) is not None]
