"""An allotment table in Excel becomes a paper like any other."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml
from xlsxwriter import Workbook

import huanchuang
from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.reader import read
from huanchuang.engines.reader.compile import compile_grammar

PACK = "national.plan-documents"
HEAD = [
    ["序号", "工作任务", "工作举措", "目标", "责任分工", None, "完成时限"],
    [None, None, None, None, "牵头单位", "配合单位", None],
]
ROWS = [
    [
        1,
        "建设科创园",
        "完成二期",
        "建成孵化面积2万平方米",
        "区经开区管委会",
        "区住建局\n区财政局",
        "2026-12-31",
    ],
    [None, None, "引进机构", "引进服务机构5家", None, "区科技局", "2026.9"],
    [2, "培育主体", "梯次培育", "新增高新技术企业10家以上", "区科技局", "区税务局", "长期坚持"],
]


@pytest.fixture(scope="module")
def grammar():
    file = Path(huanchuang.__file__).parent / "packs" / "data" / "documents" / PACK / "document.yaml"
    return compile_grammar(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), PACK)  # noqa: S506


def book() -> bytes:
    out = BytesIO()
    workbook = Workbook(out)
    sheet = workbook.add_worksheet("分解表")
    sheet.merge_range("A1:G1", "青禾区2026年重点任务分解表")
    for row, cells in enumerate([*HEAD, *ROWS], start=1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    sheet.merge_range("E2:F2", "责任分工")
    sheet.merge_range("A4:A5", 1)
    sheet.merge_range("B4:B5", "建设科创园")
    sheet.merge_range("E4:E5", "区经开区管委会")
    hidden = workbook.add_worksheet("草稿")
    hidden.write(0, 0, "不要读这一张")
    hidden.hide()
    workbook.close()
    return out.getvalue()


def test_rows_become_tasks_with_units_targets_and_deadlines(grammar):
    paper = paper_from_file(book(), "xlsx", "分解表.xlsx")
    reading = read(paper, grammar)
    assert reading.document.title == "青禾区2026年重点任务分解表"
    assert [(node.id, node.heading) for node in reading.outline[1:]] == [
        ("1", "建设科创园"),
        ("1.1", "引进机构"),
        ("2", "培育主体"),
    ]
    assert [(q.text, q.task_id, q.resolved, q.kind) for q in reading.quantities] == [
        ("2万平方米", "1", "2026-12-31", "target"),
        ("5家", "1.1", "2026-09-30", "target"),
        ("10家以上", "2", None, "target"),
    ]
    assert [(r.units, r.lead, r.task_id, r.inferred) for r in reading.responsibilities] == [
        (("区经开区管委会",), ("区经开区管委会",), "1", False),
        (("区经开区管委会",), ("区经开区管委会",), "1.1", True),
        (("区住建局", "区财政局"), (), "1", False),
        (("区科技局",), (), "1.1", False),
        (("区科技局",), ("区科技局",), "2", False),
        (("区税务局",), (), "2", False),
    ]
    assert [(d.resolved, d.recurring) for d in reading.deadlines] == [
        ("2026-12-31", None),
        ("2026-09-30", None),
        (None, "continuously"),
    ]
    for item in (*reading.quantities, *reading.responsibilities, *reading.deadlines):
        assert paper.text[item.start : item.end] == item.text


def test_a_hidden_sheet_is_left_out():
    assert "不要读" not in paper_from_file(book(), "xlsx").text


def test_other_kinds_go_to_the_reader():
    assert paper_from_file("关于某事的方案\n一、目标\n".encode(), ".TXT").kind == "txt"


def test_what_is_no_workbook_is_refused_with_its_name():
    with pytest.raises(ProblemError) as refusal:
        paper_from_file(b"PK\x03\x04 nothing", "xlsx", "坏表.xlsx")
    assert "坏表.xlsx" in str(refusal.value)
