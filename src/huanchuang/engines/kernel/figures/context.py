"""The words around a number: which comparator they make, and whether it is a figure at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from huanchuang.engines.kernel.figures import patterns

LOOK_BACK = 16
CLAUSE = 40
LAST_DURATION = 60
COUNT_STRUCTURE_BELOW = 11
LOOSE_UNITS = frozenset("个项条次种类件款门本期批部组对片块位")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How far the comparator words reach and what they say."""

    start: int
    end: int
    comparator: str
    bound: str


def surroundings(text: str, start: int, end: int, dimension: str, more: bool) -> Surroundings:
    """Comparator words directly before and after the number at start…end; `more`: 余 or 多 stands inside."""
    window = text[max(0, start - LOOK_BACK) : start]
    before = patterns.BEFORE.search(window)
    after = patterns.AFTER.match(text, end)
    word = before["word"] if before else None
    growth = before["growth"] if before else None
    bound = _bound(after["w"] if after else None, word, more)
    first = start - (len(window) - before.start()) if before and before[0].strip() else start
    last = after.end() if after else end
    grows = growth is not None and dimension in patterns.RATE_DIMENSIONS
    return Surroundings(first, last, "growth" if grows else bound, bound)


def _bound(after: str | None, before: str | None, more: bool) -> str:
    if after is not None:
        return patterns.AFTER_BOUNDS[after]
    told = patterns.BEFORE_BOUNDS.get(before or "", "=")
    return ">" if told == "=" and more else told


def cues(text: str, start: int) -> tuple[str, ...]:
    """Telling words between the beginning of the clause and the number."""
    window = text[max(0, start - CLAUSE) : start]
    clause = patterns.CLAUSE_BREAK.split(window)[-1]
    return tuple(patterns.CUES.findall(clause))


def is_ordinal(text: str, start: int) -> bool:
    """第3次, 第一、二届, 前10名, 列第5位."""
    before = text[max(0, start - LOOK_BACK) : start]
    return bool(patterns.ORDINAL_BEFORE.search(before))


def is_rank(text: str, start: int, unit: str) -> bool:
    """前10名, 居全国第5位: a place in an order."""
    return unit in ("名", "位", "家", "强", "个") and bool(
        patterns.RANK_BEFORE.search(text[max(0, start - 4) : start])
    )


def is_calendar(text: str, start: int, end: int, unit: str, value: int | float) -> bool:
    """A year, a day of a month, or a window of time (近三年, 未来5年) instead of a length of time."""
    if unit == "日":
        return not text.startswith(("内", "以内", "之内"), end)
    if unit == "年" and (
        value > LAST_DURATION or text.startswith(("来", "以来", "前", "底", "末", "间"), end)
    ):
        return True
    return bool(patterns.WINDOW_BEFORE.search(text[max(0, start - 4) : start]))


def masked_spans(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of titles in 《》 and of short quotations, in order."""
    spans = sorted([*_titles(text), *(found.span() for found in patterns.QUOTED.finditer(text))])
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def is_masked(position: int, starts: list[int], ends: list[int]) -> bool:
    """Whether a position lies in a masked span."""
    index = bisect_right(starts, position) - 1
    return index >= 0 and position < ends[index]


def _titles(text: str) -> list[tuple[int, int]]:
    """《…》, nested ones as a whole; a mark left open by its paragraph masks nothing, except over one line break."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    breaks = 0
    for found in patterns.TITLE_MARK.finditer(text):
        if found[0] == "《":
            opened.append(found.start())
            breaks = 0
        elif found[0] == "》" and opened:
            first = opened.pop()
            if not opened:
                spans.append((first, found.end()))
        elif found[0] == "\n" and opened:
            breaks += 1
            if breaks > 2:
                opened.clear()
    return spans


_DIGIT = re.compile(r"[0-9]")


def is_plain_chinese(number: str) -> bool:
    """Whether the number is written without a single digit."""
    return not _DIGIT.search(number)


def chinese_counts(
    text: str, start: int, end: int, unit: str, dimension: str, value: float, compared: bool
) -> bool:
    """Whether a number in Chinese numerals is a figure and no name, structure count or way of speaking.

    A comparator settles it. Otherwise measures (倍, 万元, 公里) count, counts above ten do, and small counts only after a
    verb that counts results (连续举办三届, 新增两家).
    """
    if compared:
        return True
    if dimension in ("time", "score") or unit in ("元", "届", "条", "里", "度", "方", "成", "期"):
        return unit == "届" and value > 1 and _counted(text, start)
    if dimension != "count":
        return True
    if value >= COUNT_STRUCTURE_BELOW:
        return True
    return value > 1 and unit not in "条次种类款门本期部" and _counted(text, start)


def _counted(text: str, start: int) -> bool:
    return bool(patterns.EVIDENCE_BEFORE.search(text[max(0, start - LOOK_BACK) : start]))
