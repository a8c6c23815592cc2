"""Targets without a number: outcomes that the paper sets for a date or hopes for, to be judged and not counted."""

from __future__ import annotations

import re
from bisect import bisect_left

from huanchuang.engines.reader.deadlines import TimePhrase
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import OpenTarget

_CLAUSE = re.compile(r"[^,。;\n]+")
_FIGURE = re.compile(r"\d")
_HORIZON = re.compile(r"到|底")
_NAMED = ("benchmark", "coverage")
"""Outcomes whose name in the pack is a kind of target."""


def open_targets_of(
    flow: Flow, grammar: Grammar, outline: Outline, times: list[TimePhrase], numbers: list[tuple[int, int]]
) -> list[OpenTarget]:
    """Clauses with an outcome and without a figure, in goal sections after a date and anywhere after 力争 or 争创."""
    counted = bytearray(len(flow.text) + 1)
    for start, end in numbers:
        counted[start:end] = b"\x01" * (end - start)
    found: dict[int, OpenTarget] = {}
    horizons = [time.start for time in times if time.item.resolved and _HORIZON.search(time.item.text)]
    for start, end in flow.paragraphs():
        at = bisect_left(horizons, start)
        first = horizons[at] if at < len(horizons) and horizons[at] < end else None
        for clause in _CLAUSE.finditer(flow.text, start, end):
            horizon = first is not None and clause.start() >= first and outline.tense(start) != "past"
            if not any(counted[clause.start() : clause.end()]) and (
                horizon or grammar.words["hedge"].search(clause[0])
            ):
                target = _target(flow, grammar, outline, clause)
                if target:
                    found[clause.start()] = target
    return [found[start] for start in sorted(found)]


def _target(flow: Flow, grammar: Grammar, outline: Outline, clause: re.Match[str]) -> OpenTarget | None:
    if len(clause[0]) < 4 or _FIGURE.search(clause[0]) or outline.tense(clause.start()) == "past":
        return None
    for kind, pattern in grammar.outcomes.items():
        word = pattern.search(clause[0])
        if word:
            first, last = flow.place(*clause.span())
            why = f"“{word[0]}”是没有数字的目标，到期按实际判断"
            return OpenTarget(
                flow.printed(*clause.span()), first, last, kind if kind in _NAMED else "qualitative",
                outline.task(clause.start()), why, repaired=flow.repaired(*clause.span()),
            )  # fmt: skip
    return None
