"""Figures of the paper, each read as a target, as something achieved or as a condition.

The kernel's scanner finds figures; here decoys are dropped and the words around, the section and the kind of paper decide
what a figure is. The nearest evidence wins: clause, then sentence, then heading, then kind of paper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from huanchuang.engines.kernel.figures import Figure, scan_figures
from huanchuang.engines.reader.deadlines import TimePhrase
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import Head
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Quantity

_SENTENCE_END = re.compile(r"[。;!?\n]")
_CLAUSE_BREAK = re.compile(r"[,。;:!?\n]")
_NOUN_AFTER = re.compile(r"(?:以上|以内|以下|左右)?的?([一-龥“”A-Za-z()]{1,24})")
_NOUN_BEFORE = re.compile(r"([^,。;:!?\n、\d]{1,40})$")
_LEADING_VERBS = re.compile(r"^(?:力争|争取|确保|新增|累计|已|实现|建成|建设|培育|引进|打造|达到|完成|使|将|推动|带动|促成|其中|和|及|等|的)+")
_TRAILING_WORDS = re.compile(r"(?:突破|超过|达到|达|不低于|增长|提高到|约为|约|近|超|共计|共|为|至少|新增|完成|实现|稳定在|控制在|均|分别|总体|到|了|数量|以上|力争|各)+$")


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the flow."""

    start: int
    end: int
    item: Quantity


@dataclass(frozen=True, slots=True)
class _Reader:
    flow: Flow
    grammar: Grammar
    outline: Outline
    head: Head
    times: list[TimePhrase]
    breaks: list[int]
    year: int | None


def quantities_of(flow: Flow, grammar: Grammar, outline: Outline, head: Head, times: list[TimePhrase]) -> list[Found]:
    """All quantities in the order of the text."""
    breaks = [m.start() for m in _SENTENCE_END.finditer(flow.text)]
    signed = head.document.date
    reader = _Reader(flow, grammar, outline, head, times, breaks, int(signed[:4]) if signed else None)
    decoys = _decoys(flow, grammar, head)
    figures = [f for f in scan_figures(flow.text) if not any(decoys[f.number_start : f.number_end])]
    return _same_targets([_found(reader, figure) for figure in figures])


def _decoys(flow: Flow, grammar: Grammar, head: Head) -> bytearray:
    mask = bytearray(len(flow.text) + 1)
    spans = [match.span() for decoy in grammar.decoys for match in decoy.pattern.finditer(flow.text)]
    spans += list(head.masked)
    for start, end in flow.paragraphs():
        if grammar.annex.match(flow.text, start, end) or grammar.contacts.match(flow.text, start + 1, end):
            spans.append((start, end))
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask


def _found(reader: _Reader, figure: Figure) -> Found:
    flow = reader.flow
    start, end = figure.start, figure.end
    first, last = flow.place(start, end)
    kind, why = _kind(reader, figure)
    time, carried = _time(reader, figure)
    indicator = _indicator(flow.text, figure)
    item = Quantity(
        text=flow.printed(start, end), start=first, end=last, indicator=indicator,
        value=figure.value, value_max=figure.value_max, unit=figure.unit,
        value_base=figure.value_base, unit_base=figure.unit_base, comparator=figure.comparator,
        kind=kind, target_kind=_target_kind(figure, indicator, reader.grammar) if kind == "target" else None,
        period=time.item.text if time else None, resolved=time.item.resolved if time else None,
        task_id=reader.outline.task(start), why=why + ("；期限承接上文" if carried else ""),
        inferred=figure.implied or carried, repaired=flow.repaired(start, end),
    )  # fmt: skip
    return Found(start, end, item)


def _sentence(reader: _Reader, position: int) -> tuple[int, int]:
    index = bisect_right(reader.breaks, position)
    start = reader.breaks[index - 1] + 1 if index else 0
    end = reader.breaks[index] if index < len(reader.breaks) else len(reader.flow.text)
    return start, end


def _kind(reader: _Reader, figure: Figure) -> tuple[str, str]:
    """target, achieved or condition, and the evidence."""
    text, words = reader.flow.text, reader.grammar.words
    start, end = _sentence(reader, figure.number_start)
    before = text[start : figure.end]
    clause = text[_clause_start(text, start, figure.start) : min(end, figure.end + 12)]
    tense = reader.outline.tense(figure.start)
    achieved = words["achieved"].search(before)
    condition = words["condition"].search(clause)
    if condition and not achieved and tense != "past":
        return "condition", f"“{condition[0]}”说的是支持、扣除或处罚的条件"
    ahead = _ahead(reader, start, figure)
    if ahead:
        return "target", f"“{ahead}”指向以后"
    if achieved and tense != "future":
        return "achieved", f"“{achieved[0]}”说的是已有情况"
    if tense:
        kind = {"past": "achieved", "future": "target", "condition": "condition"}[tense]
        return kind, "按所在标题判断"
    return _by_paper(reader.head.document.kind, reader.grammar)


def _clause_start(text: str, low: int, position: int) -> int:
    for at in range(position - 1, low - 1, -1):
        if _CLAUSE_BREAK.match(text[at]):
            return at + 1
    return low


def _ahead(reader: _Reader, start: int, figure: Figure) -> str | None:
    """A word of hope, or a deadline after the paper's own year, in the sentence before the figure."""
    text = reader.flow.text
    hedge = reader.grammar.words["hedge"].search(text, start, figure.end) or reader.grammar.words["strong"].search(text, start, figure.end)
    if hedge:
        return hedge[0]
    for time in _before(reader, figure.start):
        if time.start < start:
            break
        resolved = time.item.resolved
        if resolved and (reader.year is None or int(resolved[:4]) >= reader.year):
            return time.item.text
    return None


def _before(reader: _Reader, position: int) -> list[TimePhrase]:
    """The last few time phrases before a position, nearest first."""
    index = bisect_right([time.start for time in reader.times], position)
    return reader.times[max(0, index - 4) : index][::-1]


def _by_paper(kind: str | None, grammar: Grammar) -> tuple[str, str]:
    for word, reading in grammar.kinds:
        if word == kind:
            return reading, f"“{kind}”里没有其他说明的数字按{_READINGS[reading]}读"
    return "target", "没有其他说明，按目标读"


_READINGS = {"target": "目标", "achieved": "已有情况", "condition": "条件"}


def _time(reader: _Reader, figure: Figure) -> tuple[TimePhrase | None, bool]:
    """The time phrase that binds the figure, and whether it was carried over from an earlier sentence of the paragraph."""
    start, end = _sentence(reader, figure.start)
    paragraph = reader.flow.text.rfind("\n", 0, figure.start) + 1
    for time in _before(reader, end):
        if time.start < paragraph:
            break
        if time.start <= figure.start:
            return time, time.start < start
    return None, False


def _indicator(text: str, figure: Figure) -> str:
    """The noun that is counted: the words after a count, else those before the comparator."""
    after = _NOUN_AFTER.match(text, figure.end)
    before = _NOUN_BEFORE.search(text, max(0, figure.start - 40), figure.start)
    lead = _TRAILING_WORDS.sub("", before[1]) if before else ""
    lead = _LEADING_VERBS.sub("", lead)
    if after and (figure.dimension == "count" or len(lead) < 2):
        return after[1]
    return lead or (after[1] if after else figure.text)


def _target_kind(figure: Figure, indicator: str, grammar: Grammar) -> str:
    if figure.implied and grammar.words["coverage"].search(figure.text):
        return "coverage"
    if figure.comparator == "growth":
        return "growth"
    return "share" if figure.unit_base in ("%", "‰") else "count"


def _same_targets(found: list[Found]) -> list[Found]:
    """The same target said again points to its first statement."""
    first: dict[tuple[object, ...], list[int]] = {}
    out: list[Found] = []
    for index, entry in enumerate(found):
        item = entry.item
        key = (item.kind, item.value_base, item.unit_base, item.comparator)
        twin = next((i for i in first.get(key, ()) if _same_noun(out[i].item.indicator, item.indicator)), None)
        if item.kind == "target" and twin is not None:
            entry = replace(entry, item=replace(item, duplicate_of=twin))
        else:
            first.setdefault(key, []).append(index)
        out.append(entry)
    return out


def _same_noun(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 3:
        return False
    return one in other or other in one or one[-4:] == other[-4:]
