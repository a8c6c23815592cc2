"""The plan of the demonstration as a Word file in the layout of official papers (GB/T 9704), made from its text.

Run `python -m huanchuang.web.demo.paper` after changing `plan/plan.txt`. The same text always gives the same bytes:
the dates inside the file are the plan's own.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).resolve().parent / "plan"
SOURCE = FOLDER / "plan.txt"
PLAN = FOLDER / "plan.docx"
PLAN_NAME = "青岑区推进环大学创新生态圈建设实施方案.docx"
SIGNED = dt.datetime(2025, 3, 18, tzinfo=dt.UTC)
SIGNATURE_LINES = 2

BODY, SONG, HEI, KAI = "仿宋_GB2312", "宋体", "黑体", "楷体_GB2312"
NUMBER = re.compile(r"^青岑府办发〔\d{4}〕\d+号$")
SECTION = re.compile(r"^[一二三]、")
TASK = re.compile(r"^（[一二三四五]）")
SUBTASK = re.compile(r"^\d\.[^。]+。")


def plan_document(text: str) -> bytes:
    """The Word file of a plan; each line of the text is a paragraph."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    lines = text.strip().split("\n")
    for place, line in enumerate(lines):
        _paragraph(paper.add_paragraph(), line, place, len(lines) - place <= SIGNATURE_LINES)
    about = paper.core_properties
    about.title, about.author, about.last_modified_by, about.comments = (
        lines[0],
        "青岑区人民政府办公室",
        "",
        "",
    )
    about.created = about.modified = SIGNED
    raw = io.BytesIO()
    paper.part.save(raw)
    return _with_fixed_dates(raw.getvalue())


def _paragraph(paragraph: Paragraph, line: str, place: int, signature: bool) -> None:
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.8)
    shape.space_before = shape.space_after = Pt(0)
    if place == 0:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.space_after = Pt(14)
        _run(paragraph, line, SONG, 22, bold=True)
    elif NUMBER.match(line):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.space_after = Pt(14)
        _run(paragraph, line, BODY, 16)
    elif signature:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.right_indent = Pt(32)
        _run(paragraph, line, BODY, 16)
    else:
        shape.first_line_indent = Pt(0) if line.endswith("：") else Pt(32)
        _body(paragraph, line)


def _body(paragraph: Paragraph, line: str) -> None:
    """Headings in their own face, as official papers set them; what follows in the same line is plain."""
    if SECTION.match(line):
        _run(paragraph, line, HEI, 16)
        return
    heading = SUBTASK.match(line) or (re.match(r"^[^。]*。", line) if TASK.match(line) else None)
    if heading is None:
        _run(paragraph, line, BODY, 16)
        return
    _run(paragraph, heading[0], KAI if TASK.match(line) else BODY, 16, bold=True)
    if line[heading.end() :]:
        _run(paragraph, line[heading.end() :], BODY, 16)


def _run(paragraph: Paragraph, text: str, face: str, size: int, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.font.bold = Pt(size), "Times New Roman", bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _with_fixed_dates(data: bytes) -> bytes:
    """The same archive with the plan's date on every entry, so that equal text gives equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, SIGNED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def write() -> None:
    """Write the Word file anew."""
    PLAN.write_bytes(plan_document(SOURCE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    write()
