"""The table as rows of a sheet or paper; always in Chinese, as the form is."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from huanchuang.steering.models import Plan
from huanchuang.steering.queries.allotment import Allotment, Line
from huanchuang.steering.queries.allotment_book import BookCell, BookLine


def book_lines(table: Allotment) -> list[BookLine]:
    """The rows of the table as plain texts."""
    with translation.override("zh-hans"):
        return [_line(number, line) for number, line in enumerate(table.lines, 1)]


def _line(number: int, line: Line) -> BookLine:
    target, row = line.row.target, line.row
    leaders = dict.fromkeys(duty.leader for duty in (*row.leads, *row.co_units) if duty.leader)
    texts = (
        str(number),
        f"{target.item.path} {target.name}".strip(),
        "；\n".join(line.goals),
        "、".join(duty.unit for duty in row.leads),
        "、".join(duty.unit for duty in row.co_units),
        "、".join(leaders),
        row.due,
    )
    months = tuple(
        BookCell(cell.text, cell.under_way, bool(cell.entries) and all(entry.done for entry in cell.entries))
        for cell in line.cells
    )
    return BookLine(texts, months)


def months_of(table: Allotment) -> list[str]:
    """Heads of the months."""
    return [f"{month}月" for month in table.months]


def titles(plan: Plan | None, table: Allotment) -> tuple[str, str, str]:
    """Title, note under it, and name of the file without its ending."""
    title = plan.title if plan else "全部方案"
    day: dt.date = table.as_of
    note = (
        f"{table.year}年度，截至{day.year}年{day.month}月{day.day}日，共{len(table.lines)}项。"
        "底色为实施期，绿底为已完成；◆为完成时限，其余为当月底前要做到的节点。"
    )
    return f"{title}配档表", note, f"{title[:60]}配档表{table.year}"
