"""Giving and taking back rights on single objects."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from huanchuang.accounts.models import FieldClass, Grant, Role, User
from huanchuang.accounts.queries import READING_VERBS, roles_for
from huanchuang.audit.services import Actor, record
from huanchuang.engines.kernel import refuse
from huanchuang.orm.models import save_versioned


@transaction.atomic
def grant(
    actor: Actor,
    user: User,
    subject: str,
    reason: str,
    *,
    deed: str = "",
    field_class: str = "",
    until: dt.date | None = None,
) -> Grant:
    """Give `user` the right to do `deed`, or to see fields of `field_class`, on `subject`, until that day inclusive.

    ProblemError without object or reason, with neither or an unknown deed, a day that is over, or writing for a leader.
    """
    _check(user, subject, reason, deed, field_class, until)
    made = Grant(
        user=user,
        subject_of=subject,
        deed=deed,
        field_class=field_class,
        until=until,
        granted_by=actor.name,
        reason=reason,
    )
    made.save()
    after = {"user": user.username, "on": subject, "deed": deed, "field_class": field_class, "until": until}
    record(
        actor,
        "accounts.grant.give",
        made.subject,
        None,
        {name: value for name, value in after.items() if value},
        reason,
    )
    return made


@transaction.atomic
def revoke(actor: Actor, given: Grant, reason: str = "") -> Grant:
    """Take a grant back now; it stays in the records. A grant already taken back stays as it was."""
    if given.revoked_at is None:
        given.revoked_at, given.revoked_by = timezone.now(), actor.name
        save_versioned(given, given.version)
        record(
            actor,
            "accounts.grant.revoke",
            given.subject,
            None,
            {"user": given.user.username, "on": given.subject_of},
            reason,
        )
    return given


def _check(user: User, subject: str, reason: str, deed: str, field_class: str, until: dt.date | None) -> None:
    if not subject or not reason.strip():
        raise refuse(
            "accounts.grant.incomplete",
            ("授权", "没有写明对象或理由", "请填写对象（如 steering.task:7）和理由"),
            ("grant", "object or reason is missing", "give the object (like steering.task:7) and the reason"),
        )
    if not _known(deed, field_class):
        raise refuse(
            "accounts.grant.unknown",
            ("授权", "操作或字段类别不存在", "请从列表中选择一项操作或一类字段"),
            ("grant", "there is no such deed or class of fields", "choose one from the list"),
        )
    if until is not None and until < timezone.localdate():
        raise refuse(
            "accounts.grant.over",
            ("有效期", f"{until} 已经过去", "请填今天或以后的日期，或留空表示长期有效"),
            ("until", f"{until} is over", "give today or a later day, or leave it empty"),
        )
    if user.role == Role.LEADER and deed and deed.rsplit(".", 1)[-1] not in READING_VERBS:
        raise refuse(
            "accounts.grant.leader",
            (user.name, "领导账户只读，不能授予写入操作", "请授予查看类操作，或改用其他角色的账户"),
            (user.name, "leaders read only", "grant a deed of reading, or use an account of another role"),
        )


def _known(deed: str, field_class: str) -> bool:
    if field_class:
        return field_class in FieldClass.values and (not deed or _declared(deed))
    return _declared(deed)


def _declared(deed: str) -> bool:
    try:
        roles_for(deed)
    except LookupError:
        return False
    return True
