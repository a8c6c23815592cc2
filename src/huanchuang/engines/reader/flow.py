"""The paper as it is meant to be read: widths folded, broken lines joined, stray blanks gone, every character
still knowing its place in the original.

Three things hide words from a pattern: full-width figures and brackets, a line break inside a word, a blank between
a figure and its unit. `Flow.text` has none of them; `Flow.place(start, end)` leads back to the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from huanchuang.engines.reader.garbled import is_garbled
from huanchuang.engines.reader.grammar import Grammar

FOLD = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u3000\u00a0\u2002\u2003\t", " ")
    | dict.fromkeys("\u2013\u2212", "-")
    | {"〜": "~", "∼": "~", "\u2015": "—", "\u2500": "—"}
)
"""Full-width signs to ASCII and all blanks to one kind, a character for a character."""
RAISED_POINT = re.compile(r"(?<=\d)·(?=\d{1,2}(?:%|‰|万|亿|个百分点|倍|元))")
"""1·8% is 1.8 %, “12·21”事故 is a day."""
_PIECE = re.compile(r"[^ \u200b\u200c\u200d\ufeff\u00ad]+")
_MARKDOWN_PIECE = re.compile(r"[^ *`\\\u200b\u200c\u200d\ufeff\u00ad]+")
_MARKDOWN_MARK = re.compile(r" *(?:#{1,6}(?= )|>|[-+*](?= ))? *")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_STOP = frozenset("。;:!?")
_CLOSER = frozenset('”’」』》)"…')
_CARRY = frozenset(",、《(“+")
_TITLE_REACH = 12  # a title stands among the first lines
_SHORTEST_TITLE = 8
_GOES_ON = "的及和与并("  # so begins the second line of a title, 印发……方案 / 的通知
_CLOSING_BRACKET = re.compile(r"[。;]\([^()]{4,200}\)$")
"""。（区科技局牵头，区财政局配合） ends a paragraph."""
_BROKEN_LINES = 4  # so many broken lines of one width show that the paper is broken at it
_FEW_BROKEN_LINES = 2  # or so many, where no line of a short paper is longer
_SLACK = 4
_SHORTEST_BROKEN = 12
_LONG = 40  # a line of so many characters is no heading


@dataclass(frozen=True, slots=True)
class Flow:
    """Readable text (paragraphs parted by one line feed) and the place of each character in the original."""

    text: str
    places: list[int]
    original: str
    garbled: tuple[tuple[int, int], ...] = ()
    """Places in the original that a wrong encoding spoiled; they are no part of the text."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original; an empty span takes no room."""
        if start >= end:
            here = self.places[start] if start < len(self.places) else len(self.original)
            return here, here
        return self.places[start], self.places[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """The original characters of text[start:end]."""
        first, last = self.place(start, end)
        return self.original[first:last]

    def repaired(self, start: int, end: int) -> bool:
        """True where a line break was taken out of text[start:end]."""
        first, last = self.place(start, end)
        return "\n" in self.original[first:last].replace("\r", "\n")

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """Start and end of each paragraph."""
        start = 0
        while start < len(self.text):
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            if end > start:
                yield start, end
            start = end + 1


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    places: list[int]


def flow_of(text: str, grammar: Grammar, *, markdown: bool = False) -> Flow:
    """Fold, join and clean a text; linear in its length. Of Markdown the marks of headings, lists and emphasis are left out."""
    folded = text.translate(FOLD)
    piece = _MARKDOWN_PIECE if markdown else _PIECE
    lines: list[_Line] = []
    garbled: list[tuple[int, int]] = []
    for match in _LINE.finditer(folded):
        if is_garbled(match[0]):
            garbled.append(match.span())
            continue
        mark = _MARKDOWN_MARK.match(folded, match.start(), match.end()) if markdown else None
        lines.append(_clean(folded, mark.end() if mark else match.start(), match.end(), piece))
    lines = [line for line in lines if line.text]
    width = _wrap_width(lines, grammar)
    out: list[str] = []
    places: list[int] = []
    broken_at = 0  # the length of the line before, where this one goes on with it
    for number, line in enumerate(lines):
        out.append(line.text)
        places.extend(line.places)
        following = lines[number + 1] if number + 1 < len(lines) else None
        titled = number < _TITLE_REACH and _ends_as_title(line.text, following, grammar)
        goes_on = following is not None and not titled
        if goes_on and following and not _continues(line.text, following.text, width, grammar):
            goes_on = _as_long(line.text, broken_at) and _may_go_on(line.text, following.text, grammar)
        if following and not goes_on:
            out.append("\n")
            places.append(line.places[-1] + 1)
        broken_at = len(line.text) if goes_on else 0
    return Flow("".join(out), places, text, tuple(garbled))


def _clean(folded: str, start: int, end: int, pieces: re.Pattern[str]) -> _Line:
    """One line without its stray blanks; a blank stays only between two Latin letters or figures."""
    text: list[str] = []
    places: list[int] = []
    for piece in pieces.finditer(folded, start, end):
        if (
            text
            and text[-1][-1] < "\u0100"
            and piece[0][0] < "\u0100"
            and text[-1][-1].isalnum()
            and piece[0][0].isalnum()
        ):
            text.append(" ")
            places.append(piece.start() - 1)
        text.append(piece[0])
        places.extend(range(piece.start(), piece.end()))
    return _Line("".join(text), places)


def _wrap_width(lines: list[_Line], grammar: Grammar) -> int:
    """The width at which the paper breaks its lines, 0 where it does not break them.

    Headings end without a stop too, so a line with a marker counts only where a sentence has ended in it before.
    """
    counts: dict[int, int] = {}
    for line, following in pairwise(lines):
        broken = (
            len(line.text) >= _SHORTEST_BROKEN
            and line.text[-1] not in _STOP
            and "|" not in line.text + following.text
        )
        goes_on = "。" in line.text and not _CLOSING_BRACKET.search(line.text)
        broken = broken and (goes_on or not grammar.starts_block(line.text))
        if broken and not grammar.starts_block(following.text):
            counts[len(line.text)] = counts.get(len(line.text), 0) + 1
    best, most = 0, 0
    for width in counts:
        near = counts[width] + counts.get(width - 1, 0) + counts.get(width + 1, 0)
        if near > most:
            best, most = width, near
    longest = max((len(line.text) for line in lines), default=0)
    enough = most >= _BROKEN_LINES or (most >= _FEW_BROKEN_LINES and best >= longest - _SLACK)
    return best if enough and best <= _LONG + 20 else 0


def _continues(line: str, following: str, width: int, grammar: Grammar) -> bool:
    """Does the next line go on with the sentence of this one?"""
    last = line[-1]
    full = bool(width) and len(line) >= width - 3
    if "|" in line or "|" in following:
        return False
    if _CLOSING_BRACKET.search(line):
        return False
    if _broken_before_a_sign(line, following, full, grammar):
        return True
    if last in _STOP or grammar.starts_block(following):
        return False
    if last in _CARRY or _open(line, "《", "》") or _splits_a_figure(line, following, grammar):
        return True
    if last in _CLOSER:
        return full and following[0] not in "“《("
    if full or len(line) > _LONG:
        return True
    return "。" in line and len(line) >= 15


def _as_long(line: str, before: int) -> bool:
    """Is the line as long as the one that it goes on with? Then the paper breaks its lines there."""
    return before > 0 and len(line) >= max(_SHORTEST_BROKEN, before - _SLACK)


def _may_go_on(line: str, following: str, grammar: Grammar) -> bool:
    """No stop, no cell and no new block parts the two lines."""
    parted = line[-1] in _STOP or line[-1] in _CLOSER or "|" in line or "|" in following
    return not parted and not grammar.starts_block(following)


def _broken_before_a_sign(line: str, following: str, full: bool, grammar: Grammar) -> bool:
    """A break before what elsewhere begins a paragraph: a dash inside a name, 三是 inside a sentence; or inside a bracket."""
    last = line[-1]
    if following[0] == "—" and not following.startswith("——") and last not in _STOP:
        return True
    if full and last != "。" and grammar.run_in_marker.pattern.match(following):
        return True
    return last in ":;" and _open(line, "(", ")") and not grammar.starts_block(following)


def _splits_a_figure(line: str, following: str, grammar: Grammar) -> bool:
    """A number at the end of a line whose unit begins the next: 分别达到12 / 家、18家."""
    if not line[-1].isdigit() or len(line) < _SHORTEST_BROKEN:
        return False
    return any(grammar.lexicon.table.find(following[:length]) for length in (1, 2, 3))


def _ends_as_title(line: str, following: _Line | None, grammar: Grammar) -> bool:
    """A title is whole where it names its kind of paper, unless the next line goes on with 的通知 or the like."""
    named = any(line.endswith(word) for word, _ in grammar.kinds)
    return (
        named and len(line) >= _SHORTEST_TITLE and following is not None and following.text[0] not in _GOES_ON
    )


def _open(line: str, opener: str, closer: str) -> bool:
    return line.rfind(opener) > line.rfind(closer)
