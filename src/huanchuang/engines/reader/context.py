"""What a figure is read with: the text, its times and headings, and the sentence and clause around a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from huanchuang.engines.reader.deadlines import TimePhrase, Year
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import Head
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.tables import Tables

SENTENCE_END = re.compile(r"[。;!?\n|]")
CLAUSE_BREAK = re.compile(r"[,。;:!?\n|]")
# a text without any stop must not cost more than its length: so far a sentence and a clause are looked through
_LONGEST_SENTENCE = 600
_LONGEST_CLAUSE = 200
_LAST_TIMES = 4


@dataclass(frozen=True, slots=True)
class Context:
    """The paper around its figures; `reading` is what figures of this kind of paper are when nothing else tells."""

    flow: Flow
    grammar: Grammar
    outline: Outline
    head: Head
    tables: Tables
    times: list[TimePhrase]
    starts: list[int]
    breaks: list[int]
    year: Year
    reading: str

    def sentence(self, position: int) -> tuple[int, int]:
        """Where the sentence begins and ends that holds a position."""
        index = bisect_right(self.breaks, position)
        start = self.breaks[index - 1] + 1 if index else 0
        end = self.breaks[index] if index < len(self.breaks) else len(self.flow.text)
        return max(start, position - _LONGEST_SENTENCE), min(end, position + _LONGEST_SENTENCE)

    def clause_start(self, low: int, position: int) -> int:
        """Where the clause begins that holds a position, `low` at the earliest."""
        low = max(low, position - _LONGEST_CLAUSE)
        for at in range(position - 1, low - 1, -1):
            if CLAUSE_BREAK.match(self.flow.text[at]):
                return at + 1
        return low

    def before(self, position: int) -> list[TimePhrase]:
        """The last few time phrases before a position, nearest first."""
        index = bisect_right(self.starts, position)
        return self.times[max(0, index - _LAST_TIMES) : index][::-1]

    def in_time(self, start: int, end: int) -> bool:
        """Does a time phrase hold the span: the 5 of 5年内?"""
        return any(time.start <= start and end <= time.end for time in self.before(start)[:1])


def context_of(
    flow: Flow,
    grammar: Grammar,
    outline: Outline,
    head: Head,
    tables: Tables,
    times: list[TimePhrase],
    year: Year,
    reading: str,
) -> Context:
    """The context of a paper."""
    breaks = [match.start() for match in SENTENCE_END.finditer(flow.text)]
    return Context(
        flow, grammar, outline, head, tables, times, [time.start for time in times], breaks, year, reading
    )
