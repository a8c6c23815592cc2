"""Whatever the text, the reader answers, and every span is exact."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.kernel.problem import ProblemError
from huanchuang.engines.reader import Paper, paper_from_bytes, read
from huanchuang.engines.reader.formats import READERS
from huanchuang.engines.reader.tests.papers import PLAN, as_docx, as_html

PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "第三条",
        "一是",
        "——",
        "①",
        "到2027年",
        "6月底前",
        "“十五五”期间",
        "每年",
        "突破",
        "不低于",
        "250家",
        "3—5个",
        "10%以上",
        "１２．５亿元",
        "全覆盖",
        "翻一番",
        "（市科技局牵头，",
        "市财政局、",
        "配合）",
        "责任单位：",
        "出台",
        "制定",
        "《管理办法》",
        "实施方案",
        "附件：",
        "（略）",
        "20260101",
        "2026525",
        "1020个",
        "联系电话：023-60010002",
        "“",
        "”",
        "《",
        "（",
        "）",
        "。",
        "，",
        "；",
        "：",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u3000",
        "请财政部会同",
        "要",
        "已",
        "力争",
        "给予",
        "企业",
        "关于",
        "的通知",
        "〔2026〕",
        "3号",
        "｜",
        "\u200b",
        "\ufeff",
        "二〇二六年",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200))


def check(text, grammar):
    result = read(Paper(text), grammar)
    groups = (
        result.quantities,
        result.targets_without_number,
        result.responsibilities,
        result.deadlines,
        result.documents_to_issue,
        result.problems,
    )
    for item in (item for group in groups for item in group):
        assert text[item.start : item.end] == item.text
        assert 0 <= item.start < item.end <= len(text)
    ids = {node.id for node in result.outline}
    for node in result.outline[1:]:
        assert text[node.start : node.end] == node.heading
        assert node.heading.startswith(node.number)
        assert node.parent in ids
    assert len(ids) == len(result.outline)
    assert {q.task_id for q in result.quantities} <= ids
    json.dumps(result.as_data(), allow_nan=False)
    return result


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_is_read_with_exact_spans(grammar, text):
    check(text, grammar)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(READERS)))
def test_any_bytes_are_read_or_refused(data, kind):
    try:
        text = paper_from_bytes(data, kind).text
    except ProblemError as refusal:
        text = refusal.text("en")
    assert text.strip()


LINES = st.lists(
    st.lists(PIECES.filter(lambda p: not set(p) & set("\r\n\ufeff\u200b")), min_size=1, max_size=12)
    .map("".join)
    .map(str.strip)
    .filter(bool),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_docx_html_and_txt_of_one_text_give_the_same_items(grammar, lines):
    text = "\n".join(lines)
    papers = [paper_from_bytes(as_docx(text), "docx"), paper_from_bytes(as_html(text), "html")]
    plain = read(Paper(text), grammar)
    for paper in papers:
        other = read(paper, grammar)
        assert [n.heading for n in other.outline[1:]] == [n.heading for n in plain.outline[1:]]
        assert [q.text for q in other.quantities] == [q.text for q in plain.quantities]
        assert [d.text for d in other.deadlines] == [d.text for d in plain.deadlines]
        assert [r.units for r in other.responsibilities] == [r.units for r in plain.responsibilities]


def test_a_large_text_is_read(grammar):
    text = PLAN * 400
    assert len(text) > 250_000
    assert len(read(Paper(text), grammar).quantities) >= 400 * 10


def test_walls_of_one_sign_are_read(grammar):
    for sign in "（《“一1、第0=制 \n\t年部":
        check(sign * 30_000, grammar)


def test_a_text_without_stops_costs_no_more_than_its_length(grammar):
    wall = "关于某事的意见\n一、任务\n" + "惠及人口由1亿增加到2亿" * 4_000
    assert len(read(Paper(wall), grammar).quantities) == 8_000
