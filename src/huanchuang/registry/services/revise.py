"""Writing revisions: what an edit said, so that every field knows its source, its day and its person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huanchuang.audit.services import Actor
from huanchuang.orm import clock
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Achievement, Entry, Patent, Revision
from huanchuang.registry.queries.kinds import ACHIEVEMENT, PATENT, kind_of_subject

HIDDEN = "（保密）"


def revision(
    actor: Actor, entry: Entry, deed: str, values: Mapping[str, Any], source: str, note: str = ""
) -> Revision:
    """An unsaved revision of an entry at its present version."""
    return Revision(
        subject_of=entry.subject,
        number=entry.version,
        at=clock.now(),
        deed=deed,
        by=actor.id,
        by_name=actor.name,
        source=source[:200],
        note=note[:300],
        values=dict(values),
    )


def note(
    actor: Actor, entry: Entry, deed: str, values: Mapping[str, Any], source: str, remark: str = ""
) -> Revision:
    """Keep what an edit said. Call it in the transaction of the edit, after the version has grown."""
    made = revision(actor, entry, deed, values, source, remark)
    made.save(force_insert=True)
    return made


def told(entry: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit trail tells them: of a confidential entry only which fields were touched."""
    if is_hidden(entry):
        return dict.fromkeys(values, HIDDEN)
    return dict(values)


def remark(entry: Entry, text: str) -> str:
    """A reason or note as the audit trail tells it: nothing of what is said about a confidential entry."""
    return HIDDEN if text and is_hidden(entry) else text


def is_hidden(entry: Entry) -> bool:
    """Whether an entry must not be described to people outside: an achievement before filing, and its patents."""
    if isinstance(entry, Patent):
        return entry.achievement is not None and entry.achievement.is_confidential
    return isinstance(entry, Achievement) and entry.is_confidential


def hidden_subjects(subjects: Iterable[str]) -> set[str]:
    """Those of the subjects that belong to hidden entries."""
    found: set[str] = set()
    for subject in subjects:
        kind, key = kind_of_subject(subject), key_of_subject(subject)
        if kind is not None and kind.name in (ACHIEVEMENT.name, PATENT.name) and key is not None:
            entry = kind.model._default_manager.filter(pk=key).first()
            found |= {subject} if entry is not None and is_hidden(entry) else set()
    return found
