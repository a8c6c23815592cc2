"""Reading notices."""

from __future__ import annotations

from django.db.models import F, QuerySet

from huanchuang.accounts.models import User
from huanchuang.notices.models import Notice, Preference


def unread(user: User) -> QuerySet[Notice]:
    """The unread notices of `user`, newest first."""
    return Notice.objects.filter(user=user, read_at=None)


def unread_count(user: User) -> int:
    """How many notices the user has not read; one query on an index, for the frame of every page."""
    return unread(user).count()


def inbox(user: User) -> QuerySet[Notice]:
    """All notices of `user`, unread ones first, then newest first."""
    return Notice.objects.filter(user=user).order_by(F("read_at").desc(nulls_first=True), "-told_at", "-id")


def preference(user: User) -> Preference:
    """How `user` wants to be told; the defaults (unsaved) where nothing was chosen."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)
