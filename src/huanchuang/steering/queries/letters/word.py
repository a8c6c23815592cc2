"""A paper as a Word file in the layout of official letters (GB/T 9704-2012): A4, the customary faces as styles, real footnotes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from huanchuang.steering.queries.letters.rendering import Paragraph, Sheet

BODY, TITLE_FACE, SECTION_FACE, TASK_FACE = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
UNSIGNED = "送审稿，尚未审签"
BODY_SIZE, TITLE_SIZE, NOTE_SIZE = 16, 22, 9
LINE, INDENT = 28.8, 32
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
XML_SIGNS = dict.fromkeys([*range(32), 0xFFFE, 0xFFFF], None) | {9: " ", 10: " ", 13: " "}
STYLES: dict[str, tuple[str, float, bool, str]] = {
    "公文标题": (TITLE_FACE, TITLE_SIZE, False, "center"),
    "公文正文": (BODY, BODY_SIZE, False, "justify"),
    "公文一级标题": (SECTION_FACE, BODY_SIZE, False, "justify"),
    "公文二级标题": (TASK_FACE, BODY_SIZE, False, "justify"),
    "公文主送": (BODY, BODY_SIZE, False, "left"),
    "公文落款": (BODY, BODY_SIZE, False, "right"),
    "公文文号": (BODY, BODY_SIZE, False, "center"),
    "公文办理结果": (SECTION_FACE, BODY_SIZE, True, "right"),
}
"""Style → face, size in points, bold, alignment."""
OF_PARAGRAPH = {"section": "公文一级标题", "task": "公文二级标题", "body": "公文正文"}
INDENTED = ("公文正文", "公文一级标题", "公文二级标题")
SIDES = {
    "center": WD_ALIGN_PARAGRAPH.CENTER, "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip


def letter_paper(sheet: Sheet, on: dt.date, verdicts: tuple[str, ...] = ()) -> bytes:
    """The Word file. `on` dates the file itself; `verdicts` are the answers offered on the slip, none without a slip."""
    paper = Document()
    _page(paper)
    _styles(paper)
    if not sheet.is_signed:
        _line(paper, UNSIGNED, "公文落款")
    if sheet.mark:
        _line(paper, sheet.mark, "公文办理结果")
    _line(paper, sheet.title, "公文标题")
    if sheet.number:
        _line(paper, sheet.number, "公文文号")
    if sheet.names:
        _line(paper, f"{sheet.addressee}：", "公文主送")
    for paragraph in sheet.paragraphs:
        _paragraph(paper, paragraph, marked=not sheet.is_signed)
    for words in sheet.closing:
        _line(paper, words, "公文正文").paragraph_format.keep_with_next = True  # no signature alone on a page
    _signature(paper, sheet)
    if verdicts and sheet.genre == "reply":
        _slip(paper, sheet, verdicts)
    _footnotes(paper, sheet.notes)
    about = paper.core_properties
    about.title, about.author, about.last_modified_by, about.comments = sheet.title, sheet.issuer, "", ""
    about.created = about.modified = dt.datetime.combine(on, dt.time(), dt.UTC)
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    """— 1 —"""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("text", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run(words if kind == "text" else "")
        run.font.size = Pt(14)
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "instr":
            code = OxmlElement("w:instrText")
            code.text = words
            run._r.append(code)


def _styles(paper: Any) -> None:
    for name, (face, size, bold, side) in STYLES.items():
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _face(style, face, size)
        style.font.bold = bold
        shape = style.paragraph_format
        shape.alignment = SIDES[side]
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        shape.space_before = shape.space_after = Pt(0)
        if name in INDENTED:
            shape.first_line_indent = Pt(INDENT)
        if name in ("公文标题", "公文文号"):
            shape.space_after = Pt(14)
            shape.line_spacing = Pt(34)
    note = paper.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    _face(note, "宋体", NOTE_SIZE)
    note.paragraph_format.space_after = Pt(0)
    mark = paper.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True


def _face(style: Any, face: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name, value in (("w:eastAsia", face), ("w:ascii", LATIN), ("w:hAnsi", LATIN)):
        fonts.set(qn(name), value)


def _line(paper: Any, words: str, style: str) -> Any:
    return paper.add_paragraph(words.translate(XML_SIGNS), style=style)


def _paragraph(paper: Any, paragraph: Paragraph, *, marked: bool) -> None:
    """A paragraph with its footnotes; the heading at its head in its own face, what follows plain. Before the signing,
    figures typed by hand are marked."""
    style = OF_PARAGRAPH[paragraph.style]
    words = "".join(run.text for run in paragraph.runs)
    heading = words.find("。") + 1 if paragraph.style == "task" and "。" in words[:-1] else 0
    written = paper.add_paragraph(style="公文正文" if heading else style)
    done = 0
    for run in paragraph.runs:
        text = run.text.translate(XML_SIGNS)
        head = max(0, min(len(text), heading - done))
        for part, face in ((text[:head], TASK_FACE), (text[head:], "")):
            if part:
                added = written.add_run(part)
                if marked and run.by_hand:
                    added.font.highlight_color = WD_COLOR_INDEX.YELLOW
                if face:
                    added._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        done += len(run.text)
        if run.note:
            _reference(written, run.note)


def _reference(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.style = "footnote reference"
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def _signature(paper: Any, sheet: Sheet) -> None:
    lines = [line for line in (sheet.issuer, sheet.dated) if line]
    for place, words in enumerate(lines):
        line = _line(paper, words, "公文落款")
        line.paragraph_format.right_indent = Pt(INDENT)
        line.paragraph_format.keep_with_next = place + 1 < len(lines)
        if place == 0:
            line.paragraph_format.space_before = Pt(LINE)
    if sheet.contact:
        _line(paper, sheet.contact, "公文正文").paragraph_format.space_before = Pt(LINE)


def _slip(paper: Any, sheet: Sheet, verdicts: tuple[str, ...]) -> None:
    """办理情况反馈单: to be torn off, ticked and sent back."""
    line = _line(paper, "办理情况反馈单", "公文标题")
    line.paragraph_format.page_break_before = True
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    choices = "　　".join(f"□ {word}" for word in verdicts)
    rows = (
        ("答复函", sheet.title), ("承办单位", sheet.issuer), ("对办理结果的意见", choices),
        ("具体意见建议", "\n\n\n"), ("签名", ""), ("日期", "　　　年　　月　　日"),
    )  # fmt: skip
    for label, value in rows:
        cells = table.add_row().cells
        for cell, words, width in ((cells[0], label, 40), (cells[1], value, 116)):
            cell.width = Mm(width)
            cell.paragraphs[0].style = "公文主送"
            cell.paragraphs[0].add_run(words)


def _footnotes(paper: Any, notes: tuple[str, ...]) -> None:
    """The part of the file that holds the notes, and the separators that Word asks for."""
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for place, kind in enumerate(("separator", "continuationSeparator"), -1):
        note = _below(root, "w:footnote", {"w:type": kind, "w:id": str(place)})
        _below(_below(_below(note, "w:p"), "w:r"), f"w:{kind}")
    for number, words in enumerate(notes, 1):
        _note(root, number, words.translate(XML_SIGNS), paper)
    data = serialize_part_xml(root)
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, data, paper.part.package)
    paper.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = paper.settings.element
    said = OxmlElement("w:footnotePr")
    for name in ("-1", "0"):
        mark = OxmlElement("w:footnote")
        mark.set(qn("w:id"), name)
        said.append(mark)
    before = (
        settings.find(qn("w:endnotePr"))
        if settings.find(qn("w:endnotePr")) is not None
        else settings.find(qn("w:compat"))
    )
    if before is not None:
        before.addprevious(said)
    else:
        settings.append(said)


def _note(root: Any, number: int, words: str, paper: Any) -> None:
    note = _below(root, "w:footnote", {"w:id": str(number)})
    paragraph = _below(note, "w:p")
    _below(_below(paragraph, "w:pPr"), "w:pStyle", {"w:val": paper.styles["footnote text"].style_id})
    run = _below(paragraph, "w:r")
    _below(_below(run, "w:rPr"), "w:rStyle", {"w:val": paper.styles["footnote reference"].style_id})
    _below(run, "w:footnoteRef")
    told = _below(_below(paragraph, "w:r"), "w:t", {"xml:space": "preserve"})
    told.text = f" {words}"


def _below(parent: Any, tag: str, values: Mapping[str, str] | None = None) -> Any:
    """A new element at the end of another."""
    element = OxmlElement(tag)
    for name, value in (values or {}).items():
        element.set(qn(name), value)
    parent.append(element)
    return element
