"""A policy paper proposes conditions, amounts and times: each with its passage, none of them guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression import read
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.reader import Paper
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.drafting import load_words
from huanchuang.packs.library import library
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import compile_words, propose
from huanchuang.packs.policies.tests.labels import PAPERS, SETS, Score, measure, papers

ARTICLE = "青岑区示例管理办法\n\n第一条 申请补助的企业应当同时符合下列条件：\n{}\n第二条 附则。\n"
PIECES = (
    "第一条 ", "（一）", "1.", "■ ", "一、申报条件", "申报材料", "有下列情形之一的，不予支持：", "应当符合下列条件之一：", "近三年", "上年度", "研发费用", "销售收入",
    "占", "职工总数", "不低于", "超过", "5%", "500万元", "百分之五", "以上", "（含）", "，", "；", "。", "\n", "或", "且", "的企业", "给予", "一次性", "奖励", "最高",
    "每年3月至4月", "自2025年2月29日起施行", "有效期三年", "在本区注册", "注册满", "一年", "￥", "\ufeff", "\u3000", "\r\n", "《", "》", "由区科技局负责",
)  # fmt: skip


def read_paper(text):
    return propose(Paper(text), load_grammar(), load_words(), library())


def conditions(*lines):
    return [
        item.value.get("when", "") for item in read_paper(ARTICLE.format("\n".join(lines))).of("requirement")
    ]


def test_it_keeps_its_floors_on_papers_labelled_before():
    total, tell = Score(), list[str]()
    for labels in SETS:
        found, differences = measure(labels)
        total.add(found)
        tell += differences
    said = "\n".join(tell)
    assert total.share("right", "proposed") >= 0.95, said
    assert total.share("found", "conditions") >= 0.95, said
    assert total.share("computed", "computable") >= 0.9, said
    assert total.lost == 0, said
    assert total.formulas_wrong == 0, said
    assert total.share("rest_right", "rest") >= 0.9, said


@pytest.mark.parametrize("name", [name for name, _, _ in papers()])
def test_every_span_is_exact_and_every_condition_is_one_of_the_language(name):
    text = (PAPERS / name).read_text(encoding="utf-8")
    for item in read_paper(text).items:
        assert text[item.start : item.end] == item.text
        assert item.why
        assert item.why_en
        if item.value.get("when"):
            read(item.value["when"], criteria().vocabulary, "condition")


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_it_never_fails_and_never_moves_a_span(text):
    for item in read_paper(text).items:
        assert text[item.start : item.end] == item.text


def test_a_long_sentence_without_end_is_read_in_time():
    read_paper(ARTICLE.format("（一）" + "近三年研发费用占" * 4000))
    read_paper(ARTICLE.format("（一）" + "职工总数不少于20人，" * 3000))


def test_no_sentence_of_a_list_of_conditions_is_lost():
    lines = [
        "（一）具有良好的发展前景；",
        "（二）主营业务属于本区主导产业的，优先支持；",
        "（三）职工总数不少于10人。",
    ]
    found = read_paper(ARTICLE.format("\n".join(lines)))
    assert [item.value["by"] for item in found.of("requirement")] == ["human", "coded"]
    assert [item.text for item in found.of("left")] == ["主营业务属于本区主导产业的，优先支持"]


def test_a_time_at_the_head_of_a_sentence_is_not_dropped_for_its_later_parts():
    assert conditions("（一）近三年内未发生安全事故，未被列入严重失信名单。") == [""]
    assert conditions("（一）未被列入严重失信名单。") == ["非 严重失信"]


def test_one_of_the_following_is_computed_only_where_each_is():
    opened = "第三条 企业应当符合下列条件之一：\n"
    text = f"示例办法\n\n{opened}（一）有效期内的高新技术企业；\n（二）职工总数不少于10人。\n"
    assert [item.value["when"] for item in read_paper(text).of("requirement")] == [
        "有效高企证书 或 职工总数 >= 10人"
    ]
    text = f"示例办法\n\n{opened}（一）有效期内的高新技术企业；\n（二）成长性良好。\n"
    assert [item.value["by"] for item in read_paper(text).of("requirement")] == ["human"]


def test_what_is_barred_becomes_its_contrary():
    text = "示例办法\n\n第三条 有下列情形之一的，不予支持：\n（一）列入严重失信名单的；\n（二）提供虚假材料的。\n"
    found = read_paper(text).of("requirement")
    assert [item.value.get("when", "") for item in found] == ["非 严重失信", ""]


def test_lines_that_go_by_size_make_one_requirement_or_none():
    band = ["1.上年度研发费用占销售收入的比例符合如下要求：", "(1)销售收入小于5000万元（含）的企业，比例不低于5%；", "(2)销售收入在5000万元至2亿元（含）的企业，比例不低于4%；"]  # fmt: skip
    assert conditions(*band, "(3)销售收入在2亿元以上的企业，比例不低于3%；") == [
        "研发费用 / 销售收入 >= band(销售收入, 5000万元: 5%, 2亿元: 4%, else: 3%)"
    ]
    assert conditions(*band, "(3)销售收入在3亿元以上的企业，比例不低于3%；") == [""]


def test_a_region_that_the_title_does_not_name_is_not_guessed():
    text = "{}示例办法\n\n第一条 申请企业应当在本区注册。\n"
    assert [i.value.get("when", "") for i in read_paper(text.format("青岑区")).of("requirement")] == [
        "地区代码 属于 990101"
    ]
    assert [i.value.get("when", "") for i in read_paper(text.format("云浦区")).of("requirement")] == [""]


def test_a_pack_with_a_wrong_pattern_says_which():
    with pytest.raises(ProblemError, match="缺少或写错"):
        compile_words({}, "test.words")
