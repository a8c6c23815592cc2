"""What an organisation can have as a Word paper: A4, with reasons and clauses, the head of each table on every page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from huanchuang.engines.kernel import Money
from huanchuang.policies.queries.outlook import Card, Outlook
from huanchuang.policies.queries.words import RESULTS

FACE, SMALL, GREY = "宋体", 9, RGBColor(0x64, 0x6B, 0x75)
SIZES = {"Normal": 10.5, "Title": 18, "Heading 2": 13, "Heading 3": 11}
WIDTHS = (1.6, 6.2, 2.6, 2.6, 4.0)
"""Centimetres: verdict, requirement, what there is, what is asked, clause."""
NOT_WRITTEN = {code: None for code in range(32) if code not in (9, 10)}


def paper_of(outlook: Outlook, order: str, reader: str, words: str) -> bytes:
    """The paper as bytes; `reader` is the name of who had it made."""
    paper = Document()
    _page(paper)
    name = outlook.subject.organisation.name
    paper.add_paragraph(name, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    said = {"day": outlook.as_of.isoformat(), "who": reader}
    _small(paper, _("可享政策 · 基准日 %(day)s · 由%(who)s导出；按现有数据算出，以主管部门审核为准") % said)
    parts = (
        (_("符合"), outlook.of("yes", order)),
        (_("差一点"), outlook.near),
        (_("待补数据"), outlook.of("unknown", order)),
        (_("不符合"), outlook.far),
    )
    for title, cards in parts:
        paper.add_paragraph(f"{title}（{len(cards)}）", style="Heading 2")
        for card in cards:
            _card(paper, card, words)
        if not cards:
            _small(paper, _("没有"))
    about = paper.core_properties
    about.title, about.author, about.comments = name, reader, ""
    buffer = BytesIO()
    paper.part.save(buffer)
    return buffer.getvalue()


def _card(paper: Any, card: Card, words: str) -> None:
    decision = card.decision
    paper.add_paragraph(_clean(card.listed.title(words)), style="Heading 3")
    lines = [str(RESULTS[card.result][0])]
    if card.money:
        amount = Money(card.money.fen).text()
        lines.append(amount if decision.fen is not None else _("若符合：") + amount)
    if card.opening:
        lines.append(f"{card.opening.opens.isoformat()} — {card.opening.closes.isoformat()}")
    if card.listed.without_application:
        lines.append(_("免申即享"))
    paper.add_paragraph(" · ".join(lines)).paragraph_format.keep_with_next = True
    source = [f"{one.title}{one.number or ''}{one.clause or ''}" for one in card.listed.pack.sources[:1]]
    _small(paper, _("依据：") + _clean("；".join(source)))
    _table(paper, card, words)
    gaps = [gap.text(words) for gap in decision.distance]
    if gaps:
        paper.add_paragraph(_clean(_("还差：") + "；".join(gaps)))
    if card.result == "unknown":
        paper.add_paragraph(_clean(_("还缺：") + "、".join(one.name(words) for one in card.quickest)))
    if decision.papers and card.result != "no":
        paper.add_paragraph(_clean(_("证明材料：") + "、".join(decision.papers)))


def _table(paper: Any, card: Card, words: str) -> None:
    verdicts = {True: _("满足"), False: _("不满足"), None: _("未知")}
    heads = (_("结论"), _("条件"), _("现有"), _("要求"), _("条款"))
    rows = [
        (
            verdicts[one.outcome], one.requirement.text.text(words), one.value(words) or "—",
            one.threshold(words) or "—", one.requirement.clause or "—",
        )
        for one in sorted(card.decision.findings, key=lambda one: {False: 0, None: 1, True: 2}[one.outcome])
    ]  # fmt: skip
    table = paper.add_table(rows=1, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    _row(table.rows[0], heads, bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        _row(table.add_row(), row)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    """A row that is not torn between pages; every cell says its width, which all office programs keep to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(_clean(text))
        run.font.size, run.font.bold = Pt(SMALL), bold
        shape = cell.paragraphs[0].paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(1.5), Pt(1.5), 1


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for style, size in SIZES.items():
        font = paper.styles[style].font
        font.name, font.size, font.color.rgb = FACE, Pt(size), RGBColor(0, 0, 0)
        fonts = paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(name), FACE)
    paper.styles["Normal"].paragraph_format.space_after = Pt(3)
    for border in paper.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _small(paper: Any, text: str) -> None:
    run = paper.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(SMALL), GREY


def _clean(text: str) -> str:
    return text.translate(NOT_WRITTEN)
