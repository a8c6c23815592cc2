"""Tables in papers: allotments of tasks, lists of indicators, and tables that are neither."""

from __future__ import annotations

from io import BytesIO

import docx

from huanchuang.engines.reader import Paper, paper_from_bytes, read

ALLOTMENT = """关于推进某事的方案
一、总体要求
抓好落实。
附件1
重点任务分解表
序号 | 重点任务 | 工作举措 | 工作目标 | 牵头单位 | 责任单位 | 完成时限
1 | 培育创新主体 | 实施梯次培育 | 新增高新技术企业10家以上 | 区科技局 | 区经信局、区税务局、各镇（街道） | 2026年12月
 |  | 支持企业建机构 | 规上企业研发机构覆盖率达到40% |  | 区经信局 区发改局 | 11月底前
2 | 建设创新平台 | 完成二期建设 | 建成孵化面积2万平方米 | 区经开区管委会 | 责任单位：区住建局；配合单位：区财政局 | 每季度末
附件2
主要指标表
指标名称 | 单位 | 2025年基期值 | 2028年目标值 | 属性
高新技术企业数量 | 家 | 35 | ≥60 | 预期性
研发投入强度 | % | 1.8 | 2.6左右 | 预期性
技术合同成交额（亿元） |  | 3.2 | 6—8 | 预期性
研发投入年均增长 | % | [10.5] | 12以上 | 预期性
某区科技局
2026年3月1日
"""


def test_an_allotment_gives_a_node_a_row(reading):
    result = reading(ALLOTMENT)
    assert [(n.id, n.level, n.heading) for n in result.outline[1:]] == [
        ("1", "section", "一、总体要求"),
        ("2", "task", "培育创新主体"),
        ("2.1", "subtask", "支持企业建机构"),
        ("3", "task", "建设创新平台"),
    ]


def test_units_belong_to_their_row_and_blanks_take_over_what_stands_above(reading):
    assert [(r.task_id, r.units, r.lead, r.inferred) for r in reading(ALLOTMENT).responsibilities] == [
        ("2", ("区科技局",), ("区科技局",), False),
        ("2.1", ("区科技局",), ("区科技局",), True),
        ("2", ("区经信局", "区税务局", "各镇（街道）"), (), False),
        ("2.1", ("区经信局", "区发改局"), (), False),
        ("3", ("区经开区管委会",), ("区经开区管委会",), False),
        ("3", ("区住建局", "区财政局"), (), False),
    ]


def test_a_target_takes_the_deadline_of_its_row(reading):
    dated = [(q.text, q.indicator, q.resolved) for q in reading(ALLOTMENT).quantities[:3]]
    assert dated == [
        ("10家以上", "高新技术企业", "2026-12-31"),
        ("达到40%", "规上企业研发机构覆盖率", "2026-11-30"),
        ("2万平方米", "孵化面积", None),
    ]


def test_values_of_indicators_take_unit_and_year_from_their_columns(reading):
    values = [
        (q.indicator, q.text, q.value_max, q.unit, q.comparator, q.kind, q.resolved, q.task_id)
        for q in reading(ALLOTMENT).quantities[3:]
    ]
    assert values == [
        ("高新技术企业数量", "35", None, "家", "=", "achieved", "2025-12-31", "0"),
        ("高新技术企业数量", "≥60", None, "家", ">=", "target", "2028-12-31", "0"),
        ("研发投入强度", "1.8", None, "%", "=", "achieved", "2025-12-31", "0"),
        ("研发投入强度", "2.6左右", None, "%", "~", "target", "2028-12-31", "0"),
        ("技术合同成交额", "3.2", None, "亿元", "=", "achieved", "2025-12-31", "0"),
        ("技术合同成交额", "6—8", 8, "亿元", "range", "target", "2028-12-31", "0"),
        ("研发投入年均增长", "[10.5]", None, "%", "growth", "achieved", "2025-12-31", "0"),
        ("研发投入年均增长", "12以上", None, "%", "growth", "target", "2028-12-31", "0"),
    ]


def test_a_table_without_a_known_heading_stays_text(reading):
    result = reading("关于某事的方案\n一、任务\n甲 | 乙\n丙 | 引进机构5家\n")
    assert [n.heading for n in result.outline[1:]] == ["一、任务"]
    assert [q.text for q in result.quantities] == ["5家"]


def test_a_table_of_markdown_is_read_like_one_of_word(grammar):
    rows = [
        ["任务", "牵头单位", "完成时限"],
        ["建设平台", "区科技局", "2026年6月"],
        ["培育主体", "区经信局", "长期"],
    ]
    written = ["| " + " | ".join(row) + " |" for row in rows]
    md = "\n".join(["# 关于某事的方案", "", written[0], "|---|---|---|", *written[1:]]) + "\n"
    document = docx.Document()
    document.add_paragraph("关于某事的方案")
    table = document.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    html = "".join("<tr>" + "".join(f"<td><p>{text}</p></td>" for text in row) + "</tr>" for row in rows)
    page = f"<html><body><p>关于某事的方案</p><table>{html}</table></body></html>"
    papers = [
        Paper("关于某事的方案\n" + "\n".join(" | ".join(row) for row in rows) + "\n"),
        paper_from_bytes(md.encode(), "md"),
        paper_from_bytes(out.getvalue(), "docx"),
        paper_from_bytes(page.encode(), "html"),
    ]
    for paper in papers:
        result = read(paper, grammar)
        assert [n.heading for n in result.outline[1:]] == ["建设平台", "培育主体"]
        assert [(r.units, r.task_id) for r in result.responsibilities] == [
            (("区科技局",), "1"),
            (("区经信局",), "2"),
        ]
        assert [(d.text, d.resolved) for d in result.deadlines] == [
            ("2026年6月", "2026-06-30"),
            ("长期", None),
        ]


def test_merged_cells_of_word_and_of_pages_keep_their_columns(grammar):
    document = docx.Document()
    document.add_paragraph("关于某事的方案")
    table = document.add_table(rows=3, cols=4)
    for row, texts in enumerate(
        (
            ["任务", "举措", "牵头单位", "配合单位"],
            ["建设平台", "甲项", "区科技局", "区财政局"],
            ["", "乙项", "区经信局", ""],
        )
    ):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 2).merge(table.cell(2, 3))
    out = BytesIO()
    document.save(out)
    page = (
        "<html><body><p>关于某事的方案</p><table><tr><td>任务</td><td>举措</td><td>牵头单位</td><td>配合单位</td></tr>"
        "<tr><td rowspan=2>建设平台</td><td>甲项</td><td>区科技局</td><td>区财政局</td></tr>"
        "<tr><td>乙项</td><td colspan=2>区经信局</td></tr></table></body></html>"
    )
    for paper in (paper_from_bytes(out.getvalue(), "docx"), paper_from_bytes(page.encode(), "html")):
        result = read(paper, grammar)
        assert [(n.id, n.heading) for n in result.outline[1:]] == [("1", "建设平台"), ("1.1", "乙项")]
        led = [(r.lead, r.task_id) for r in result.responsibilities if r.lead]
        assert led == [(("区科技局",), "1"), (("区经信局",), "1.1")]


def test_a_frame_of_one_cell_is_no_table(grammar):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "关于某事的方案"
    for line in ("一、目标", "引进机构5家。"):
        cell.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    result = read(paper_from_bytes(out.getvalue(), "docx"), grammar)
    assert [n.heading for n in result.outline] == ["关于某事的方案", "一、目标"]


STACKED = """青禾区重点任务分解方案
序号
工作任务
责任单位
完成时限
1
建设概念验证中心3个
区科技局
2026年6月底前
2
培育高新技术企业30家
区工信局、区财政局
2026年12月底前
各单位要按月上报。
"""


def test_a_table_copied_with_one_cell_per_line_is_a_table(reading):
    found = reading(STACKED)
    assert [(node.heading, node.level) for node in found.outline[1:]] == [
        ("建设概念验证中心3个", "task"),
        ("培育高新技术企业30家", "task"),
    ]
    assert [(q.value, q.resolved) for q in found.quantities] == [(3, "2026-06-30"), (30, "2026-12-31")]
    assert [duty.units for duty in found.responsibilities][:2] == [("区科技局",), ("区工信局", "区财政局")]


def test_a_row_that_lost_a_cell_ends_such_a_table(reading):
    found = reading(STACKED.replace("区工信局、区财政局\n", ""))
    assert [node.heading for node in found.outline[1:]] == ["建设概念验证中心3个"]
