"""Files attached to entries: which there are, and who may open them."""

from __future__ import annotations

from collections.abc import Sequence

from huanchuang.accounts.models import User
from huanchuang.files.models import Use
from huanchuang.files.queries import files_of
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Document, Entry
from huanchuang.registry.queries.kinds import kind_of_subject
from huanchuang.registry.queries.visibility import sees_inside, visible


def files_for(user: User, entry: Entry) -> Sequence[Use]:
    """The files of an entry that this person may open."""
    return list(files_of(entry.subject)) if opens_files(user, entry) else []


def opens_files(user: User, entry: Entry) -> bool:
    """Papers of the district open for everybody who sees them; what is attached to other entries is their owner's."""
    return isinstance(entry, Document) or sees_inside(user, entry)


def may_read_files(user: User, subject: str) -> bool:
    """For the download: whether this person may open the files of the entry that a subject names."""
    kind, key = kind_of_subject(subject), key_of_subject(subject)
    if kind is None or key is None:
        return False
    entry = visible(user, kind).filter(pk=key).first()
    return entry is not None and opens_files(user, entry)
