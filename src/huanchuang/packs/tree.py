"""YAML as a tree of texts with line numbers.

Every scalar stays the text its author wrote: ``no``, ``010`` and ``12:30`` mean nothing until a schema reads them.
Refused here, with file and line: duplicate keys, anchors, aliases and tags (so no expansion bomb is possible),
tabs in the indentation, several documents, too much nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.problems import Place, refusal

DEEPEST = 16
"""Levels of nesting a definition may have; ours need five."""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that YAML forbids."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; ``quoted`` tells an empty text on purpose from a value left blank."""

    text: str
    place: Place
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.quoted and self.text in ("", "~")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in the order written."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` and the place of its key."""

    key: str
    place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """``key: value`` entries, each key once, in the order written."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping
Plain = str | list["Plain"] | dict[str, "Plain"]


def parse(text: str, file: str) -> Node:
    """Returns the tree of one YAML document.

    ``file`` is the name used in messages. Raises :class:`ProblemError` for anything but one plain document.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(yaml.parse(text, Loader=loader), file).document()
    except yaml.YAMLError as error:
        raise _explained(error, text, file) from None


def plain(node: Node) -> Plain:
    """Returns the tree as ordinary texts, lists and dicts, without places (for hashing)."""
    if isinstance(node, Scalar):
        return "" if node.is_blank else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}


class _Composer:
    """Builds the tree from the parser's events."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self._events = events
        self._file = file

    def document(self) -> Node:
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise refusal("empty-file", Place(self._file))
        node = self._node(next(self._events), depth=0)
        next(self._events)  # the document ends
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise refusal("several-documents", self._place(following))
        return node

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1 if mark else None)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        _refuse_magic(event, place)
        if depth > DEEPEST:
            raise refusal("too-deep", place, limit=DEEPEST)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth)), place)
        assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - the parser knows no further event here
        return Scalar(event.value, place, quoted=bool(event.style))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise refusal("key-not-text", key.place)
            line = key.place.line or 0
            if key.text in seen:
                raise refusal("duplicate-key", key.place, key=key.text, first=seen[key.text])
            seen[key.text] = line
            yield Entry(key.text, key.place, self._node(next(self._events), depth + 1))


def _refuse_magic(event: yaml.Event, place: Place) -> None:
    """Anchors and aliases make bombs possible, tags name Python classes: packs need neither."""
    anchor = getattr(event, "anchor", None)
    if anchor is not None:
        raise refusal("anchor", place, name=anchor)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise refusal("tag", place, name=tag)


def _explained(error: yaml.YAMLError, text: str, file: str) -> ProblemError:
    """Tells a parser's error in words; a tab in the indentation is the usual cause, and named first."""
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return refusal("tab", Place(file, number))
    if found := _CONTROL.search(text):
        return refusal("control-character", Place(file, text.count("\n", 0, found.start()) + 1))
    mark = getattr(error, "problem_mark", None)
    if "quoted scalar" in (getattr(error, "context", None) or ""):
        mark = getattr(
            error, "context_mark", mark
        )  # where the quote opens, not where the file ends without its pair
    last: int = text.rstrip("\n").count("\n") + 1
    return refusal("syntax", Place(file, min(mark.line + 1, last) if mark else last))
