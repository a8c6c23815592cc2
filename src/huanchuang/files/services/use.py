"""What uses a file, and who took it away."""

from __future__ import annotations

from django.db import transaction

from huanchuang.accounts.models import FieldClass
from huanchuang.audit.services import Actor, record, record_look
from huanchuang.files.models import StoredFile, Use


@transaction.atomic
def attach(
    stored: StoredFile,
    subject: str,
    actor: Actor,
    field_class: str = FieldClass.OWNER,
    *,
    personal: bool = False,
) -> Use:
    """Say that `subject` (`app.model:id`) uses the file; the same use twice is one. `personal`: downloads are audited."""
    use, new = Use.objects.get_or_create(
        stored=stored,
        about=subject,
        defaults={
            "field_class": field_class,
            "is_personal": personal,
            "added_by_id": actor.id,
            "added_by_name": actor.name,
        },
    )
    if new:
        record(actor, "files.use.attach", subject, after={"file": stored.name, "digest": stored.digest})
    return use


@transaction.atomic
def detach(stored: StoredFile, subject: str, actor: Actor) -> None:
    """Say that `subject` uses the file no longer. The file stays until nothing has used it for some days."""
    removed, _rows = Use.objects.filter(stored=stored, about=subject).delete()
    if removed:
        record(actor, "files.use.detach", subject, before={"file": stored.name, "digest": stored.digest})


@transaction.atomic
def note_download(use: Use, actor: Actor) -> None:
    """Enter a download in the audit trail where the file holds personal data."""
    if use.is_personal:
        record_look(actor, use.about, [f"files.storedfile:{use.stored_id}"], actor.purpose or "下载文件")
