"""配档表: task × month. In each month what is to be done by its end (nodes), what falls due, and whether work goes on.

A row is a task or a target that stands alone; nodes and deadlines of the parts of a task stand in its row, with the
name of the part. The page, the workbook and the Word paper show the same rows.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.steering.models import Node, Review, Target
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.light import plain
from huanchuang.steering.queries.visibility import visible_targets
from huanchuang.steering.queries.words import goal

MONTHS = 12
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class Entry:
    """One thing in a cell: a node, or a deadline (`due`)."""

    text: str
    due: bool = False
    done: bool = False
    own: bool = True
    """False for what belongs to a part of the task."""


@dataclass(frozen=True)
class Cell:
    """One month of one row."""

    month: int
    entries: tuple[Entry, ...]
    under_way: bool
    """Whether the month lies between the start of the plan and the deadline."""
    own_text: str = ""
    """Words of the row's own node of this month, as they are edited."""

    @property
    def text(self) -> str:
        """Everything in the cell, a line each."""
        return "\n".join(f"◆{entry.text}" if entry.due else entry.text for entry in self.entries)


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: Row
    goals: tuple[str, ...]
    """Targets of the task, or the figure of the line itself."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Allotment:
    """The table of one year."""

    year: int
    months: tuple[int, ...]
    lines: tuple[Line, ...]
    as_of: dt.date


def allotment(user: User, filters: Filters, year: int, as_of: dt.date) -> Allotment:
    """The table of a year, of the lines that a person may see and that the filters leave."""
    lines = filters.narrow(visible_targets(user), as_of).filter(parent__isnull=True)
    rows = list(rows_of(lines, as_of))
    return Allotment(year, tuple(range(1, MONTHS + 1)), tuple(lines_of(rows, year)), as_of)


def lines_of(rows: Sequence[Row], year: int) -> list[Line]:
    """Rows of the table for lines that were chosen elsewhere."""
    keys = [row.target.pk for row in rows]
    parts: dict[int, list[Target]] = defaultdict(list)
    for part in Target.objects.filter(parent__in=keys, review=Review.ACCEPTED).order_by("position"):
        parts[part.parent_id or 0].append(part)
    everyone = [*keys, *(part.pk for found in parts.values() for part in found)]
    nodes: dict[int, list[Node]] = defaultdict(list)
    for node in Node.objects.filter(target__in=everyone, due_on__year=year).order_by("due_on"):
        nodes[node.target_id].append(node)
    return [_line(row, parts[row.target.pk], nodes, year) for row in rows]


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def node_day(target: Target, year: int, month: int) -> dt.date:
    """The day of a node that is set for a month: its last one, or the deadline where that comes earlier in it."""
    end = month_end(year, month)
    due = target.due_on
    return due if due is not None and (due.year, due.month) == (year, month) else end


def cell_of(target: Target, row: Row, year: int, month: int) -> Cell:
    """One cell, after it was edited."""
    return lines_of([row], year)[0].cells[month - 1]


def _line(row: Row, parts: Sequence[Target], nodes: dict[int, list[Node]], year: int) -> Line:
    own = row.goal
    goals = (own,) if own else tuple(_with_goal(part) for part in parts)
    cells = tuple(_cell(row, parts, nodes, year, month) for month in range(1, MONTHS + 1))
    return Line(row, goals, cells)


def _cell(row: Row, parts: Sequence[Target], nodes: dict[int, list[Node]], year: int, month: int) -> Cell:
    target = row.target
    entries, own_text = [], ""
    for one in (target, *parts):
        own = one.pk == target.pk
        for node in nodes[one.pk]:
            if node.due_on.month != month:
                continue
            entries.append(Entry(_words(node, one, own), done=node.done_on is not None, own=own))
            if own:
                own_text = node.text
        if one.due_on is not None and (one.due_on.year, one.due_on.month) == (year, month):
            words = _("完成") if own else _with_goal(one)
            entries.append(Entry(words, due=True, done=one.state == "closed", own=own))
    return Cell(month, tuple(entries), _under_way(target, year, month), own_text)


def _under_way(target: Target, year: int, month: int) -> bool:
    first, last = dt.date(year, month, 1), month_end(year, month)
    started = target.plan.issued_on or dt.date.min
    return started <= last and (target.due_on is None or target.due_on >= first)


def _words(node: Node, target: Target, own: bool) -> str:
    figure = ""
    if node.value is not None:
        figure = f"{plain(node.value)}{target.unit}"
    elif node.percent is not None:
        figure = f"{node.percent}%"
    words = " ".join(filter(None, (node.text, figure)))
    return words if own else f"{target.name[:12]}：{words}"


def _with_goal(target: Target) -> str:
    figure = goal(target.value, target.value_max, target.comparator, target.unit)
    return f"{target.name} {figure}".strip()
