"""Files that the product makes itself: nobody's upload, so nothing to suspect; kept by the same hash and rows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.db import transaction

from huanchuang.audit.services import Actor, record
from huanchuang.files.models import StoredFile
from huanchuang.files.services import blobs
from huanchuang.files.services.names import display_name, suffix_of


def workplace() -> Path:
    """A folder on the disk of the files, where something large may be written before it is kept."""
    return blobs.incoming()


def keep_made(path: Path, name: str, actor: Actor) -> StoredFile:
    """Keep a finished file that lies in `workplace`; it is moved away from there. The audit trail names it."""
    shown = display_name(name)
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        os.fsync(handle.fileno())
    size = path.stat().st_size
    path.chmod(0o600)
    blobs.settle(path, digest)
    with transaction.atomic():
        stored, new = StoredFile.objects.get_or_create(
            digest=digest,
            kind=suffix_of(shown),
            name=shown,
            defaults={"size": size, "added_by_id": actor.id, "added_by_name": actor.name},
        )
        if not new:
            stored.save(update_fields=["updated_at"])
        after = {"name": shown, "digest": digest, "kind": stored.kind, "size": size, "new": new}
        record(actor, "files.file.make", stored.subject, after=after)
    return stored
