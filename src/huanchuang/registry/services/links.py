"""How entries hang together: relations are made and ended, never erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Entry, Relation
from huanchuang.registry.queries.kinds import RELATION_TYPES, kind_of
from huanchuang.registry.services.revise import hidden_subjects


def relate(
    actor: audit.Actor,
    type_name: str,
    source_entry: Entry,
    target_entry: Entry,
    *,
    since: dt.date | None = None,
    order: int = 0,
    source: str = "",
    note: str = "",
) -> Relation:
    """Let one entry stand to another in a typed relation; the same one that lasts already stays as it is.

    Raises ProblemError for ends that the type does not join, or an entry related to itself.
    """
    refuse_ends(type_name, source_entry, target_entry)
    if since is not None and since > clock.today():
        raise refuse(
            "registry.relation.since",
            ("起始日期", f"{since}晚于今天", "请填关系开始的日期，不清楚就留空"),
            ("Since", f"{since} is later than today", "Give the day on which it began, or leave it empty"),
        )
    with transaction.atomic():
        made, new = Relation.objects.get_or_create(
            type=type_name,
            from_subject=source_entry.subject,
            to_subject=target_entry.subject,
            until=None,
            defaults={"since": since, "order": order, "source": source[:120], "note": note[:200]},
        )
        if new:
            after = {"type": type_name, "from": made.from_subject, "to": made.to_subject}
            _record(actor, "registry.relation.make", made, after)
    return made


def unrelate(actor: audit.Actor, relation: Relation, until: dt.date | None = None) -> Relation:
    """End a relation; `until` is its last day (yesterday when not said, but not before it began).

    Raises ProblemError for a day before it began or after today. One that has ended stays as it is.
    """
    with transaction.atomic():
        stored = Relation.objects.select_for_update().get(pk=relation.pk)
        if stored.until is None:
            if until is not None and not _fits(stored, until):
                raise refuse(
                    "registry.relation.until",
                    ("结束日期", f"{until}不在{stored.since or '开始'}至今天之间", "请填关系的最后一天"),
                    ("Until", f"{until} is not between {stored.since or 'its beginning'} and today", "Give its last day"),
                )  # fmt: skip
            last = until or clock.today() - dt.timedelta(days=1)
            stored.until = max(last, stored.since) if stored.since else last
            save_versioned(stored, stored.version)
            after = {"type": stored.type, "until": stored.until.isoformat()}
            _record(actor, "registry.relation.end", stored, after)
    return stored


def _fits(relation: Relation, until: dt.date) -> bool:
    return until <= clock.today() and (relation.since is None or relation.since <= until)


def _record(actor: audit.Actor, verb: str, relation: Relation, after: Mapping[str, Any]) -> None:
    """One entry at each end; where an end is hidden, none at the other: its history would tell that there is something."""
    ends = (relation.from_subject, relation.to_subject)
    hidden = hidden_subjects(ends)
    for subject in ends:
        if not hidden or subject in hidden:
            told = {"type": relation.type} if hidden else after
            audit.record(actor, verb, subject, after=told)


def refuse_ends(type_name: str, source_entry: Entry, target_entry: Entry) -> None:
    type_ = RELATION_TYPES[type_name]
    fits = kind_of(source_entry).name in type_.sources and kind_of(target_entry).name in type_.targets
    if not fits or source_entry.subject == target_entry.subject:
        raise refuse(
            "registry.relation.ends",
            ("关系", f"“{type_.forward}”不能连接这两条记录", "请换一种关系或另选一条记录"),
            ("Relation", "this type does not join these two entries", "Choose another type or another entry"),
        )
