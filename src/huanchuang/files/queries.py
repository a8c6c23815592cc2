"""Reading files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files.effects import reader_allowed
from huanchuang.files.models import StoredFile, Use


def folder() -> Path:
    """Where the contents lie."""
    return Path(settings.HUANCHUANG_DATA) / "files"


def place_of(digest: str) -> Path:
    """The path of the content with this SHA-256, whether it is there or not."""
    return folder() / digest[:2] / digest[2:]


def content(stored: StoredFile) -> bytes:
    """The content of a stored file, compared with its digest.

    Raises ProblemError when it is missing on the disk or was changed there.
    """
    path = place_of(stored.digest)
    data = path.read_bytes() if path.is_file() else None
    if data is None or hashlib.sha256(data).hexdigest() != stored.digest:
        raise refuse(
            "files.content_lost",
            (f"文件“{stored.name}”", "存储中的内容缺失或已被改动", "请管理员从备份恢复，或重新上传原件。"),
            (
                f"File {stored.name}",
                "its stored content is missing or was changed",
                "Restore a backup or upload it again.",
            ),
        )
    return data


def files_of(subject: str) -> QuerySet[Use]:
    """The uses of files by a subject `app.model:id`, oldest first, each with its file."""
    return Use.objects.filter(about=subject).select_related("stored").order_by("id")


def readable_use(stored: StoredFile, user: User) -> Use | None:
    """The use through which `user` may read the file: one of a subject that lets them; None where there is none.

    A use without personal data is preferred, so that no look is entered where none was needed.
    """
    for use in Use.objects.filter(stored=stored).order_by("is_personal", "id"):
        if reader_allowed(user, use.about):
            return use
    return None
