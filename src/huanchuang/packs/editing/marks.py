"""A YAML text as a tree that knows where each value begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from textwrap import dedent
from typing import Any

import yaml

from huanchuang.packs.tree import parse

Path = tuple[str | int, ...]
"""The way to a value: keys and places in lists, such as ("requirements", 0, "text")."""


@dataclass
class Marked:
    """A value with the characters it stands in: `start` up to `end`; `column` is where it begins in its line."""

    kind: str
    """scalar, sequence or mapping."""
    start: int
    end: int
    line: int
    column: int
    text: str = ""
    style: str = ""
    """Of a scalar: ' " | > or nothing; of the others: flow where they stand in brackets."""
    items: list[Marked] = field(default_factory=list)
    keys: list[tuple[Marked, Marked]] = field(default_factory=list)

    def child(self, step: str | int) -> Marked | None:
        """The value under a key or at a place; None where there is none."""
        if isinstance(step, int):
            return self.items[step] if step < len(self.items) else None
        return next((value for key, value in self.keys if key.text == step), None)

    def at(self, path: Path) -> Marked | None:
        """The value at the end of a way; None where the way ends before."""
        here: Marked | None = self
        for step in path:
            here = here.child(step) if here is not None else None
        return here

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return self.kind == "scalar" and not self.style and self.text in ("", "~")

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Marked]]:
        """Every value below with its way, itself first."""
        yield path, self
        for place, item in enumerate(self.items):
            yield from item.walk((*path, place))
        for key, value in self.keys:
            yield from value.walk((*path, key.text))


def mark(text: str, file: str = "") -> Marked:
    """The tree of a text. ProblemError for everything that the loader refuses as well, in the same words."""
    parse(text, file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = yaml.parse(text, Loader=loader)
    return next(_nodes(events, text))


def raw_of(text: str, node: Marked) -> str:
    """What stands in the text for a value, moved to the left edge."""
    if node.kind == "scalar" or node.style == "flow":
        return text[node.start : node.end].strip()
    return dedent(" " * node.column + text[node.start : node.end]).strip("\n")


def _nodes(events: Iterator[yaml.Event], text: str) -> Iterator[Marked]:
    """The values of a list up to its end, each with everything below it."""
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            return
        if isinstance(event, yaml.ScalarEvent):
            yield _scalar(event, text)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            yield _collection(event, events, text)


def _mark(found: Any) -> yaml.Mark:
    """A mark that the parser always gives."""
    mark: yaml.Mark = found
    return mark


def _scalar(event: yaml.ScalarEvent, text: str) -> Marked:
    begins = _mark(event.start_mark)
    start, end = begins.index, _mark(event.end_mark).index
    if event.style in (
        "|",
        ">",
    ):  # its end is where the next word begins: blank lines between belong to nobody
        end = start + len(text[start:end].rstrip())
    return Marked("scalar", start, end, begins.line, begins.column, event.value, event.style or "")


def _collection(
    event: yaml.SequenceStartEvent | yaml.MappingStartEvent, events: Iterator[yaml.Event], text: str
) -> Marked:
    begins = _mark(event.start_mark)
    found = Marked("mapping", begins.index, 0, begins.line, begins.column)
    found.style = "flow" if event.flow_style else ""
    if isinstance(event, yaml.SequenceStartEvent):
        found.kind, found.items = "sequence", list(_nodes(events, text))
    else:
        values = list(_nodes(events, text))
        found.keys = list(zip(values[::2], values[1::2], strict=True))
    last = found.items[-1] if found.items else found.keys[-1][1] if found.keys else found
    found.end = _closed(found, last, text) if found.style else last.end
    return found


def _closed(found: Marked, last: Marked, text: str) -> int:
    """Where the bracket of a list in brackets closes: the first one after its last value."""
    bracket = "]" if found.kind == "sequence" else "}"
    begin = last.end if last is not found else found.start + 1
    skipped = sum(1 for _ in takewhile(lambda letter: letter != bracket, text[begin:]))
    return begin + skipped + 1
