"""Whole numbers that come from outside: the key in an address, the version in a hidden box, the box that was ticked."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 18
"""Digits that a column of keys holds whatever they are."""


def whole_number(text: str | None) -> int | None:
    """The number that was sent; None for anything else. A longer one would be an error of the database."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among what was sent, in its order; the rest is left out."""
    return [number for text in texts if (number := whole_number(text)) is not None]
