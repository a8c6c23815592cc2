"""docx, pdf, html, txt and md: the same text gives the same items; bad files are refused in plain words."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.formats.docx_numbers import chinese
from huanchuang.engines.reader.tests.papers import BROKEN, LETTER, PLAN, as_docx, as_html, as_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def items(result):
    """What was read, without places and widths."""
    return [
        [(node.level, node.number, _flat(node.heading)) for node in result.outline],
        [(q.value, q.unit, q.comparator, q.kind, q.task_id) for q in result.quantities],
        [(d.resolved, d.recurring) for d in result.deadlines],
        [(r.units, r.lead) for r in result.responsibilities],
        [i.title for i in result.documents_to_issue],
    ]


def wrapped(text: str, width: int = 40) -> list[str]:
    """The lines of a page that is `width` characters wide."""
    return [line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width)]


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("text", [PLAN, BROKEN, LETTER])
def test_the_same_text_gives_the_same_items_from_every_format(grammar, text):
    plain = items(read(paper_from_bytes(text.encode(), "txt"), grammar))
    assert items(read(paper_from_bytes(as_docx(text), "docx"), grammar)) == plain
    assert items(read(paper_from_bytes(as_html(text), "html"), grammar)) == plain
    assert items(read(paper_from_bytes(as_pdf([wrapped(text)]), "pdf"), grammar)) == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_it_reads_text_in_the_usual_encodings(encoding):
    assert (
        paper_from_bytes("到2027年建成５个平台\r\n第二行\n".encode(encoding), "txt").text
        == "到2027年建成５个平台\r\n第二行\n"
    )


def test_offsets_of_a_text_count_its_characters_without_newline_translation(grammar):
    text = "关于某事的方案\r\n一、目标\r\n到2027年，企业突破250家。\r\n"
    paper = paper_from_bytes(b"\xef\xbb\xbf" + text.encode(), "txt")
    quantity = read(paper, grammar).quantities[0]
    assert text[quantity.start : quantity.end] == "突破250家"


def test_marks_of_markdown_do_not_hide_headings(grammar):
    paper = paper_from_bytes(
        "# 关于某事的方案\n\n## 一、目标\n\n到**2027年**，企业突破**250家**。\n".encode(), "md"
    )
    result = read(paper, grammar)
    assert [node.heading for node in result.outline] == ["关于某事的方案", "一、目标"]
    quantity = result.quantities[0]
    assert (quantity.text, quantity.resolved) == ("突破**250家", "2027-12-31")


def word(body: str, **parts: str) -> bytes:
    """A docx with the given body and further parts, as little as the reader needs."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def test_it_writes_out_the_numbers_that_word_computes(grammar):
    body = "".join(
        (
            paragraph("关于某事的方案"),
            numbered("目标", 0),
            numbered("任务", 0),
            numbered("甲。", 1),
            numbered("乙。", 2),
            numbered("丙。", 2),
            numbered("丁。", 1),
            numbered("戊。", 2),
        )
    )
    paper = paper_from_bytes(word(body, numbering=NUMBERING), "docx")
    assert paper.text.splitlines() == [
        "关于某事的方案",
        "一、目标",
        "二、任务",
        "（一）甲。",
        "1.乙。",
        "2.丙。",
        "（二）丁。",
        "1.戊。",
    ]
    assert [node.id for node in read(paper, grammar).outline] == [
        "0",
        "1",
        "2",
        "2.1",
        "2.1.1",
        "2.1.2",
        "2.2",
        "2.2.1",
    ]


def test_a_list_may_take_its_number_from_a_style_and_start_anew():
    styles = (
        f'<w:styles {W}><w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="b"/>')
        + paragraph("乙", '<w:pStyle w:val="a"/>')
        + numbered("丙", 2, 2)
    )
    assert (
        paper_from_bytes(word(body, numbering=NUMBERING, styles=styles), "docx").text == "1.甲\n2.乙\n1.丙\n"
    )


def test_it_takes_the_accepted_version_of_tracked_changes():
    body = (
        "<w:p><w:r><w:t>建设</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins><w:r><w:t>个平台，</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>并于</w:t></w:r></w:p>"
        + paragraph("年底前完成。")
    )
    assert paper_from_bytes(word(body), "docx").text == "建设8个平台，\n并于年底前完成。\n"


def test_tables_footnotes_and_breaks():
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["任务", "单位", "建平台", "区科技局"], strict=True
    ):
        cell.text = text
    out = BytesIO()
    document.save(out)
    assert "任务 | 单位\n建平台 | 区科技局\n" in paper_from_bytes(out.getvalue(), "docx").text
    notes = f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>口径同上</w:t></w:r></w:p></w:footnote></w:footnotes>'
    assert paper_from_bytes(word(paragraph("正文"), footnotes=notes), "docx").text == "正文\n注1：口径同上\n"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1000, "1000")],
)
def test_chinese_numbers_as_word_writes_them(number, text):
    assert chinese(number) == text


def test_a_pdf_loses_its_page_numbers_and_running_heads():
    pages = [["某区公报", f"正文第{n}段开始，内容如此。", f"- {n} -"] for n in range(1, 6)]
    text = paper_from_bytes(as_pdf(pages), "pdf").text
    assert text.splitlines() == [f"正文第{n}段开始，内容如此。" for n in range(1, 6)]


def test_a_last_page_of_two_characters_is_kept():
    paper = paper_from_bytes(as_pdf([["关于某事的工作方案，请认真组织实施（各街道办事"], ["处）"]]), "pdf")
    assert paper.text.endswith("处）\n")
    assert paper.problems == ()


def test_a_scanned_page_among_others_is_named():
    paper = paper_from_bytes(
        as_pdf([["这一页有足够多的文字。"], None, ["这一页也有足够多的文字。"]]), "pdf", "甲.pdf"
    )
    assert "第2页" in paper.problems[0].text()
    assert "OCR" in paper.problems[0].text("en")


def test_a_page_loses_its_furniture():
    text = paper_from_bytes(as_html("正文一\n正文二"), "html").text
    assert text == "正文一\n正文二\n"


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "txt", "reader.empty"),
        (b" \n ", "docx", "reader.empty"),
        (bytes(range(256)) * 40, "txt", "reader.encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "txt", "reader.encoding"),
        (b"PK\x03\x04 broken", "docx", "reader.docx"),
        (b"not a zip at all", "docx", "reader.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "docx", "reader.docx"),
        (as_docx("甲")[:-200], "docx", "reader.docx"),
        (b"%PDF-1.7 nothing", "pdf", "reader.pdf.damaged"),
        (as_pdf([["甲"]], encrypted=True), "pdf", "reader.pdf.password"),
        (as_pdf([None, None]), "pdf", "reader.pdf.scanned"),
        (as_pdf([[""], [""]]), "pdf", "reader.pdf.scanned"),
        (b"<html><body><script>x</script></body></html>", "html", "reader.html"),
        (b"x", "xlsx", "reader.kind"),
        (b"x", "doc", "reader.kind"),
        (b"x", "exe", "reader.kind"),
    ],
)
def test_bad_files_are_refused_in_two_languages(data, kind, code):
    with pytest.raises(ProblemError) as refusal:
        paper_from_bytes(data, kind, f"样例.{kind}")
    problem = refusal.value.problems[0]
    assert problem.code == code
    assert all([problem.where, problem.what, problem.remedy])
    assert problem.en is not None
    assert problem.text("en").isascii() or "样例" in problem.text("en")


def test_entities_in_a_docx_are_refused():
    bomb = f'<!DOCTYPE d [<!ENTITY a "甲甲甲">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(ProblemError):
        paper_from_bytes(out.getvalue(), "docx")
