"""Removing what nothing uses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from huanchuang.audit.services import SYSTEM, Actor, record
from huanchuang.files.models import StoredFile
from huanchuang.files.queries import folder
from huanchuang.files.services.blobs import lock

KEPT_DAYS = 30


def unused(days: int = KEPT_DAYS) -> QuerySet[StoredFile]:
    """Files that nothing uses and that came or changed more than `days` days ago."""
    return StoredFile.objects.filter(uses=None, updated_at__lt=timezone.now() - dt.timedelta(days=days))


def remove_unused(days: int = KEPT_DAYS, actor: Actor = SYSTEM) -> int:
    """Remove unused files older than `days` days, their contents, and abandoned uploads. Returns how many rows went.
    A file to which another table holds a protecting key stays.

    A row goes first; its content goes when no row names it and it is old enough: content placed again meanwhile is young.
    """
    removed = sum(_forget(stored, days, actor) for stored in unused(days).order_by("id"))
    _remove_contents(timezone.now() - dt.timedelta(days=days))
    return removed


@transaction.atomic
def _forget(stored: StoredFile, days: int, actor: Actor) -> bool:
    still = unused(days).select_for_update(of=("self",)).filter(pk=stored.pk).first()
    if still is None:
        return False
    try:
        still.delete()
    except ProtectedError:  # a slice holds it by a key of its own without having said that it uses it
        return False
    record(actor, "files.file.remove", stored.subject, before={"name": stored.name, "digest": stored.digest})
    return True


def _remove_contents(before: dt.datetime) -> None:
    for path in sorted(folder().glob("*/*")):
        with lock(exclusive=True):
            if (
                _is_old(path, before)
                and not StoredFile.objects.filter(digest=path.parent.name + path.name).exists()
            ):
                path.unlink()


def _is_old(path: Path, before: dt.datetime) -> bool:
    return path.is_file() and path.stat().st_mtime < before.timestamp()
