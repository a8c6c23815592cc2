"""Trees of codes as values: 26 holds 2641, 5001 holds 500107. Where they come from is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_REGION_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One code: its parent's code ("" at the top), its name, and other ways to write the code (C2641 for 2641)."""

    code: str
    parent: str = ""
    zh: str = ""
    en: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """A list or tree of codes. A code may also be written by its name or, for regions, without its closing zeros."""

    name: str
    nodes: Mapping[str, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, nodes: Iterable[Node]) -> Tree:
        """The tree of some codes."""
        return cls(name, {node.code: node for node in nodes})

    def find(self, text: str) -> Node | None:
        """The code written as `text`: the code itself, another spelling, or a name that only one code has."""
        code = self._spellings.get(text) or self._names.get(text)
        return self.nodes[code] if code else None

    def under(self, code: str) -> frozenset[str]:
        """Every spelling of a code and of all codes below it."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            current = waiting.pop()
            found.add(current)
            waiting.extend(child for child in self._children.get(current, ()) if child not in found)
        return self.spelled(found)

    def spelled(self, codes: Iterable[str]) -> frozenset[str]:
        """Every spelling of some codes."""
        wanted = set(codes)
        return frozenset(text for text, code in self._spellings.items() if code in wanted)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every spelling of every code: a text outside it is no code of this tree."""
        return frozenset(self._spellings)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Codes and names, for suggestions."""
        return (*self.nodes, *self._names)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for node in self.nodes.values():
            children.setdefault(node.parent, []).append(node.code)
        return children

    @cached_property
    def _spellings(self) -> dict[str, str]:
        found = {code: code for code in self.nodes}
        for node in self.nodes.values():
            for spelling in (*node.spellings, _without_zeros(node.code)):
                found.setdefault(spelling, node.code)
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        twice: set[str] = set()
        for node in self.nodes.values():
            for name in {node.zh, node.en} - {""}:
                if found.setdefault(name, node.code) != node.code:
                    twice.add(name)
        return {name: code for name, code in found.items() if name not in twice}


def _without_zeros(code: str) -> str:
    """5001 for 500100 and 50 for 500000; other codes as they are."""
    if len(code) != _REGION_DIGITS or not code.isdigit():
        return code
    while code.endswith("00"):
        code = code[:-2]
    return code
