"""The Word file: real footnotes, the styles of official papers, A4; read again by the reader of papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.reader import read
from huanchuang.engines.reader.formats import paper_from_bytes
from huanchuang.packs.documents import load_grammar
from huanchuang.steering.queries.letters.rendering import Paragraph, Run, Sheet, from_sealed, seal_of, to_seal
from huanchuang.steering.queries.letters.word import letter_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ON = dt.date(2026, 6, 30)


def sheet(*paragraphs: Paragraph, notes: tuple[str, ...] = ()) -> Sheet:
    return Sheet(
        "reply", "某局关于第0128号提案的答复函", "某科函〔2026〕3号", "A", ("郁承泽",), "委员", paragraphs,
        ("请填写反馈单。",), "某局", "2026年6月30日", "联系员", "0521-6880018", notes,
    )  # fmt: skip


CITED = sheet(
    Paragraph("section", (Run("一、目前工作情况"),)),
    Paragraph(
        "task",
        (
            Run("（一）成交额。增长"),
            Run("17.4%", 1, 3),
            Run("，走访"),
            Run("36家", 2, by_hand=True),
            Run("。"),
        ),
    ),
    notes=("技术合同成交额：17.4%，截至2026-05-31。来源：台账。", "36家：平台没有记录。"),
)


def parts(data: bytes) -> dict[str, bytes]:
    archive = ZipFile(BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_each_note_is_a_footnote_that_the_text_refers_to():
    files = parts(letter_paper(CITED, ON))
    body, notes = (ElementTree.fromstring(files[f"word/{name}.xml"]) for name in ("document", "footnotes"))  # noqa: S314
    referred = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    assert referred == ["1", "2"]
    told = {
        note.get(f"{W}id"): "".join(one.text or "" for one in note.iter(f"{W}t")).strip() for note in notes
    }
    assert [told[number] for number in referred] == list(CITED.notes)
    assert {note.get(f"{W}type") for note in notes} == {"separator", "continuationSeparator", None}
    assert b"footnotes.xml" in files["[Content_Types].xml"]
    assert b"footnotes.xml" in files["word/_rels/document.xml.rels"]


def test_it_has_the_form_of_official_papers():
    paper = Document(BytesIO(letter_paper(CITED, ON, ("满意", "不满意"))))
    section = paper.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    lines = [(one.style.name, one.text) for one in paper.paragraphs if one.text]
    assert lines[:4] == [
        ("公文办理结果", "A"), ("公文标题", CITED.title), ("公文文号", "某科函〔2026〕3号"), ("公文主送", "郁承泽委员："),
    ]  # fmt: skip
    assert ("公文一级标题", "一、目前工作情况") in lines
    assert ("公文标题", "办理情况反馈单") in lines
    faces = paper.styles["公文正文"].element.rPr.rFonts
    assert faces.get(f"{W}eastAsia") == "仿宋_GB2312"
    assert "□ 满意" in paper.tables[0].rows[2].cells[1].text


def test_before_the_signing_it_says_so_and_marks_what_was_typed_by_hand():
    def marked(of: Sheet) -> tuple[str, list[str]]:
        paper = Document(BytesIO(letter_paper(of, ON)))
        runs = [run for one in paper.paragraphs for run in one.runs]
        return paper.paragraphs[0].text, [run.text for run in runs if run.font.highlight_color]

    assert marked(replace(CITED, dated="")) == ("送审稿，尚未审签", ["36家"])
    assert marked(CITED) == ("A", [])


def test_a_published_paper_has_no_slip_and_no_contact():
    told = "".join(one.text for one in Document(BytesIO(letter_paper(CITED, ON))).paragraphs)
    assert "反馈单" not in told.replace("请填写反馈单。", "")


def test_the_reader_of_papers_reads_it_with_its_notes():
    text = paper_from_bytes(letter_paper(CITED, ON), "docx").text
    assert "（一）成交额。增长17.4%" in text
    assert "技术合同成交额：17.4%，截至2026-05-31。来源：台账。" in text


def test_the_reader_knows_it_for_a_reply():
    paper = paper_from_bytes(letter_paper(CITED, ON), "docx")
    reading = read(paper, load_grammar("national.plan-documents"))
    head = reading.document
    assert (head.title, head.number, head.kind) == (CITED.title, CITED.number, "答复函")
    assert (head.date_signed, head.addressee) == ("2026-06-30", "郁承泽委员")
    assert ("section", "一、") in [(node.level, node.number) for node in reading.outline]
    assert ("17.4%", "achieved") in [(one.text.removeprefix("增长"), one.kind) for one in reading.quantities]


def test_the_same_paper_gives_the_same_parts():
    one, other = (parts(letter_paper(CITED, ON)) for _ in range(2))
    assert one == other


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["section", "task", "body"]), WORDS), max_size=6), WORDS)
def test_any_words_make_a_file_that_opens(lines, note):
    given_sheet = sheet(*(Paragraph(style, (Run(words, 1),)) for style, words in lines), notes=(note,))
    Document(BytesIO(letter_paper(given_sheet, ON)))


@given(st.lists(st.tuples(st.sampled_from(["section", "body"]), WORDS), max_size=6), WORDS)
def test_what_is_sealed_comes_back_as_it_was_and_any_change_breaks_the_seal(lines, title):
    whole = sheet(
        *(Paragraph(style, (Run(words, 1, 2, by_hand=True), Run("。"))) for style, words in lines),
        notes=("注",),
    )
    sealed = to_seal(whole)
    assert from_sealed(sealed) == whole
    assert (seal_of({**sealed, "title": title}) == seal_of(sealed)) == (title == whole.title)
