"""Draws without chance: what comes out depends on the words that go in and on nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Draw:
    """Draws for one thing, named by `seed`; each draw has a label of its own."""

    seed: str

    def whole(self, label: str, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        digest = hashlib.sha256(f"{self.seed}/{label}".encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def pick(self, label: str, among: Sequence[T]) -> T:
        """One of these."""
        return among[self.whole(label, 0, len(among) - 1)]

    def chance(self, label: str, percent: int) -> bool:
        """Yes in about `percent` of a hundred names."""
        return self.whole(label, 1, 100) <= percent
