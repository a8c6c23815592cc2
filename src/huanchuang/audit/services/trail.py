"""Adding to the trail: one insert each, inside the transaction of the service that did the deed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from huanchuang.audit.models import Entry, Kind
from huanchuang.audit.services.digest import canonical, entry_digest
from huanchuang.orm.masking import masked, scrubbed


@dataclass(frozen=True)
class Actor:
    """Who acts: id and name as they stand now, where from, and for what purpose when one was given."""

    id: str
    name: str
    address: str = ""
    purpose: str = ""


SYSTEM = Actor("system", "系统")
"""The product itself: the ticker, migrations, jobs nobody asked for."""


def record(
    actor: Actor,
    verb: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Record a write: `verb` like "steering.task.report_progress", `subject` like "steering.task:7".

    `before` and `after` hold the changed values only; personal fields are masked here.
    """
    _append(actor, Kind.WRITE, verb, subject, _text_of(before), _text_of(after), note)


def record_look(actor: Actor, subject: str, fields: list[str], purpose: str) -> None:
    """Record a look at unmasked personal data: which fields of whom, and what for."""
    asking = Actor(actor.id, actor.name, actor.address, purpose)
    _append(asking, Kind.LOOK, "audit.personal.look", subject, "", _text_of({"fields": sorted(fields)}), "")


def record_bulk(actor: Actor, verb: str, subject: str, file_digest: str, count: int) -> None:
    """Record a bulk load as one entry: the digest of the file and the number of rows taken from it."""
    _append(actor, Kind.BULK, verb, subject, "", _text_of({"file_sha256": file_digest, "count": count}), "")


def _text_of(values: Mapping[str, Any] | None) -> str:
    return "" if values is None else canonical(masked(values))


def _append(actor: Actor, kind: Kind, verb: str, subject: str, before: str, after: str, note: str) -> None:
    entry = Entry(
        at=timezone.now(),
        kind=kind.value,
        actor_id=_clean(actor.id, 64),
        actor_name=_clean(actor.name, 120),
        address=_clean(actor.address, 64),
        purpose=scrubbed(_clean(actor.purpose, 300)),
        verb=_clean(verb, 120),
        subject=_clean(subject, 200),
        before=before,
        after=after,
        note=scrubbed(_clean(note)),
    )
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)


def _clean(text: str, limit: int | None = None) -> str:
    """Text every database takes unchanged: no NUL, no lone surrogates, not longer than its column."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:limit]
