"""The Word table of tasks (配档表) that `huanchuang read --docx` writes: landscape A4, the head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from huanchuang.engines.reader import Reading
from huanchuang.web.cli.rows import TaskRow, task_rows

COLUMNS = (
    ("序号", 1.2),
    ("工作任务", 7.5),
    ("目标", 6.2),
    ("牵头单位", 3.2),
    ("责任单位", 4.2),
    ("完成时限", 3.4),
)
"""Heading and width in centimetres; 25.7 cm in all."""
FACE = "宋体"


def allotment_paper(readings: Sequence[tuple[str, Reading]]) -> bytes:
    """The paper as bytes: for each reading its title and one table."""
    paper = Document()
    _page(paper)
    for name, reading in readings:
        heading = paper.add_heading(f"{reading.document.title or name}配档表", level=1)
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _table(paper, task_rows(reading))
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for style in ("Normal", "Heading 1"):
        font = paper.styles[style].font
        font.name, font.size = FACE, Pt(16 if style == "Heading 1" else 10.5)
        font.color.rgb = RGBColor(0, 0, 0)
        paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)


def _table(paper: Any, rows: list[TaskRow]) -> None:
    if not rows:
        paper.add_paragraph("没有读出任务。")
        return
    table = paper.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for column, (_title, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    _repeat(table.rows[0])
    _fill(table.rows[0], [title for title, _width in COLUMNS], bold=True)
    for place, row in enumerate(rows, start=1):
        task = f"{row.number}{row.task}"
        _fill(table.add_row(), [str(place), task, row.targets, row.lead, row.units, row.deadline])


def _fill(row: Any, texts: list[str], *, bold: bool = False) -> None:
    for cell, text, (_title, width) in zip(row.cells, texts, COLUMNS, strict=True):
        cell.width = Cm(width)
        cell.text = text
        for run in cell.paragraphs[0].runs:
            run.bold = bold


def _repeat(row: Any) -> None:
    """Word repeats rows that carry this mark; python-docx has no name for it."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
