"""What an upload really is, found from its content, and whether it may be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import is_zipfile

from huanchuang.files.services.names import suffix_of
from huanchuang.files.services.office import check_office
from huanchuang.files.services.old_office import check_old_office
from huanchuang.files.services.pdf import check_pdf
from huanchuang.files.services.pictures import check_jpg, check_png
from huanchuang.files.services.refusals import Refused, refusal
from huanchuang.files.services.texts import TEXT_KINDS, check_text

Note = dict[str, str]


@dataclass(frozen=True)
class Finding:
    """The kind of the content, and what shall be known about it (`{"zh", "en"}` each)."""

    kind: str
    notes: list[Note] = field(default_factory=list)


def _archive(_path: Path) -> tuple[str, list[Note]]:
    raise Refused("archive")


SIGNATURES: tuple[tuple[bytes, Callable[[Path], tuple[str, list[Note]]]], ...] = (
    (b"PK\x03\x04", check_office),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", check_old_office),
    (b"%PDF-", check_pdf),
    (b"\x89PNG\r\n\x1a\n", check_png),
    (b"\xff\xd8\xff", check_jpg),
    (b"PK\x05\x06", _archive),
    (b"PK\x07\x08", _archive),
    (b"Rar!\x1a\x07", _archive),
    (b"7z\xbc\xaf\x27\x1c", _archive),
    (b"\x1f\x8b", _archive),
    (b"BZh", _archive),
    (b"\xfd7zXZ\x00", _archive),
)
"""First bytes → the check of that family, which returns kind and notes. What matches none must be text."""


def inspect(path: Path, name: str, accept: frozenset[str]) -> Finding:
    """Check the content of `path`, shown as `name`. Raises ProblemError when it is refused."""
    accepted = "、".join(sorted(accept))
    suffix = suffix_of(name)
    try:
        kind, notes = _check(path, suffix)
    except Refused as refused:
        details = {**refused.details, "accept": accepted}
        raise refusal(refused.reason, name, **details) from None
    if kind != suffix:
        raise refusal("name_disagrees", name, suffix=suffix, kind=kind)
    if kind not in accept:
        raise refusal("not_accepted", name, kind=kind, accept=accepted)
    return Finding(kind, notes)


def _check(path: Path, suffix: str) -> tuple[str, list[Note]]:
    with path.open("rb") as handle:
        head = handle.read(16)
    for signature, check in SIGNATURES:
        if head.startswith(signature):
            if signature != b"PK\x03\x04" and is_zipfile(path):
                raise Refused("two_in_one")
            return check(path)
    return check_text(path, suffix if suffix in TEXT_KINDS else "")
