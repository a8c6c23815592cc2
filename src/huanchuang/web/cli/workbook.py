"""The Excel ledger (工作台账) that `huanchuang read --xlsx` writes: tasks, targets with a number, doubts, the papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from huanchuang.engines.reader import Reading
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
LINE = 15
"""Height of a line in points."""
A3 = 8
KINDS = {"target": "目标", "achieved": "已完成", "condition": "条件"}


def ledger_workbook(readings: Named) -> bytes:
    """The workbook as bytes. No cell is a formula or a link, whatever the paper says."""
    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheets = _Sheets(book)
    sheets.add("工作台账", TASKS, _tasks(readings))
    sheets.add("量化目标", TARGETS, _targets(readings))
    sheets.add("待核对", DOUBTS, _doubts(readings))
    sheets.add("文件", PAPERS, _papers(readings))
    book.close()
    return buffer.getvalue()


class _Sheets:
    """Adds sheets of one look: heading row that stays and repeats in print, wrapped cells, a filter, A3 across."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        face = {
            "font_name": "Microsoft YaHei",
            "font_size": 10,
            "valign": "top",
            "border": 1,
            "border_color": "#C8CDD3",
        }
        self.cell = book.add_format({**face, "text_wrap": True})
        self.number = book.add_format({**face, "num_format": "#,##0.######"})
        self.head = book.add_format(
            {**face, "bold": True, "bg_color": "#EEF0F2", "text_wrap": True, "valign": "vcenter"}
        )

    def add(self, name: str, columns: list[Column], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet with `rows` under `columns`; an empty one says so."""
        sheet = self.book.add_worksheet(name)
        for place, (title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, LINE * _lines(row, columns))
            for place, value in enumerate(row):
                self._write(sheet, last, place, value)
        if not last:
            sheet.write_string(1, 0, "没有内容", self.cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C&14{name}")
        sheet.set_footer("&C&P / &N")

    def _write(self, sheet: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, int | Decimal):
            sheet.write_number(row, place, value, self.number)
        else:
            sheet.write_string(row, place, str(value or ""), self.cell)


def _lines(row: Sequence[Any], columns: list[Column]) -> int:
    """How many lines the fullest cell takes; a Chinese character is two wide. Not every program fits rows by itself."""
    most = 1
    for value, (_, width) in zip(row, columns, strict=True):
        parts = str(value or "").split("\n")
        wide = [sum(2 if ord(sign) > 0x2E7F else 1 for sign in part) for part in parts]
        most = max(most, sum(max(1, -(-one // (width - 1))) for one in wide))
    return min(most, 20)


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
