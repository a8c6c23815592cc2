"""The form of a message."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """One sentence for the mistake and one for the remedy, in Chinese and English, with ``{blanks}``."""

    what: str
    remedy: str
    what_en: str
    remedy_en: str
