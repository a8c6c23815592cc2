"""Reading files."""

from __future__ import annotations

from django.db.models import QuerySet

from huanchuang.files.models import StoredFile, Use
from huanchuang.files.services.blobs import place_of


def content(stored: StoredFile) -> bytes:
    """The content of a stored file."""
    return place_of(stored.digest).read_bytes()


def uses_of(stored: StoredFile) -> QuerySet[Use]:
    """What uses the file, oldest first."""
    return Use.objects.filter(stored=stored).order_by("id")
