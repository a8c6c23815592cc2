"""通报: the state of the ledger as a Word paper in the form of the genre. Plain values in, bytes out.

Every figure is that of the dispatch page of the same day; nothing is written that no record says.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import translation
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from huanchuang.steering.models import Shortcoming
from huanchuang.steering.queries.dispatch import Dispatch, UnitStanding

FACE, HEADING = "仿宋", "黑体"
WIDTHS = (4.4, *(1.4 for _column in range(8)))
"""Centimetres of the columns of the table of units, 15.6 in all."""
MOST = 30
"""Lines that a bulletin names; the ledger has the rest."""


def bulletin(found: Dispatch, problems: Sequence[Shortcoming], district: str, issuer: str) -> bytes:
    """The paper as bytes."""
    with translation.override("zh-hans"):
        paper = _paper(found, problems, district, issuer)
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _paper(found: Dispatch, problems: Sequence[Shortcoming], district: str, issuer: str) -> Any:
    paper, day = Document(), found.as_of
    _page(paper)
    title = paper.add_paragraph(f"关于{district}重点任务推进情况的通报", style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(paper, f"现将截至{day.year}年{day.month}月{day.day}日重点任务推进情况通报如下。")
    _head(paper, "一、总体情况")
    _say(paper, _overall(found))
    _table(paper, found.units)
    _head(paper, "二、滞后和预警事项")
    _lagging(paper, found.units)
    _head(paper, "三、问题整改")
    _problems(paper, found, problems)
    _head(paper, "四、下一步要求")
    _say(
        paper,
        "滞后事项的牵头单位要逐项说明原因、明确措施，并在台账中更新进展；已完成的及时上传佐证并申请销号；需要协调的写明对象和事项，由调度会研究。",
    )
    for text in (issuer, f"{day.year}年{day.month}月{day.day}日"):
        paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paper


def _overall(found: Dispatch) -> str:
    lights = found.lights
    return (
        f"台账共{found.total}项，已销号{found.closed}项；正常{lights['green']}项，预警{lights['amber']}项，"
        f"滞后{lights['red']}项，进展未知{lights['grey']}项。问题清单未销号{found.problems}个，其中超过整改时限{found.late_problems}个。"
    )


def _table(paper: Any, units: Sequence[UnitStanding]) -> None:
    heads = ("单位", "牵头事项", "已销号", "正常", "预警", "滞后", "未知", "未回应催办", "未销号问题")
    table = paper.add_table(rows=1, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0], heads, bold=True)
    for unit in units:
        lights = unit.lights
        figures = (
            unit.lines, unit.closed, lights["green"], lights["amber"], lights["red"], lights["grey"], unit.unanswered, unit.problems,
        )  # fmt: skip
        _fill(table.add_row(), (unit.organisation.name, *(str(figure) for figure in figures)))


def _lagging(paper: Any, units: Sequence[UnitStanding]) -> None:
    rows = list({row.target.pk: (unit, row) for unit in units for row in unit.lagging}.values())
    if not rows:
        _say(paper, "没有滞后和预警事项。")
    for number, (unit, row) in enumerate(rows[:MOST], 1):
        goal = f"（{row.goal}）" if row.goal else ""
        _say(paper, f"{number}.{row.target.name}{goal}，牵头单位{unit.organisation.name}：{row.reason}。")
    if len(rows) > MOST:
        _say(paper, f"另有{len(rows) - MOST}项，见台账。")


def _problems(paper: Any, found: Dispatch, problems: Sequence[Shortcoming]) -> None:
    if not problems:
        _say(paper, "没有未销号的问题。")
    for number, one in enumerate(problems[:MOST], 1):
        late = "，已超过时限" if one.due_on < found.as_of else ""
        _say(
            paper,
            f"{number}.{one.title}。整改措施：{one.measure}。责任单位{one.organisation.name}，时限{one.due_on.isoformat()}，{one.get_state_display()}{late}。",
        )


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    for style, size, face in (("Normal", 16, FACE), ("Title", 22, HEADING)):
        font = paper.styles[style].font
        font.name, font.size, font.color.rgb = face, Pt(size), RGBColor(0, 0, 0)
        fonts = paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(name), face)
    for border in list(paper.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _head(paper: Any, text: str) -> None:
    run = paper.add_paragraph().add_run(text)
    run.font.name = HEADING
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING)


def _say(paper: Any, text: str) -> None:
    paragraph = paper.add_paragraph("".join(sign for sign in text if sign >= " "))
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.space_after = Pt(4)


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width, cell.vertical_alignment = Cm(WIDTHS[place]), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.font.bold = Pt(10), bold
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(2), Pt(2), 1
        if place or bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
