"""Putting waiting notices into mails: at once under the daily cap, else into the digest of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import WorkCalendar
from huanchuang.notices.models import ByMail, Mail, MailMode, Notice, Preference
from huanchuang.notices.services.quiet import digest_moment, is_quiet

WAITING = (ByMail.OPEN.value, ByMail.DIGEST.value)


def pack_due(now: dt.datetime, calendar: WorkCalendar) -> None:
    """Write the mails that are due at `now`, user by user, each in its own transaction."""
    Notice.objects.filter(Q(by_mail__in=WAITING), ~Q(read_at=None) | Q(user__email="")).update(
        by_mail=ByMail.NONE
    )
    users = (
        Notice.objects.filter(by_mail__in=WAITING)
        .order_by("user_id")
        .values_list("user_id", flat=True)
        .distinct()
    )
    for user_id in users:
        _pack_user(user_id, now, calendar)


@transaction.atomic
def _pack_user(user_id: int, now: dt.datetime, calendar: WorkCalendar) -> None:
    user = User.objects.select_for_update().get(pk=user_id)  # one packer at a time, so that the cap holds
    preference = Preference.objects.filter(user=user).first() or Preference(user=user)
    if preference.mode == MailMode.OFF or not user.is_active:
        _waiting(user).update(by_mail=ByMail.NONE)
        return
    if is_quiet(preference, now, calendar):
        return
    if preference.mode == MailMode.AT_ONCE:
        _pack_singly(user, preference, now)
    _pack_digest(user, preference, now)


def _waiting(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user, by_mail__in=WAITING)


def _pack_singly(user: User, preference: Preference, now: dt.datetime) -> None:
    sent = Mail.objects.filter(user=user, day=now.date(), is_digest=False).count()
    left = max(0, preference.daily_cap - sent)
    due = list(_waiting(user).filter(by_mail=ByMail.OPEN).order_by("told_at", "id"))
    for notice in due[:left]:
        _write_mail(user, [notice.pk], now, is_digest=False)
    _waiting(user).filter(by_mail=ByMail.OPEN).update(by_mail=ByMail.DIGEST)


def _pack_digest(user: User, preference: Preference, now: dt.datetime) -> None:
    moment = digest_moment(preference, now)
    if preference.digest_on == now.date() or now < moment:
        return
    due = list(_waiting(user).filter(told_at__lt=moment).values_list("pk", flat=True))
    if not due:
        return
    _write_mail(user, due, now, is_digest=True)
    Preference.objects.update_or_create(user=user, defaults={"digest_on": now.date()})


def _write_mail(user: User, notices: Iterable[int], now: dt.datetime, *, is_digest: bool) -> None:
    mail = Mail.objects.create(user=user, day=now.date(), is_digest=is_digest, next_try_at=now)
    Notice.objects.filter(pk__in=list(notices)).update(by_mail=ByMail.TAKEN, mail=mail)
