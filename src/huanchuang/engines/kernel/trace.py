"""How a result came about, as a tree: every answer carries its reasons.

A node says what was looked at (`label`), what it gave (`value`, as text; None is unknown), where that comes from
(`source`: a clause, a fact, a sentence) and what it rests on (`children`). Engines build traces, rows store them as
JSON, pages show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN = "未知"


@dataclass(frozen=True, slots=True)
class Trace:
    """One step of a reasoning with the steps below it."""

    label: str
    value: str | None = None
    source: str = ""
    children: tuple[Trace, ...] = ()

    @classmethod
    def of(cls, label: str, value: object, source: str = "", *children: Trace) -> Trace:
        """A node from any value that has a good text form (Money, Period, Decimal …)."""
        return cls(label, None if value is None else str(value), source, children)

    def lines(self, indent: str = "  ") -> tuple[str, ...]:
        """The tree as indented lines: 标签：值（来源）."""
        return tuple(self._lines(indent, 0))

    def _lines(self, indent: str, depth: int) -> Iterator[str]:
        source = f"（{self.source}）" if self.source else ""
        yield f"{indent * depth}{self.label}：{UNKNOWN if self.value is None else self.value}{source}"
        for child in self.children:
            yield from child._lines(indent, depth + 1)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; `from_data` gives the same trace back."""
        return {
            "label": self.label,
            "value": self.value,
            "source": self.source,
            "children": [child.as_data() for child in self.children],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Trace:
        """The trace that `as_data` wrote."""
        children = tuple(cls.from_data(child) for child in data.get("children", ()))
        return cls(data["label"], data.get("value"), data.get("source", ""), children)
