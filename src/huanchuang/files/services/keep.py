"""Taking an upload: to the disk in pieces, checked, settled under its digest, written down."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.audit.services import Actor, record
from huanchuang.files.models import StoredFile
from huanchuang.files.services import blobs
from huanchuang.files.services.inspect import inspect
from huanchuang.files.services.names import display_name
from huanchuang.files.services.refusals import refusal

ACCEPTED = frozenset({"docx", "pdf", "html", "txt", "md", "xlsx", "csv", "png", "jpg"})
PIECE = 1 << 20
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""What the operating system says when nothing more can be written."""


def store(
    upload: UploadedFile[bytes] | bytes, name: str, actor: Actor, accept: Iterable[str] = ACCEPTED
) -> StoredFile:
    """Check an upload and keep it; the same content under the same name is kept once.

    Raises ProblemError (zh and en) when it is refused; nothing is left behind then.
    """
    shown = display_name(name)
    try:
        with _arrived(upload, shown) as (path, digest):
            finding = inspect(path, shown, frozenset(accept))
            size = path.stat().st_size
            blobs.settle(path, digest)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise refusal("no_room", shown) from error
        raise
    with transaction.atomic():
        stored, new = StoredFile.objects.select_for_update().get_or_create(
            digest=digest,
            kind=finding.kind,
            name=shown,
            defaults={
                "size": size,
                "notes": finding.notes,
                "added_by_id": actor.id,
                "added_by_name": actor.name,
            },
        )
        if not new:
            stored.save(update_fields=["updated_at"])  # young again, so that it is not removed as unused
        after = {"name": shown, "digest": digest, "kind": finding.kind, "size": size, "new": new}
        record(actor, "files.file.store", stored.subject, after=after)
    return stored


@contextmanager
def _arrived(upload: UploadedFile[bytes] | bytes, name: str) -> Iterator[tuple[Path, str]]:
    """The upload as a private file that is gone afterwards, with its SHA-256."""
    descriptor, path = tempfile.mkstemp(dir=blobs.incoming())
    temporary = Path(path)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            digest = hashlib.sha256()
            for piece in _pieces_within_limit(upload, name):
                digest.update(piece)
                handle.write(piece)
            handle.flush()
            os.fsync(handle.fileno())
        yield temporary, digest.hexdigest()
    finally:
        temporary.unlink(missing_ok=True)


def _pieces_within_limit(upload: UploadedFile[bytes] | bytes, name: str) -> Iterator[bytes]:
    limit: int = settings.HUANCHUANG_FILE_LIMIT
    too_large = refusal("too_large", name, limit=_megabytes(limit))
    if not isinstance(upload, bytes) and (upload.size or 0) > limit:
        raise too_large
    total = 0
    for piece in (upload,) if isinstance(upload, bytes) else upload.chunks(PIECE):
        total += len(piece)
        if total > limit:
            raise too_large
        yield piece
    if not total:
        raise refusal("empty", name)


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):g} MB"
