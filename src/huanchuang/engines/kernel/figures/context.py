"""The words around a number: which comparator they make, and whether it is a figure at all."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from huanchuang.engines.kernel.figures import patterns, words
from huanchuang.engines.kernel.figures.amounts import Amount
from huanchuang.engines.kernel.figures.lexicon import LEXICON, Lexicon

LOOK_BACK = 20
CLAUSE = 40
LONGEST_DURATION = 60
TITLE_LINES = 2
SPOKEN_UNITS = frozenset({"元", "条", "里", "度", "方", "期", "分"})
STRUCTURE_UNITS = frozenset({"条", "次", "种", "类", "款", "门", "本", "期", "部"})
RANKED_UNITS = frozenset({"名", "位", "家", "个"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How far the comparator words reach and what they say."""

    start: int
    end: int
    comparator: str
    bound: str


def surroundings(text: str, amount: Amount, lexicon: Lexicon = LEXICON) -> Surroundings:
    """Comparator words directly before and after the amount."""
    start, end = amount.start, amount.end
    before = lexicon.before.match(text[max(0, start - LOOK_BACK) : start][::-1])
    after = lexicon.after.match(text, end)
    word, growth, led = (before["word"], before["growth"], before[0]) if before else (None, None, "")
    bound = _bound(after["word"].replace("\n", "") if after else None, word, amount.more, lexicon)
    told = word is not None or growth is not None
    first = start - len(led) if told and led.strip() else start
    changes = growth is not None or (
        word is None and words.CUT_BEFORE.search(text[max(0, start - CLAUSE) : start])
    )
    grows = changes and amount.unit.base.dimension in words.RATE_DIMENSIONS
    comparator = "growth" if grows else "range" if amount.high is not None else bound
    return Surroundings(first, after.end() if after else end, comparator, bound)


def _bound(after: str | None, before: str | None, more: bool, lexicon: Lexicon) -> str:
    if after is not None:
        return lexicon.after_bounds[after]
    told = lexicon.before_bounds.get((before or "")[::-1], "=")
    return ">" if told == "=" and more else told


def cues(text: str, start: int) -> tuple[str, ...]:
    """Telling words between the beginning of the clause and the number."""
    window = text[max(0, start - CLAUSE) : start]
    clause = words.CLAUSE_BREAK.split(window)[-1]
    return tuple(words.CUES.findall(clause))


def stands(text: str, amount: Amount, around: Surroundings) -> bool:
    """Whether the amount is a figure: no ordinal, rank, date, clock, sum of names (1+10+N), idiom or structure count."""
    start, end = amount.start, amount.end
    if text.startswith("+", end) or patterns.ORDINAL_BEFORE.search(text[max(0, start - LOOK_BACK) : start]):
        return False
    just_before = text[max(0, start - 4) : start]
    if amount.unit.name in RANKED_UNITS and patterns.RANK_BEFORE.search(just_before):
        return False
    if patterns.PER_BEFORE.search(just_before):
        return False
    compared = around.end > end or around.bound != "=" or around.comparator == "growth"
    if amount.unit.base.dimension == "time" and _is_calendar(text, amount, just_before):
        return False
    if amount.unit.name == "分" and patterns.CLOCK_BEFORE.search(just_before):
        return False
    return compared or not amount.chinese or _chinese_counts(text, amount)


def _is_calendar(text: str, amount: Amount, just_before: str) -> bool:
    """A year, a day of a month, or a window of time (近三年, 未来5年) instead of a length of time."""
    unit, end, value = amount.unit.name, amount.end, amount.high or amount.low
    if unit == "日":
        return just_before.endswith("月") or not text.startswith(("内", "以内", "之内"), end)
    if unit == "年" and (
        value > LONGEST_DURATION or text.startswith(("来", "以来", "前", "底", "末", "间"), end)
    ):
        return True
    return bool(patterns.WINDOW_BEFORE.search(just_before))


def _chinese_counts(text: str, amount: Amount) -> bool:
    """Whether an amount in Chinese numerals without comparator is a figure and no name or way of speaking.

    Measures (倍, 万元, 公里) are, counts above ten are, small counts only after a verb that counts results.
    """
    unit, dimension = amount.unit.name, amount.unit.base.dimension
    if dimension == "time":
        return bool(words.DURATION_BEFORE.search(text[max(0, amount.start - 4) : amount.start]))
    if dimension == "score" or unit in SPOKEN_UNITS:
        return False
    if dimension != "count" and not amount.tenths:
        return True
    if amount.low * amount.unit.factor > 10 and unit != "届" and not amount.tenths:
        return True
    return (
        amount.low > 1 and unit not in STRUCTURE_UNITS and (unit == "名" or _after_result(text, amount.start))
    )


def _after_result(text: str, start: int) -> bool:
    return bool(words.EVIDENCE_BEFORE.search(text[max(0, start - LOOK_BACK) : start]))


def masked_spans(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of titles in 《》 and of short quotations, in order."""
    quoted = (found.span() for found in patterns.QUOTED.finditer(text))
    short = ((start, end) for start, end in quoted if end - start <= patterns.LONGEST_QUOTED)
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted([*_titles(text), *short]):
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
    """《…》, nested ones as a whole; a mark still open after a few lines masks nothing."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    lines = 0
    for found in patterns.TITLE_MARK.finditer(text):
        if found[0] == "《":
            opened.append(found.start())
            lines = 0
        elif found[0] == "》" and opened:
            first = opened.pop()
            if not opened:
                spans.append((first, found.end()))
        elif found[0] == "\n" and opened:
            lines += 1
            if lines > TITLE_LINES:
                opened.clear()
    return spans
