"""Relate very many entries at once: one transaction, one audit entry; relations that last already stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.registry.models import Entry, Relation
from huanchuang.registry.services.links import refuse_ends

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation to be made; the words are those of `links.relate`."""

    type: str
    source_entry: Entry
    target_entry: Entry
    since: dt.date | None = None
    order: int = 0
    source: str = ""
    note: str = ""


def relate_many(actor: audit.Actor, ties: Iterable[Tie], digest: str, note: str = "") -> int:
    """Make the relations that do not last yet; `digest` is the sha256 of their source. Returns how many are new.

    Raises ProblemError for the first whose ends its type does not join; nothing is written then.
    """
    wanted: dict[tuple[str, str, str], Tie] = {}
    for tie in ties:
        refuse_ends(tie.type, tie.source_entry, tie.target_entry)
        wanted.setdefault((tie.type, tie.source_entry.subject, tie.target_entry.subject), tie)
    with transaction.atomic():
        lasting = Relation.objects.filter(until=None, type__in={key[0] for key in wanted})
        known = set(lasting.values_list("type", "from_subject", "to_subject"))
        fresh = [_relation(tie) for key, tie in wanted.items() if key not in known]
        Relation.objects.bulk_create(fresh, batch_size=AT_ONCE)
        if fresh:
            audit.record_bulk(
                actor, "registry.relation.make_many", note or "registry.relation", digest, len(fresh)
            )
    return len(fresh)


def _relation(tie: Tie) -> Relation:
    return Relation(
        type=tie.type,
        from_subject=tie.source_entry.subject,
        to_subject=tie.target_entry.subject,
        since=tie.since,
        order=tie.order,
        source=tie.source[:120],
        note=tie.note[:200],
    )
