"""Compound files (.doc, .xls, .ppt, .wps, and the shell around an encrypted docx): never taken, but told apart."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from huanchuang.files.services.refusals import Refused

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOK_AT = 8 << 20


def check_old_office(path: Path) -> NoReturn:
    """Raise Refused: `encrypted` for a docx or xlsx with a password, `legacy_office` for anything else."""
    with path.open("rb") as handle:
        beginning = handle.read(_LOOK_AT)
        handle.seek(max(0, path.stat().st_size - _LOOK_AT))
        ending = handle.read()
    if _ENCRYPTED in beginning or _ENCRYPTED in ending:
        raise Refused("encrypted")
    raise Refused("legacy_office")
