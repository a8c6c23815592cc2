"""Names of uploads, made fit to be shown."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
UNSAFE = frozenset('<>:"/\\|?*')


def display_name(given: str) -> str:
    """The last part of the given path without control, bidirectional and other invisible characters.

    Names such as “report‮fdp.exe”, which reads backwards on screen, thereby show their true ending.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    normal = unicodedata.normalize("NFC", last)
    shown = "".join(char for char in normal if unicodedata.category(char)[0] != "C" and char not in UNSAFE)
    tidy = " ".join(shown.split()).strip(" .")
    return _shortened(tidy) or "未命名"


def suffix_of(name: str) -> str:
    """The ending of a name in lower case, without its dot; jpeg, htm and markdown under their usual names."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    return {"jpeg": "jpg", "htm": "html", "markdown": "md"}.get(ending, ending)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 2]}….{ending}"
