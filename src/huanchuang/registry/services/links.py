"""How entries hang together: relations are made and ended, qualifications granted and revoked; nothing is erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Entry, Organisation, Qualification, Relation
from huanchuang.registry.queries.kinds import RELATION_TYPES, kind_of
from huanchuang.registry.services.revise import hidden_subjects

QUALIFICATION_FIELDS = ("level", "number", "issued_by", "valid_until", "source")


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
    _refuse_ends(type_name, source_entry, target_entry)
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
    """End a relation; `until` is its last day (yesterday when not said, but not before it began)."""
    with transaction.atomic():
        stored = Relation.objects.select_for_update().get(pk=relation.pk)
        if stored.until is None:
            last = until or clock.today() - dt.timedelta(days=1)
            stored.until = max(last, stored.since) if stored.since else last
            save_versioned(stored, stored.version)
            after = {"type": stored.type, "until": stored.until.isoformat()}
            _record(actor, "registry.relation.end", stored, after)
    return stored


def _record(actor: audit.Actor, verb: str, relation: Relation, after: Mapping[str, Any]) -> None:
    """One entry at each end; where an end is hidden, none at the other: its history would tell that there is something."""
    ends = (relation.from_subject, relation.to_subject)
    hidden = hidden_subjects(ends)
    for subject in ends:
        if not hidden or subject in hidden:
            told = {"type": relation.type} if hidden else after
            audit.record(actor, verb, subject, after=told)


def _refuse_ends(type_name: str, source_entry: Entry, target_entry: Entry) -> None:
    type_ = RELATION_TYPES[type_name]
    fits = kind_of(source_entry).name in type_.sources and kind_of(target_entry).name in type_.targets
    if not fits or source_entry.subject == target_entry.subject:
        raise refuse(
            "registry.relation.ends",
            ("关系", f"“{type_.forward}”不能连接这两条记录", "请换一种关系或另选一条记录"),
            ("Relation", "this type does not join these two entries", "Choose another type or another entry"),
        )


def qualify(
    actor: audit.Actor, organisation: Organisation, kind: str, valid_from: dt.date, **values: Any
) -> Qualification:
    """Say that an organisation is recognised as something from a day on; saying it again completes what was said.

    `values`: level, number, issued_by, valid_until, source. ProblemError for an unknown kind or days out of order.
    """
    given = {name: value for name, value in values.items() if name in QUALIFICATION_FIELDS}
    _refuse_qualification(kind, valid_from, given.get("valid_until"))
    with transaction.atomic():
        made, new = Qualification.objects.select_for_update().get_or_create(
            organisation=organisation, kind=kind, valid_from=valid_from, defaults=given
        )
        changed = {name: value for name, value in given.items() if getattr(made, name) != value}
        if not new and not changed:
            return made
        if not new:
            for name, value in changed.items():
                setattr(made, name, value)
            save_versioned(made, made.version)
        after = {
            "kind": kind,
            "valid_from": valid_from.isoformat(),
            **{n: _plain(v) for n, v in given.items() if v},
        }
        audit.record(actor, "registry.qualification.grant", organisation.subject, after=after)
    return made


def revoke_qualification(
    actor: audit.Actor, qualification: Qualification, on: dt.date, reason: str
) -> Qualification:
    """Take a qualification back from a day on, with the reason; it stays in the records."""
    if not reason.strip():
        raise refuse(
            "registry.qualification.reason",
            ("取消原因", "不能为空", "请写明依据和文号"),
            ("Reason", "is empty", "Say why, with the paper's number"),
        )
    with transaction.atomic():
        stored = (
            Qualification.objects.select_for_update().select_related("organisation").get(pk=qualification.pk)
        )
        if stored.revoked_on is None:
            stored.revoked_on, stored.revoked_because = on, reason.strip()[:200]
            save_versioned(stored, stored.version)
            after = {"kind": stored.kind, "revoked_on": on.isoformat()}
            audit.record(
                actor, "registry.qualification.revoke", stored.organisation.subject, after=after, note=reason
            )
    return stored


def _refuse_qualification(kind: str, valid_from: dt.date, valid_until: dt.date | None) -> None:
    tree = vocabulary.code_tree("qualifications")
    if kind not in tree:
        known = "、".join(tree.name(code) for code in tree.roots()[:8])
        raise refuse(
            "registry.qualification.kind",
            ("资质", f"词表里没有“{kind}”", f"请选择词表中的资质，例如：{known}"),
            ("Qualification", f'the vocabulary has no "{kind}"', "Choose one of the list"),
        )
    if valid_until is not None and valid_until < valid_from:
        raise refuse(
            "registry.qualification.days",
            ("有效期止", f"{valid_until}早于有效期起{valid_from}", "请核对这两个日期"),
            ("Valid until", f"{valid_until} is before {valid_from}", "Check the two days"),
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
