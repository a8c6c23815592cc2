"""From a reading to the lines of a ledger: what is a task, which figure belongs to it, who answers and until when.

Pure, so that the job which writes rows and the command line which writes a sheet give the same lines.

1. Each innermost task of the outline is a line; headings that only set the scene (指导思想, 主要目标 …) are not.
2. Each figure to be reached, each outcome without a figure and each document to be issued is a line below its task.
3. A target that is stated twice is one line, standing where units answer for it; the other place is kept in `also`.
4. Units and dates come from the line's own sentence, else from its task, else from the clauses above; what is
   not the line's own is marked as inferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from huanchuang.engines.reader import Reading
from huanchuang.engines.reader.values import Issue, OpenTarget
from huanchuang.steering.queries.inheritance import Clauses, ProposedDate, ProposedUnit

WORK_LEVELS = frozenset({"task", "subtask"})
PREFACE = re.compile(
    r"(指导思想|总体要求|(总体|基本|工作)思路|基本原则|目的和?意义|(总体|主要|工作|发展|建设)目标|形势|基础)[。]?$"
)
NAME_LENGTH = 120


@dataclass(frozen=True)
class ProposedItem:
    """A node of the outline with the reach of its text and the numbers above it."""

    code: str
    parent: str | None
    level: str
    number: str
    path: str
    heading: str
    start: int
    end: int
    body_end: int
    why: str


@dataclass(frozen=True)
class ProposedLine:
    """A line of the ledger before anybody has looked at it."""

    code: str
    item: str
    parent: str | None
    kind: str
    name: str
    quote: str
    start: int
    end: int
    why: str
    doubt: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    units: tuple[ProposedUnit, ...] = ()
    dates: tuple[ProposedDate, ...] = ()
    also: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Everything that a reading offers for the ledger, in the order of the text."""

    items: tuple[ProposedItem, ...]
    lines: tuple[ProposedLine, ...]


def proposal(reading: Reading, text: str) -> Proposal:
    """The outline and the lines that a reading of `text` gives."""
    items = _items(reading, text)
    clauses = Clauses(reading, text)
    tasks = {item.code: _task_line(item, clauses) for item in items if _is_work(item, items)}
    parts = [_with_parent(line, clauses, tasks) for line in _parts(reading, text, clauses)]
    lines = sorted([*tasks.values(), *parts], key=lambda line: (line.start, line.kind != "task", line.end))
    return Proposal(items, tuple(lines))


def _items(reading: Reading, text: str) -> tuple[ProposedItem, ...]:
    nodes = reading.outline
    paths: dict[str, str] = {}
    items = []
    for index, node in enumerate(nodes):
        paths[node.id] = paths.get(node.parent or "", "") + _number(node.number)
        later = (n.start for n in nodes[index + 1 :] if node.level == "item" or n.level != "item")
        body_end = next(later, len(text))
        parent = node.parent if node.parent in paths else None
        items.append(
            ProposedItem(
                node.id,
                parent,
                node.level,
                node.number,
                paths[node.id],
                _bare(node.heading, node.number),
                node.start,
                node.end,
                max(body_end, node.end),
                node.why,
            )
        )
    return tuple(items)


def _number(written: str) -> str:
    return written.strip().rstrip("、.．。") if written else ""


def _bare(heading: str, number: str) -> str:
    return heading.strip().removeprefix(number.strip()).strip().rstrip("。；;")


def _is_work(item: ProposedItem, items: tuple[ProposedItem, ...]) -> bool:
    """Whether a node is a task to be done: innermost of its sort, and not a heading that only sets the scene."""
    if item.level not in WORK_LEVELS or PREFACE.search(item.heading):
        return False
    return not any(other.parent == item.code and other.level in WORK_LEVELS for other in items)


def _task_line(item: ProposedItem, clauses: Clauses) -> ProposedLine:
    dates = clauses.dates_of_task(item.code)
    return ProposedLine(
        code=f"task-{item.code}",
        item=item.code,
        parent=None,
        kind="task",
        name=item.heading[:NAME_LENGTH],
        quote=clauses.text[item.start : item.body_end].strip(),
        start=item.start,
        end=item.end,
        why=item.why,
        doubt=_doubt(False, dates),
        units=clauses.units_of_task(item.code),
        dates=dates,
    )


def _with_parent(line: ProposedLine, clauses: Clauses, tasks: dict[str, ProposedLine]) -> ProposedLine:
    home = next((code for code in clauses.upwards(line.item) if code in tasks), None)
    return replace(line, parent=tasks[home].code if home else None)


def _parts(reading: Reading, text: str, clauses: Clauses) -> list[ProposedLine]:
    return [*_figures(reading, clauses), *_outcomes(reading, clauses), *_documents(reading, clauses)]


def _figures(reading: Reading, clauses: Clauses) -> list[ProposedLine]:
    groups: dict[int, list[int]] = {}
    for index, quantity in enumerate(reading.quantities):
        if quantity.kind == "target":
            groups.setdefault(index if quantity.duplicate_of is None else quantity.duplicate_of, []).append(
                index
            )
    return [_figure(reading, clauses, members) for members in groups.values()]


def _figure(reading: Reading, clauses: Clauses, members: list[int]) -> ProposedLine:
    """One line for a figure and its repetitions; it stands where units answer for it."""
    answered = [
        i for i in members if clauses.units_at(reading.quantities[i].task_id, reading.quantities[i].start)
    ]
    home = (answered or members)[0]
    figure = reading.quantities[home]
    dates = clauses.dates_at(figure.task_id, figure.start, figure.resolved)
    if not dates:
        others = (reading.quantities[i] for i in members if i != home)
        dates = next((d for q in others if (d := clauses.dates_at(q.task_id, q.start, q.resolved))), ())
    return ProposedLine(
        code=f"figure-{home}",
        item=figure.task_id,
        parent=None,
        kind=figure.target_kind or "count",
        name=(clauses.name_without_time(figure.indicator, figure.start) or figure.text)[:NAME_LENGTH],
        quote=figure.text,
        start=figure.start,
        end=figure.end,
        why=figure.why,
        doubt=_doubt(figure.repaired, dates)
        or ("" if figure.indicator else "没有认出这个数字说的是哪项指标"),
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        comparator=figure.comparator,
        units=clauses.units_at(figure.task_id, figure.start),
        dates=dates,
        also=tuple((q.start, q.end, q.text) for i in members if i != home for q in (reading.quantities[i],)),
    )


def _outcomes(reading: Reading, clauses: Clauses) -> list[ProposedLine]:
    return [
        _open_line(f"outcome-{index}", found, found.target_kind or "qualitative", found.text, clauses)
        for index, found in enumerate(reading.targets_without_number)
    ]


def _documents(reading: Reading, clauses: Clauses) -> list[ProposedLine]:
    return [
        _open_line(f"document-{index}", found, "document", f"出台{_titled(found.title)}", clauses)
        for index, found in enumerate(reading.documents_to_issue)
    ]


def _titled(title: str) -> str:
    return title if "《" in title else f"《{title}》"


def _open_line(code: str, found: OpenTarget | Issue, kind: str, name: str, clauses: Clauses) -> ProposedLine:
    dates = clauses.dates_at(found.task_id, found.start, None)
    return ProposedLine(
        code=code,
        item=found.task_id,
        parent=None,
        kind=kind,
        name=name[:NAME_LENGTH],
        quote=found.text,
        start=found.start,
        end=found.end,
        why=found.why,
        doubt=_doubt(found.repaired, dates),
        units=clauses.units_at(found.task_id, found.start),
        dates=dates,
    )


def _doubt(repaired: bool, dates: tuple[ProposedDate, ...]) -> str:
    """Why a person should look first; a date that was only inferred, or damaged words that were repaired."""
    if repaired:
        return "原文有残缺，已按唯一可能修复"
    if any(date.inferred and date.why for date in dates):
        return next(f"时限的依据：{date.why}" for date in dates if date.inferred and date.why)
    return ""
