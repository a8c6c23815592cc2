"""Regions as they stand in names and addresses: which words name one, and whether two may be the same place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Node = tuple[str, ...]
"""A region as the names from the widest to the narrowest."""
_LONGEST = 14
_ENDING = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|省|市|区|县|旗|盟)$")


class Places:
    """The regions there are, under every way they are written.

    `chains` name each region with those above it; a bare stem (云澜 for 云澜市) is known for the first `stems` levels
    and for every region in `home`, the platform's own chain of regions, because 长安 or 新华 in a brand is seldom a county.
    """

    def __init__(
        self, chains: Iterable[Sequence[str]], stems: int = 2, home: Iterable[Sequence[str]] = ()
    ) -> None:
        self._full: dict[str, set[Node]] = {}
        self._stems: dict[str, set[Node]] = {}
        for chain in chains:
            self._enter(tuple(chain), with_stem=len(chain) <= stems)
        for chain in home:
            self._enter(tuple(chain), with_stem=True)

    def _enter(self, node: Node, *, with_stem: bool) -> None:
        for depth in range(1, len(node) + 1):
            part = node[:depth]
            self._full.setdefault(part[-1], set()).add(part)
        stem = _ENDING.sub("", node[-1])
        if with_stem and len(stem) > 1 and stem != node[-1]:
            self._stems.setdefault(stem, set()).add(node)

    def exactly(self, text: str) -> frozenset[Node]:
        """The regions that `text` names, in full or by its stem, with those above it in front or not."""
        nodes, rest = self.leading(text, stems=True)
        return nodes if not rest else frozenset()

    def leading(self, text: str, *, stems: bool) -> tuple[frozenset[Node], str]:
        """The regions that `text` begins with, the narrowest that fit each other, and the rest of the text."""
        found: frozenset[Node] = frozenset()
        while True:
            nodes, length = self._longest(text, found, stems=stems)
            if not nodes:
                return found, text
            found, text = nodes, text[length:]

    def _longest(self, text: str, above: frozenset[Node], *, stems: bool) -> tuple[frozenset[Node], int]:
        for length in range(min(_LONGEST, len(text)), 1, -1):
            word = text[:length]
            nodes = self._full.get(word) or (self._stems.get(word) if stems else None) or set()
            fitting = frozenset(
                node for node in nodes if not above or any(within(node, one) for one in above)
            )
            if fitting:
                return fitting, length
        return frozenset(), 0

    def trailing_stem(self, text: str) -> int:
        """How many signs at the end of `text` name a region in full or by its stem; 0 for none."""
        for length in range(min(_LONGEST, len(text)), 1, -1):
            if text[-length:] in self._full or text[-length:] in self._stems:
                return length
        return 0


def within(node: Node, above: Node) -> bool:
    """Whether `node` lies below `above` (not the same)."""
    return len(node) > len(above) and node[: len(above)] == above


def compatible(one: Iterable[Node], other: Iterable[Node]) -> bool:
    """Whether two texts may speak of one place: the same region, or one within the other."""
    others = tuple(other)
    return any(a == b or within(a, b) or within(b, a) for a in one for b in others)
