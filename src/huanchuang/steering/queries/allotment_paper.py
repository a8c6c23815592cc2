"""配档表 as a Word paper: A3 landscape, one page wide, the head on every page, no row torn. Plain values in, bytes out."""

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

from huanchuang.steering.queries.allotment_book import DONE, HEADS, WAY, BookLine

FACE = "宋体"
WIDTHS = (0.9, 3.8, 4.5, 2.2, 2.6, 1.5, 2.0)
"""Centimetres before the months."""
PAGE, MARGIN = (42.0, 29.7), 1.5
MONTHS_WIDTH = PAGE[0] - 2 * MARGIN - sum(WIDTHS)
SMALL = 8


def allotment_paper(lines: Sequence[BookLine], title: str, note: str, months: Sequence[str]) -> bytes:
    """The paper as bytes."""
    paper = Document()
    _page(paper)
    heading = paper.add_paragraph(title, style="Title")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(note)
    widths = [*WIDTHS, *(MONTHS_WIDTH / len(months) for _month in months)]
    table = paper.add_table(rows=1, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0], [name for name, _width in HEADS] + list(months), widths, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for line in lines:
        row = table.add_row()
        _fill(row, [*line.texts, *(cell.text for cell in line.months)], widths)
        for cell, shown in zip(row.cells[len(HEADS) :], line.months, strict=True):
            if shown.done or shown.under_way:
                _shade(cell, DONE if shown.done else WAY)
        _mark(row, "w:cantSplit")
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    for style, size in (("Normal", 9), ("Title", 20)):
        font = paper.styles[style].font
        font.name, font.size, font.color.rgb = FACE, Pt(size), RGBColor(0, 0, 0)
        fonts = paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(name), FACE)
    for border in list(paper.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run("".join(sign for sign in text if sign in "\n\t" or ord(sign) >= ord(" ")))
        run.font.size, run.font.bold = Pt(SMALL), bold
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(1), Pt(1), 1
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill.lstrip("#"))):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)
