"""What a paper proposes: items that a person confirms, changes or drops, each with its passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

KINDS = ("frame", "requirement", "amount", "window", "group", "left")
"""frame: title, number, issuer, validity, office, budget, once; left: what was not understood."""
SURE, LIKELY, OPEN = "high", "medium", "low"
"""high: read word by word; medium: one word was taken in its usual sense; low: left to a person."""
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal.

    ``start`` and ``end`` count characters of the paper, and ``paper[start:end] == text``; an item that was put together
    from elsewhere (a date computed from a term) keeps the passage it rests on. ``value`` holds what would enter the
    draft, by the names of the form of policies: ``by``, ``when``, ``papers`` of a requirement, ``is`` of an amount.
    """

    kind: str
    id: str
    start: int
    end: int
    text: str
    clause: str = ""
    value: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    confidence: str = OPEN
    why: str = ""
    why_en: str = ""

    def reason(self, language: str = "zh") -> str:
        """Why it was read so, in plain words."""
        return self.why_en if language.startswith("en") and self.why_en else self.why


@dataclass(frozen=True, slots=True)
class Proposal:
    """All items of a paper in the order of its text, the frame first."""

    items: tuple[Item, ...]

    def of(self, kind: str) -> tuple[Item, ...]:
        """The items of one kind."""
        return tuple(item for item in self.items if item.kind == kind)

    def frame(self, name: str) -> str:
        """One value of the frame (title, valid_from, office …), empty where the paper does not say."""
        return next(
            (item.value[name] for item in self.items if item.kind == "frame" and name in item.value), ""
        )
