"""A paper as blocks: sentences with the clause they stand in and what the section says they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.packs.policies.proposal.words import Words

_BULLET = re.compile(r"[■●◆◇▲★☆○□▪•·※\-*]+")
_INLINE = re.compile(r"[(][一二三四五六七八九十]{1,3}[)]|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]|(?<![\d.(])[(]?\d{1,2}[)](?=[一-龥])")
_BEFORE_A_YEAR = re.compile(r"\d{1,2}[.、](?=20\d\d年)")
_NAMED = re.compile(r"[(]([一-龥]{2,8})[)](?=[一-龥])")
"""第二条（认定标准）: the name of an article in brackets."""
_STOP = re.compile(r"。+|\n")
_HEADING = 24
_ARABIC_RANK, _BULLET_RANK, _BARE_RANK, _INLINE_RANK = 7, 8, 4, 11
_CHAPTERS = ("part", "chapter", "chapter-section")


@dataclass(frozen=True, slots=True)
class Block:
    """One sentence up to its full stop, or one item of a list; places are those of the flow.

    ``context`` is what its section says of it (conditions, barred, either, papers, amounts, times, other) or None.
    ``opens`` is the number of the list it opens with a colon, ``within`` of the list it stands in.
    """

    start: int
    end: int
    clause: str
    context: str | None
    opens: int | None = None
    within: int | None = None


@dataclass(slots=True)
class _Level:
    rank: int
    number: str
    context: str | None
    opened: int | None


def blocks_of(flow: Flow, grammar: Grammar, words: Words, body: int) -> tuple[Block, ...]:
    """The blocks below the title."""
    reader = _Reader(flow, grammar, words)
    for start, end in flow.paragraphs():
        if start >= body:
            reader.paragraph(start, end)
    return tuple(reader.blocks)


class _Reader:
    """Goes through the paragraphs and remembers under which headings they stand."""

    def __init__(self, flow: Flow, grammar: Grammar, words: Words) -> None:
        self.flow, self.grammar, self.words = flow, grammar, words
        self.stack = [_Level(0, "", None, None)]
        self.blocks: list[Block] = []
        self.lists = 0

    def paragraph(self, start: int, end: int) -> None:
        """One paragraph: its marker, its heading, its sentences."""
        rank, number, body = self._marker(start, end)
        named = _NAMED.match(self.flow.text, body, end) if rank is not None else None
        body = named.end() if named else body
        text = self.flow.text[body:end]
        if rank is None and self._is_heading(text):
            rank = _BARE_RANK
        if rank is not None:
            self._open(rank, number)
        if named and self.words.context(named[1]):
            self.stack[-1].context = self.words.context(named[1])
        is_line = len(text) <= _HEADING and not text.endswith(("。", ";", ":"))
        if is_line and self.stack[-1].opened is None and self.words.context(text):
            self.stack[-1].context = self.words.context(text)
            return
        sentences = list(self._sentences(body, end))
        for first, last in sentences:
            self._sentence(first, last, may_be_title=first == body > start and len(sentences) > 1)
        while len(self.stack) > 1 and self.stack[-1].rank >= _INLINE_RANK:
            self.stack.pop()

    def _marker(self, start: int, end: int) -> tuple[int | None, str, int]:
        bullet = _BULLET.match(self.flow.text, start, end)
        if bullet:
            heads = self._is_heading(self.flow.text[bullet.end() : end] or "。")
            return _BARE_RANK if heads else _BULLET_RANK, "", bullet.end()
        inline = _INLINE.match(self.flow.text, start, end)
        for marker in self.grammar.markers:
            found = marker.pattern.match(self.flow.text, start, end)
            if found and found.end() < end:
                number = "" if marker.style in _CHAPTERS else self.flow.printed(start, found.end())
                return marker.rank, number, found.end()
        if inline and inline.end() < end:
            return _BULLET_RANK, self.flow.printed(start, inline.end()), inline.end()
        fused = _BEFORE_A_YEAR.match(self.flow.text, start, end)
        return (_ARABIC_RANK, fused[0], fused.end()) if fused else (None, "", start)

    def _is_heading(self, text: str) -> bool:
        """申报条件 on a line of its own."""
        return (
            len(text) <= _HEADING // 2 and text[-1] not in "。;,:、" and self.words.context(text) is not None
        )

    def _open(self, rank: int, number: str) -> None:
        while len(self.stack) > 1 and self.stack[-1].rank >= rank:
            self.stack.pop()
        above = self.stack[-1]
        self.stack.append(_Level(rank, number.strip(" 　、.．"), above.context, above.opened))

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Sentences, and items of a list that stands inside of the paragraph."""
        cuts = {start, end}
        for stop in _STOP.finditer(self.flow.text, start, end):
            cuts.add(stop.end())
        colon = self.flow.text.find(":", start, end)
        inline = [m.start() for m in _INLINE.finditer(self.flow.text, start, end) if m.start() > start]
        if len(inline) > 1 and colon >= 0:
            cuts.update(at for at in inline if at > colon)
            cuts.add(colon + 1)
        elif colon >= 0 and colon - start <= 2 * _HEADING and self._told(self.flow.text[start:colon]):
            cuts.add(colon + 1)
        places = sorted(cuts)
        yield from ((a, b) for a, b in itertools.pairwise(places) if self.flow.text[a:b].strip("。 "))

    def _sentence(self, start: int, end: int, *, may_be_title: bool) -> None:
        inline = _INLINE.match(self.flow.text, start, end)
        if inline and inline.end() < end and self.stack[-1].rank != _BULLET_RANK - 2:
            self._open(_INLINE_RANK + 1, self.flow.printed(start, inline.end()))
            start = inline.end()
        text = self.flow.text[start:end].rstrip("。")
        level = self.stack[-1]
        told = self._told(text) if text.endswith(":") else self.words.context(text)
        clause = _clause([one.number for one in self.stack if one.number])
        if text.endswith(":") and (told or level.context):
            self.lists += 1
            context = told or level.context
            self.blocks.append(Block(start, start + len(text), clause, context, self.lists, level.opened))
            if self.flow.text[start + len(text) : start + len(text) + 1] not in ("", "\n"):
                self._open(_INLINE_RANK, "")
            self.stack[-1].context, self.stack[-1].opened = context, self.lists
            return
        if may_be_title and self._is_title(text, told):
            level.context = told
            return
        self.blocks.append(Block(start, start + len(text), clause, level.context, None, level.opened))

    def _told(self, lead: str) -> str | None:
        """What a sentence that ends with a colon says of its list: one that asks opens conditions."""
        return self.words.context(lead) or ("conditions" if self.words.one["asks"].search(lead) else None)

    def _is_title(self, text: str, told: str | None) -> bool:
        """一、支持标准。 with its sentence behind it on one line."""
        return (
            told is not None
            and len(text) <= _HEADING
            and not re.search(r"[,;\d]", text)
            and not self.words.one["asks"].search(text)
        )


def _clause(numbers: list[str]) -> str:
    """第三条（一）, 一、5、1."""
    found = ""
    for number in numbers:
        found += "、" + number if found and number[0].isdigit() else number
    return found
