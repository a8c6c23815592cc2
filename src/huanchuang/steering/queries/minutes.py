"""Minutes of a meeting as a paper whose decisions are lines of a ledger. Pure: plain values in, text and lines out.

Each decision is a numbered sentence; the line it becomes carries the offsets of its words, its units and its date, as
any line that the reader found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huanchuang.steering.queries.inheritance import ProposedDate, ProposedUnit
from huanchuang.steering.queries.proposal import Proposal, ProposedItem, ProposedLine

WHY = "会议议定事项，由工作人员填写"


@dataclass(frozen=True)
class Decided:
    """One decision: what, who leads, who helps, until when."""

    text: str
    leads: tuple[str, ...]
    co_units: tuple[str, ...]
    due_on: dt.date | None


def minutes(title: str, opening: str, decisions: Sequence[Decided]) -> tuple[str, Proposal]:
    """The text of the minutes with its outline and lines."""
    text = f"{title}\n{opening}\n" if opening else f"{title}\n"
    text += "议定事项：\n"
    items = [ProposedItem("d", None, "document", "", "", title, 0, len(title), 0, "")]
    lines = []
    for number, decided in enumerate(decisions, 1):
        sentence, marks = _sentence(number, decided, len(text))
        start, end = len(text) + len(f"{number}."), len(text) + len(f"{number}.{decided.text}")
        code = f"m{number}"
        items.append(
            ProposedItem(
                code,
                "d",
                "task",
                f"{number}.",
                str(number),
                decided.text,
                len(text),
                end,
                len(text) + len(sentence),
                WHY,
            )
        )
        lines.append(_line(code, decided, sentence, start, end, marks))
        text += f"{sentence}\n"
    whole = ProposedItem("d", None, "document", "", "", title, 0, len(title), len(text), "")
    return text, Proposal((whole, *items[1:]), tuple(lines))


@dataclass(frozen=True)
class _Mark:
    """Words of a sentence with their place and what they are: lead, co, or due."""

    what: str
    words: str
    start: int


def _sentence(number: int, decided: Decided, offset: int) -> tuple[str, list[_Mark]]:
    text, marks = f"{number}.{decided.text}。", []
    if decided.leads or decided.due_on:
        text += "（"
        for pieces in _clauses(decided):
            for what, words in pieces:
                if what:
                    marks.append(_Mark(what, words, offset + len(text)))
                text += words
        text += "）"
    return text, marks


def _clauses(decided: Decided) -> Iterator[list[tuple[str, str]]]:
    """The words in brackets, each with what it is; the joints between them are nothing."""
    clauses = [
        (_joined("lead", decided.leads), "牵头"),
        (_joined("co", decided.co_units), "配合"),
        ([("due", f"{decided.due_on:%Y年%m月%d日}前")] if decided.due_on else [], "完成"),
    ]
    first = True
    for words, ending in clauses:
        if words:
            yield [*([] if first else [("", "，")]), *words, ("", ending)]
            first = False


def _joined(what: str, units: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for unit in units:
        found += [("", "、"), (what, unit)] if found else [(what, unit)]
    return found


def _line(
    code: str, decided: Decided, sentence: str, start: int, end: int, marks: list[_Mark]
) -> ProposedLine:
    units = tuple(
        ProposedUnit(mark.words, mark.what, mark.start, mark.start + len(mark.words), False, WHY)
        for mark in marks
        if mark.what in {"lead", "co"}
    )
    dates = tuple(
        ProposedDate(mark.words, decided.due_on, "", mark.start, mark.start + len(mark.words), False, WHY)
        for mark in marks
        if mark.what == "due"
    )
    return ProposedLine(
        code=f"task-{code}",
        item=code,
        parent=None,
        kind="task",
        name=decided.text[:120],
        quote=sentence,
        start=start,
        end=end,
        why=WHY,
        units=units,
        dates=dates,
    )
