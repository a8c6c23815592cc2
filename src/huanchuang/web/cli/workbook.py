"""The Excel ledger (工作台账) that `huanchuang read --xlsx` writes: tasks, targets with a number, doubts, the papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from huanchuang.engines.reader import Reading
from huanchuang.engines.sheets.look import A3, Look, height_of, new_book, print_setup
from huanchuang.web.cli.rows import task_rows

Named = Sequence[tuple[str, Reading]]
Column = tuple[str, int]
"""Heading and width in characters."""

TASKS: list[Column] = [
    ("序号", 6), ("上级", 24), ("编号", 8), ("任务", 40), ("目标", 36), ("牵头单位", 18), ("责任单位", 26),
    ("完成时限", 20), ("拟出台文件", 24), ("进展", 24), ("状态", 8), ("原文位置", 14), ("来源文件", 22),
]  # fmt: skip
TARGETS: list[Column] = [
    ("序号", 6), ("指标", 26), ("原文", 26), ("比较", 7), ("数值", 14), ("上限", 12), ("单位", 8), ("性质", 8),
    ("时期", 12), ("说明", 40), ("原文位置", 14), ("来源文件", 22),
]  # fmt: skip
DOUBTS: list[Column] = [("序号", 6), ("原文", 40), ("为什么要看一下", 60), ("原文位置", 14), ("来源文件", 22)]
PAPERS: list[Column] = [
    ("来源文件", 24), ("标题", 46), ("文号", 22), ("发文单位", 22), ("成文日期", 12), ("发布日期", 12), ("文种", 14), ("主送", 22),
]  # fmt: skip
KINDS = {"target": "目标", "achieved": "已完成", "condition": "条件"}


def ledger_workbook(readings: Named) -> bytes:
    """The workbook as bytes. No cell is a formula or a link, whatever the paper says."""
    buffer = BytesIO()
    with new_book(buffer) as book:
        look = Look(book)
        _add(book, look, "工作台账", TASKS, _tasks(readings))
        _add(book, look, "量化目标", TARGETS, _targets(readings))
        _add(book, look, "待核对", DOUBTS, _doubts(readings))
        _add(book, look, "文件", PAPERS, _papers(readings))
    return buffer.getvalue()


def _add(book: Workbook, look: Look, name: str, columns: list[Column], rows: Iterable[Sequence[Any]]) -> None:
    """A sheet with `rows` under `columns`: a heading that stays and repeats in print, a filter; an empty one says so."""
    sheet, last = book.add_worksheet(name), 0
    widths = [width for _title, width in columns]
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, look.head())
    for last, row in enumerate(rows, start=1):
        sheet.set_row(last, height_of(zip((str(value or "") for value in row), widths, strict=True)))
        for place, value in enumerate(row):
            look.write(sheet, last, place, value if isinstance(value, int | Decimal) else str(value or ""))
    if not last:
        look.write(sheet, 1, 0, "没有内容")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    print_setup(sheet, A3, 0)
    sheet.set_header(f"&C&14{name}")


def _tasks(readings: Named) -> list[list[Any]]:
    rows = [(name, row) for name, reading in readings for row in task_rows(reading)]
    return [
        [
            place,
            row.section,
            row.number,
            row.task,
            row.targets,
            row.lead,
            row.units,
            row.deadline,
            row.documents,
            "",
            "",
            row.place,
            name,
        ]
        for place, (name, row) in enumerate(rows, start=1)
    ]


def _targets(readings: Named) -> list[list[Any]]:
    items = [(name, item) for name, reading in readings for item in reading.quantities]
    return [
        [
            place, item.indicator, item.text, item.comparator, item.value, item.value_max, item.unit, KINDS.get(item.kind, item.kind),
            item.resolved or item.period, item.why, f"{item.start}–{item.end}", name,
        ]
        for place, (name, item) in enumerate(items, start=1)
    ]  # fmt: skip


def _doubts(readings: Named) -> list[list[Any]]:
    items = [(name, item) for name, reading in readings for item in reading.problems]
    return [
        [place, item.masked, item.why, f"{item.start}–{item.end}", name]
        for place, (name, item) in enumerate(items, start=1)
    ]


def _papers(readings: Named) -> list[list[Any]]:
    return [
        [
            name,
            paper.title,
            paper.number,
            paper.issuer,
            paper.date_signed or paper.date,
            paper.date_published,
            paper.kind,
            paper.addressee,
        ]
        for name, reading in readings
        for paper in [reading.document]
    ]
