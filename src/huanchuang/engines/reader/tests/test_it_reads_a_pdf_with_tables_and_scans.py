"""Tables drawn with lines, and scanned pages with and without character recognition."""

from __future__ import annotations

import pytest

from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.reader import paper_from_bytes, read
from huanchuang.engines.reader.formats import ocr
from huanchuang.engines.reader.tests.papers import as_pdf, as_ruled_pdf

HEAD = ["关于推进某事的方案", "一、总体要求", "抓好落实。"]
ROWS = [
    ["序号", "重点任务", "工作举措", "牵头单位", "责任单位", "完成时限"],
    [
        "1",
        "培育创新主体",
        "新增高新技术企业10家以上",
        "区科技局",
        "区经信局、区税务局、各镇（街道）",
        "2026年12月",
    ],
    ["", "", "规上企业研发机构覆盖率达到40%", "", "区经信局", "11月底前"],
    ["2", "建设创新平台", "建成孵化面积2万平方米", "区经开区管委会", "区住建局", "每季度末"],
]
WIDTHS = [2, 5, 7, 5, 7, 6]
MERGED = [(1, 0, 2, 1), (1, 1, 2, 1), (1, 3, 2, 1)]


@pytest.fixture
def recognising(monkeypatch):
    """Character recognition that sees one line on every page."""
    monkeypatch.setattr(ocr, "is_there", lambda: True)
    monkeypatch.setattr(ocr, "lines_of", lambda page: ["到2028年，引进机构5家。"])


@pytest.fixture
def not_recognising(monkeypatch):
    monkeypatch.setattr(ocr, "is_there", lambda: False)


def test_a_ruled_table_keeps_its_cells(grammar):
    text = paper_from_bytes(as_ruled_pdf(HEAD, ROWS, WIDTHS, MERGED), "pdf").text
    assert text.splitlines()[:4] == [*HEAD, " | ".join(ROWS[0])]
    reading = read(paper_from_bytes(as_ruled_pdf(HEAD, ROWS, WIDTHS, MERGED), "pdf"), grammar)
    assert [(q.value, q.unit, q.resolved) for q in reading.quantities] == [
        (10, "家", "2026-12-31"),
        (40, "%", "2026-11-30"),
        (2, "万平方米", None),
    ]
    assert [(r.units, r.lead) for r in reading.responsibilities] == [
        (("区科技局",), ("区科技局",)),
        (("区科技局",), ("区科技局",)),
        (("区经信局", "区税务局", "各镇（街道）"), ()),
        (("区经信局",), ()),
        (("区经开区管委会",), ("区经开区管委会",)),
        (("区住建局",), ()),
    ]


def test_a_cell_over_two_columns_leaves_a_blank(grammar):
    rows = [["任务", "责任分工", ""], ["", "牵头单位", "配合单位"], ["建设平台", "区科技局", "区财政局"]]
    text = paper_from_bytes(as_ruled_pdf([], rows, [6, 6, 6], [(0, 0, 2, 1), (0, 1, 1, 2)]), "pdf").text
    assert text.splitlines() == [
        "任务 | 责任分工 |",
        "| 牵头单位 | 配合单位",
        "建设平台 | 区科技局 | 区财政局",
    ]


def test_a_page_without_text_and_picture_is_blank(not_recognising):
    paper = paper_from_bytes(as_pdf([["这一页有足够多的文字。"], [""]]), "pdf")
    assert paper.problems == ()


def test_a_scan_is_refused_with_a_hint(not_recognising):
    with pytest.raises(ProblemError) as refusal:
        paper_from_bytes(as_pdf([None, None]), "pdf", "扫描件.pdf")
    assert "OCR" in str(refusal.value)
    assert "2页都是扫描图像" in str(refusal.value)


def test_a_scan_is_read_where_recognition_is_installed(recognising, grammar):
    paper = paper_from_bytes(as_pdf([["关于某事的实施方案", "一、目标任务"], None]), "pdf", "半扫描.pdf")
    assert paper.problems[0].code == "reader.pdf.recognised-pages"
    assert "第2页" in paper.problems[0].where
    assert [q.text for q in read(paper, grammar).quantities] == ["5家"]


def test_pieces_beside_each_other_are_one_line():
    pieces = [(100.0, 300.0, 20.0, "右"), (104.0, 10.0, 20.0, "左"), (140.0, 10.0, 20.0, "下一行")]
    assert ocr._rows(pieces) == ["左 右", "下一行"]
    assert ocr._rows([]) == []
