"""Attaching files to an entry and taking them off; the files slice keeps, checks and audits them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.audit.services import Actor
from huanchuang.files.models import StoredFile
from huanchuang.files.services import attach, detach, store
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import kind_of

PERSONAL_KINDS = frozenset({"person"})
"""Kinds whose papers are about one human being: each download is a recorded look."""


def attach_files(actor: Actor, entry: Entry, uploads: Iterable[UploadedFile[bytes]]) -> list[StoredFile]:
    """Keep uploads and attach them to an entry. Raises ProblemError for the first that is refused; none is attached then."""
    kept = [store(upload, upload.name or "", actor) for upload in uploads]
    with transaction.atomic():
        for stored in kept:
            attach(stored, entry.subject, actor, personal=kind_of(entry).name in PERSONAL_KINDS)
    return kept


def detach_file(actor: Actor, entry: Entry, stored: StoredFile) -> None:
    """Take a file off an entry; its content goes when nothing has used it for some days."""
    detach(stored, entry.subject, actor)
