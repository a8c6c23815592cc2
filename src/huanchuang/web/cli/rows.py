"""What a ledger says about each task, gathered from a reading: the rows that workbook and Word table share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.engines.reader import Node, Reading

TASK_LEVELS = {"task", "subtask", "item"}
JOIN = "\n"


@dataclass(frozen=True)
class TaskRow:
    """One line of the ledger. Texts of several items stand under each other."""

    section: str
    number: str
    task: str
    targets: str
    lead: str
    units: str
    deadline: str
    documents: str
    place: str


def task_rows(reading: Reading) -> list[TaskRow]:
    """A row for each task that asks something of somebody, and for each lowest heading; of a letter, its sections."""
    nodes = {node.id: node for node in reading.outline}
    parents = {node.parent for node in reading.outline}
    gathered = _Gathered(reading)
    tasks = [node for node in reading.outline if node.level in TASK_LEVELS]
    shown = tasks or [node for node in reading.outline if node.level == "section"]
    return [gathered.row(node, nodes) for node in shown if node.id not in parents or gathered.speaks_of(node)]


class _Gathered:
    """Items of a reading by the task they belong to."""

    def __init__(self, reading: Reading) -> None:
        self.targets: dict[str, list[str]] = defaultdict(list)
        self.lead: dict[str, list[str]] = defaultdict(list)
        self.units: dict[str, list[str]] = defaultdict(list)
        self.deadlines: dict[str, list[str]] = defaultdict(list)
        self.documents: dict[str, list[str]] = defaultdict(list)
        for quantity in reading.quantities:
            if quantity.kind == "target":
                self.targets[quantity.task_id].append(f"{quantity.indicator} {quantity.text}".strip())
        for target in reading.targets_without_number:
            self.targets[target.task_id].append(target.text)
        for duty in reading.responsibilities:
            self.lead[duty.task_id].extend(duty.lead)
            self.units[duty.task_id].extend(unit for unit in duty.units if unit not in duty.lead)
        for deadline in reading.deadlines:
            shown = deadline.resolved  # what recurs says so in its own words: 每年, 每季度
            self.deadlines[deadline.task_id].append(f"{deadline.text}（{shown}）" if shown else deadline.text)
        for issue in reading.documents_to_issue:
            self.documents[issue.task_id].append(issue.title)

    def speaks_of(self, node: Node) -> bool:
        """Whether anything at all belongs to this task itself."""
        return any(
            node.id in kind for kind in (self.targets, self.units, self.lead, self.deadlines, self.documents)
        )

    def row(self, node: Node, nodes: dict[str, Node]) -> TaskRow:
        """The line of one task."""
        return TaskRow(
            section=_above(node, nodes),
            number=node.number,
            task=node.heading.removeprefix(node.number).strip() or node.number,
            targets=_joined(self.targets[node.id]),
            lead=_joined(self.lead[node.id]),
            units=_joined(self.units[node.id]),
            deadline=_joined(self.deadlines[node.id]),
            documents=_joined(self.documents[node.id]),
            place=f"{node.start}–{node.end}",
        )


def _above(node: Node, nodes: dict[str, Node]) -> str:
    parent = nodes.get(node.parent or "")
    if parent is None or parent.level == "document":
        return ""
    return parent.heading or parent.number


def _joined(texts: Iterable[str]) -> str:
    return JOIN.join(dict.fromkeys(text for text in texts if text))
