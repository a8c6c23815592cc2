"""The outline: numbered headings with level and parent.

A marker opens a node only at the beginning of a paragraph (一是 also after a full stop). The node hangs under the
nearest earlier node of a smaller rank, so that numbering may run on through sections and levels may be skipped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, Marker
from huanchuang.engines.reader.tables import Table, Tables
from huanchuang.engines.reader.values import Document, Node

_HEADING_END = re.compile(r"[。\n]")
_ANNEX_ITEM = re.compile(r"\d{1,2}[.、]")
_ANNEX_SPAN = 12
_LONGEST_ANNEX_HEAD = 40
_COUNTED = re.compile(r"\d{1,3}(?=[.、])")
_FUSED = re.compile(r"(\d{1,3})[.](?=\d{2,4}[一-龥])")
"""11.121工程: a marker before a name that begins with figures, where the number before was 10."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node and where its text runs in the flow; `tense` is what its heading says: past, future, condition or None."""

    node: Node
    start: int
    body: int
    tense: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in order, the document itself first; `places` also tells which node goes on below a table."""

    places: tuple[Place, ...]
    starts: tuple[int, ...]
    nodes: tuple[Node, ...]

    def at(self, position: int) -> Place:
        """The innermost node that holds a position of the flow."""
        return self.places[max(0, bisect_right(self.starts, position) - 1)]

    def task(self, position: int) -> str:
        """Its id."""
        return self.at(position).node.id

    def tense(self, position: int) -> str | None:
        """What the headings above a position say of its figures; the nearest heading that says anything decides."""
        return self.at(position).tense


def outline_of(
    flow: Flow, grammar: Grammar, head: Document, title: tuple[int, int], tables: Tables
) -> Outline:
    """Read the outline of a flow; the rows of tables that allot tasks are nodes too."""
    start, end = flow.place(*title)
    root = Node("0", "document", "", head.title, start, end, None, "文件标题")
    builder = _Builder(flow, grammar, [Place(root, 0, title[1], None, 0)])
    events: list[tuple[int, Callable[[], None]]] = [
        *(
            (at, partial(builder.add_heading, marker, at, end))
            for marker, at, end in _markers(flow, grammar, tables)
        ),
        *((table.start, partial(builder.add_table, table)) for table in tables.all if table.allots),
        *((start, partial(builder.open_annex, start)) for start in _annexes(flow, grammar)),
    ]
    for _, add in sorted(events, key=lambda event: event[0]):
        add()
    places = builder.places
    return Outline(tuple(places), tuple(place.start for place in places), tuple(builder.nodes))


class _Builder:
    """Hangs headings and rows of tables under each other."""

    def __init__(self, flow: Flow, grammar: Grammar, places: list[Place]) -> None:
        self.flow, self.grammar, self.places = flow, grammar, places
        self.stack = list(places)
        self.nodes = [place.node for place in places]
        self.counters = {"0": 0}

    def add_heading(self, marker: Marker, at: int, number_end: int) -> None:
        """A numbered heading."""
        stop = _HEADING_END.search(self.flow.text, number_end)
        end = len(self.flow.text)
        if stop is not None:
            end = stop.start() if self.flow.text[stop.start()] == "\n" else stop.end()
        why = f"段首的“{self.flow.printed(at, number_end)}”是{_NAMES[marker.level]}编号"
        self._add(marker.level, marker.rank, (at, number_end), end, why)

    def add_table(self, table: Table) -> None:
        """A node per row; where the task is merged over several rows, the rows below it hang under the first."""
        kept = list(self.stack)
        rank = max(_ROW_RANK, self.stack[-1].rank + 1)
        for row in table.rows:
            task, content = table.cell(row, "task"), table.cell(row, "content")
            cell, depth = (task, 0) if task else (content, int(any(table.cells(row, "task"))))
            if cell is not None:
                why = "分解表里一行是一项任务" if task else "分解表里合并的任务下面的一行"
                level = _ROW_LEVELS[min(rank - _ROW_RANK + depth, len(_ROW_LEVELS) - 1)]
                self._add(level, rank + depth, (cell.start, cell.start), cell.end, why, first=row.start)
        self.stack = kept
        self._go_on(table.end)

    def open_annex(self, start: int) -> None:
        """What stands in an annex belongs to no heading before it."""
        self.stack = self.stack[:1]
        self._go_on(start)

    def _go_on(self, start: int) -> None:
        """From here on the text belongs to the innermost open node again."""
        above = self.stack[-1]
        self.places.append(Place(above.node, start, above.body, above.tense, above.rank))

    def _add(
        self, level: str, rank: int, number: tuple[int, int], end: int, why: str, first: int | None = None
    ) -> None:
        while self.stack[-1].rank >= rank:
            self.stack.pop()
        parent = self.stack[-1]
        self.counters[parent.node.id] += 1
        prefix = "" if parent.node.id == "0" else parent.node.id + "."
        code = f"{prefix}{self.counters[parent.node.id]}"
        self.counters[code] = 0
        at = number[0]
        place, last = self.flow.place(at, end)
        node = Node(
            id=code, level=level, number=self.flow.printed(*number), heading=self.flow.printed(at, end),
            start=place, end=last, parent=parent.node.id, why=why, repaired=self.flow.repaired(at, end),
        )  # fmt: skip
        tense = _inherited(self.flow.text[at:end], parent.tense, self.grammar)
        here = Place(node, at if first is None else first, end, tense, rank)
        self.places.append(here)
        self.nodes.append(node)
        self.stack.append(here)


_ROW_RANK = 6
_ROW_LEVELS = ("task", "subtask", "item")
_NAMES = {"section": "一级标题", "task": "任务", "subtask": "子任务", "item": "分项"}


def _inherited(heading: str, above: str | None, grammar: Grammar) -> str | None:
    """What a heading says, within what the one above it says: 保障 under 工作开展情况 still tells of the past."""
    own = _tense(heading, grammar)
    if above == "past" and own == "future" and not grammar.headings["turn"].search(heading):
        return above
    return own or above


def _tense(heading: str, grammar: Grammar) -> str | None:
    if len(heading) > 60:
        return None
    best, found = (-1, 0), None
    dealt = [match.span() for match in grammar.headings["dealt"].finditer(heading)]
    for tense in ("past", "future", "condition"):
        for match in grammar.headings[tense].finditer(heading):
            if tense == "past" and any(start < match.start() and match.end() <= end for start, end in dealt):
                continue
            place = match.end(), len(match[0])  # the last word of the heading counts, 下列条件 before 条件
            if place > best:
                best, found = place, tense
    return found


def _annexes(flow: Flow, grammar: Grammar) -> list[int]:
    """Where annexes begin: 附件2, 附件：重点任务分解表."""
    return [
        start
        for start, end in flow.paragraphs()
        if end - start <= _LONGEST_ANNEX_HEAD
        and grammar.annex.match(flow.text, start, end)
        and flow.text.find("。", start, end) < 0
    ]


def _markers(flow: Flow, grammar: Grammar, tables: Tables) -> Iterator[tuple[Marker, int, int]]:
    """Marker, its start and its end, in the order of the text."""
    annex = last = 0
    for start, end in flow.paragraphs():
        if tables.at(start):
            continue
        if grammar.annex.match(flow.text, start, end):
            annex = _ANNEX_SPAN
            continue
        if annex and _ANNEX_ITEM.match(flow.text, start, end) and end - start < 80:
            annex -= 1
            continue
        annex = 0
        for marker, at, number_end in _paragraph(flow, grammar, start, end, last):
            counted = _COUNTED.match(flow.text, at)
            last = int(counted[0]) if counted else last
            yield marker, at, number_end


def _paragraph(
    flow: Flow, grammar: Grammar, start: int, end: int, before: int
) -> Iterator[tuple[Marker, int, int]]:
    last = start
    for marker in grammar.markers:
        match = marker.pattern.match(flow.text, start, end)
        if match and match.end() < end:
            yield marker, start, match.end()
            last = match.end()
            break
    else:
        fused = _FUSED.match(flow.text, start, end)
        arabic = next((marker for marker in grammar.markers if marker.style == "arabic"), None)
        if fused and arabic and before > 0 and int(fused[1]) == before + 1:
            yield arabic, start, fused.end()
            last = fused.end()
    runs = list(grammar.run_in.finditer(flow.text, last + 1, end))
    for match in runs:
        if flow.text[match.start() - 1] not in ";:" or _own_sentence(flow, match.start(), runs):
            yield grammar.run_in_marker, match.start(), match.end()


def _own_sentence(flow: Flow, at: int, runs: list[re.Match[str]]) -> bool:
    """一是 after a colon counts where the next one of its row follows a full stop, not a semicolon."""
    if flow.text[at - 1] == ";":
        return False
    following = next((run.start() for run in runs if run.start() > at), None)
    return following is not None and flow.text[following - 1] == "。"
