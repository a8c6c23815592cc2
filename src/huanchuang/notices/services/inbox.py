"""Notices in the product: telling, reading, and how each user wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from huanchuang.accounts.models import User
from huanchuang.audit.services import Actor, record
from huanchuang.notices.models import Notice, Preference


@transaction.atomic
def notify(
    users: Iterable[User], kind: str, title: str, body: str = "", link: str = "", dedupe: str = ""
) -> int:
    """Tell each of `users` once; with a `dedupe` key, once for ever per user and key. Returns how many were told.

    `link` is a path of this site. The title may go out by e-mail, the body never does: keep personal data in the body.
    """
    people = {user.pk: user for user in users if user.is_active}
    if dedupe:
        told = Notice.objects.filter(user__in=people, dedupe=dedupe).values_list("user_id", flat=True)
        people = {pk: user for pk, user in people.items() if pk not in set(told)}
    rows = [
        Notice(user=user, kind=kind, title=_one_line(title), body=body, link=_own_path(link), dedupe=dedupe)
        for user in people.values()
    ]
    Notice.objects.bulk_create(
        rows, ignore_conflicts=True
    )  # another process may tell the same thing right now
    return len(rows)


def _one_line(title: str) -> str:
    return " ".join(title.split())[:200]


def _own_path(link: str) -> str:
    here = link.startswith("/") and url_has_allowed_host_and_scheme(link, allowed_hosts=None)
    return link if here and len(link) <= 300 else ""


@transaction.atomic
def mark_read(user: User, notice_id: int, actor: Actor) -> None:
    """The user has read one of the own notices; others' notices stay as they are."""
    changed = Notice.objects.filter(pk=notice_id, user=user, read_at=None).update(read_at=timezone.now())
    if changed:
        record(actor, "notices.notice.mark_read", f"notices.notice:{notice_id}")


@transaction.atomic
def mark_all_read(user: User, actor: Actor) -> int:
    """The user has read everything. Returns how many notices that were."""
    changed = Notice.objects.filter(user=user, read_at=None).update(read_at=timezone.now())
    if changed:
        record(actor, "notices.notice.mark_all_read", f"accounts.user:{user.pk}", after={"count": changed})
    return changed


@transaction.atomic
def set_preference(user: User, actor: Actor, **values: Any) -> Preference:
    """Change how the user wants to be told (fields of Preference)."""
    preference, _new = Preference.objects.select_for_update().get_or_create(user=user)
    before = {name: str(getattr(preference, name)) for name in values}
    for name, value in values.items():
        setattr(preference, name, value)
    preference.save()
    after = {name: str(value) for name, value in values.items()}
    record(actor, "notices.preference.change", preference.subject, before=before, after=after)
    return preference
