"""Large and odd papers end in a result."""

from __future__ import annotations

from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.tests.papers import PLAN, as_docx, as_pdf
from huanchuang.engines.reader.tests.test_it_takes_the_text_out_of_files import NUMBERING, numbered, word

PAGE = 500


def test_ten_thousand_numbered_paragraphs_are_ten_thousand_nodes(grammar):
    body = "".join(numbered(f"推进任务，新增企业{i}家。", i % 3) for i in range(1, 10_001))
    reading = read(paper_from_bytes(word(body, numbering=NUMBERING), "docx"), grammar)
    assert len(reading.quantities) == 10_000
    assert len(reading.outline) == 10_001


def test_three_hundred_pages_are_read(grammar):
    text = (PLAN * 300)[: 300 * PAGE]
    lines = [line[at : at + 36] for line in text.splitlines() for at in range(0, len(line), 36)]
    pages: list[list[str] | None] = [lines[at : at + 30] for at in range(0, len(lines), 30)]
    for paper in (paper_from_bytes(as_docx(text), "docx"), paper_from_bytes(as_pdf(pages), "pdf")):
        assert len(read(paper, grammar).quantities) > 2_000


def test_a_table_of_many_rows_is_read(grammar):
    rows = "".join(f"{i} | 推进第{i}项 | 引进机构{i + 1}家 | 区科技局 | 2026年9月\n" for i in range(3_000))
    text = f"关于某事的方案\n序号 | 任务 | 目标 | 牵头单位 | 完成时限\n{rows}"
    reading = read(paper_from_bytes(text.encode(), "txt"), grammar)
    assert len(reading.outline) == 3_001
    assert {q.resolved for q in reading.quantities} == {"2026-09-30"}
    assert len(reading.responsibilities) == 3_000
