"""Reading the trail."""

from __future__ import annotations

from django.db.models import QuerySet

from huanchuang.audit.models import Entry


def history(subject: str, limit: int = 50) -> QuerySet[Entry]:
    """The newest entries about `subject`, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-id")[:limit]
