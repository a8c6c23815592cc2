"""The dossier as a Word paper: A4, the day and the reader on the first page, the head of each table on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from huanchuang.web.queries.dossier.shape import Cell, Dossier, Head, Part

FACE = "宋体"
SIZES = {"Normal": 10.5, "Title": 18, "Heading 2": 13}
SMALL = 9
WIDTH, LEAST, WIDEST = 17.0, 1.4, 26
"""Centimetres between the margins and for the narrowest column; signs after which a column grows no more."""
ASCII_SIGN, PADDING, MEASURED = 0.165, 0.5, 60
"""Centimetres of a figure and beside it; rows that are measured."""
GREY = RGBColor(0x64, 0x6B, 0x75)


def paper_of(dossier: Dossier, reader: str) -> bytes:
    """The paper as bytes; `reader` is the name of who had it made."""
    paper = Document()
    _page(paper)
    title = paper.add_paragraph(dossier.organisation.name, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = {"day": dossier.as_of.isoformat(), "who": reader}
    _small(paper, _("一企一档 · 截至 %(day)s · 由%(who)s导出，内容以其查看范围为限") % words)
    for part in dossier.parts:
        _part(paper, part)
    if dossier.empty:
        _small(paper, _("没有登记的内容：") + "、".join(dossier.empty))
    about = paper.core_properties
    about.title, about.author, about.comments = dossier.organisation.name, reader, ""
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for style, size in SIZES.items():
        font = paper.styles[style].font
        font.name, font.size, font.color.rgb = FACE, Pt(size), RGBColor(0, 0, 0)
        fonts = paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(name), FACE)
    for border in paper.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _part(paper: Any, part: Part) -> None:
    title = part.title if part.count is None else f"{part.title}（{part.count}）"
    paper.add_paragraph(title, style="Heading 2")
    if part.lead:
        paper.add_paragraph(part.lead)
    if part.heads:
        _table(paper, part.heads, part.rows)
    else:
        _lines(paper, part)
    shown = _("本表列出前 %(shown)s 项，共 %(all)s 项。") % {"shown": len(part.rows), "all": part.count}
    notes = [part.note, shown if part.rows and part.count and part.count > len(part.rows) else ""]
    if any(notes):
        _small(paper, " ".join(filter(None, notes)))


def _lines(paper: Any, part: Part) -> None:
    table = _grid(paper, [Cm(3.5), Cm(WIDTH - 3.5)], 0)
    for label, cells in part.lines:
        row = _row(table)
        _write(row[0], label)
        _write(row[1], "；".join(_text(cell) for cell in cells))


def _table(paper: Any, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
    table = _grid(paper, _widths(heads, rows), 1)
    for place, head in enumerate(heads):
        cell = table.rows[0].cells[place]
        _write(cell, head.title, bold=True, right=head.number)
        _shade(cell)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        written = _row(table)
        for place, (head, one) in enumerate(zip(heads, row, strict=True)):
            _write(written[place], _text(one), right=head.number)


def _grid(paper: Any, widths: Sequence[Any], rows: int) -> Any:
    """A table of these widths; every cell says its own, which all office programs keep to."""
    table = paper.add_table(rows=rows, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _keep_whole(row)
    return table


def _row(table: Any) -> Any:
    row = table.add_row()
    _keep_whole(row)
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row.cells


def _keep_whole(row: Any) -> None:
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> list[Any]:
    """The page shared out by how much stands in each column; no number or date is broken."""
    texts = [
        [head.title, *(_text(row[place]) for row in rows[:MEASURED])] for place, head in enumerate(heads)
    ]
    least = [
        max(LEAST, max(_longest_run(text) for text in column) * ASCII_SIGN + PADDING) for column in texts
    ]
    weights = [min(max(_breadth(text) for text in column), WIDEST) for column in texts]
    spare = max(WIDTH - sum(least), 0)
    widths = [low + spare * weight / sum(weights) for low, weight in zip(least, weights, strict=True)]
    return [Cm(width * WIDTH / sum(widths)) for width in widths]


def _breadth(text: str) -> float:
    """How broad a text is, in Chinese signs."""
    return sum(0.55 if sign.isascii() else 1 for sign in text) or 1


def _longest_run(text: str) -> int:
    """The longest piece that no line can break: figures and Latin letters."""
    return max((len(run) for run in re.findall(r"[!-~]+", text)), default=0)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EEF0F2")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _text(cell: Cell) -> str:
    text = cell.text or "—"
    return f"{text}（{cell.note}）" if cell.note else text


def _write(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(SMALL), bold
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(1.5), Pt(1.5), 1
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _small(paper: Any, text: str) -> None:
    run = paper.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(SMALL), GREY
