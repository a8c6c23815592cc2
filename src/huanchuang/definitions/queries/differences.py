"""What differs between two versions: their texts line by line, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from huanchuang.packs.kinds import kind_named
from huanchuang.packs.pack import Pack

AROUND = 3
"""Unchanged lines shown around a change."""
MOST_LINES = 6000


@dataclass(frozen=True)
class Line:
    """One line of a comparison: `sign` is +, - or blank, with its number on either side; … stands for what is left out."""

    sign: str
    text: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class FileDifference:
    """A file and the lines in which it differs."""

    name: str
    lines: Sequence[Line]
    is_too_long: bool = False

    @property
    def added(self) -> int:
        """How many lines came."""
        return sum(line.sign == "+" for line in self.lines)

    @property
    def removed(self) -> int:
        """How many lines went."""
        return sum(line.sign == "-" for line in self.lines)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileDifference]:
    """The files that differ, the definition first as the names come."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        _difference(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def in_words(older: Pack | None, newer: Pack | None, language: str) -> list[str]:
    """The differences of two packs of one kind as sentences; none where one of them cannot be read."""
    if older is None or newer is None:
        return []
    return [one.text(language) for one in kind_named(newer.kind).changes(older, newer)]


def _difference(name: str, before: str, after: str) -> FileDifference:
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > MOST_LINES:
        return FileDifference(name, (), is_too_long=True)
    return FileDifference(name, tuple(_lines(old, new)))


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for number, group in enumerate(SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND)):
        if number:
            yield Line("…", "")
        for deed, first, last, begins, ends in group:
            if deed == "equal":
                for offset in range(last - first):
                    yield Line(" ", old[first + offset], first + offset + 1, begins + offset + 1)
                continue
            for place in range(first, last):
                yield Line("-", old[place], place + 1, None)
            for place in range(begins, ends):
                yield Line("+", new[place], None, place + 1)
