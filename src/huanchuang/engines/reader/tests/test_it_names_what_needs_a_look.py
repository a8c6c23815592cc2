"""Doubts: what a person should look at, and what the reader does not guess."""

from __future__ import annotations

import pytest

from huanchuang.engines.reader.doubts import split_range
from huanchuang.engines.reader.tests.papers import LETTER, PLAN


def doubts(result):
    return {doubt.text: doubt.why for doubt in result.problems}


def test_a_lost_range_sign_is_asked_and_not_guessed(reading):
    result = reading(LETTER)
    assert "10~20" in doubts(result)["1020个"]
    assert next(q for q in result.quantities if q.text == "1020个").value == 1020


@pytest.mark.parametrize(
    ("digits", "ends"),
    [
        ("1020", (10, 20)),
        ("2030", (20, 30)),
        ("5060", (50, 60)),
        ("3275", None),
        ("2010", None),
        ("100200", (100, 200)),
        ("1090", None),
    ],
)
def test_only_two_round_ascending_halves_may_be_a_range(digits, ends):
    assert split_range(digits) == ends


def test_people_are_named_for_masking(reading):
    found = doubts(reading(PLAN))
    assert "遮盖" in found["023-60010002"]
    assert "遮盖" in found["孙工"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人：孙工，联系电话：023-60010002", {"孙*", "023****02"}),
        ("（联系人：区科技局 周某；手机：18100001234）", {"周*", "181****34"}),
        ("联系电话：60010002 电子邮箱：keji@example.gov.cn", {"600****02", "k" + "*" * 18}),
        ("咨询电话：（0635）7210000", {"（06****00"}),
    ],
)
def test_contacts_are_masked_where_they_are_shown(reading, text, masked):
    result = reading(f"关于某事的函\n一、情况。已经办理。\n{text}\n")
    personal = [doubt for doubt in result.problems if doubt.personal]
    assert {doubt.masked for doubt in personal} == masked


def test_other_doubts_are_shown_as_they_stand(reading):
    doubt = next(doubt for doubt in reading(LETTER).problems if doubt.text == "1020个")
    assert (doubt.personal, doubt.masked) == (False, "1020个")


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("《某县行动方案（20232025年）》", "20232025年", "2023—2025"),
        ("某政发〔20233号", "〔20233号", "右括号"),
        ("会议于626日召开。", "626日", "6月26日"),
        ("会议于1112日召开。", "1112日", "11月12日"),
        ("价格上涨1·8%。", "·", "小数"),
    ],
)
def test_lost_signs_are_asked(reading, text, shown, why):
    found = doubts(reading(f"关于某事的函\n一、情况。\n{text}\n"))
    assert why in found[shown]


def test_a_raised_point_is_read_as_a_decimal(reading):
    figures = reading("关于某事的报告\n一、情况。\n价格上涨1·8%，处理“12·21”事故。").quantities
    assert [(str(q.value), q.text) for q in figures] == [("1.8", "上涨1·8%")]


def test_spoiled_text_is_reported_and_not_read(reading):
    spoiled = "今年财政支出21万亿元，增长10.9%。".encode().decode("gb18030", "replace")
    result = reading(f"关于某事的报告\n一、情况。\n收入增长8%。\n{spoiled}\n")
    assert [q.text for q in result.quantities] == ["增长8%"]
    assert "乱码" in doubts(result)[spoiled]


def test_a_left_out_annex_is_noted(reading):
    assert any("另行导入" in why for why in doubts(reading(PLAN)).values())


def test_a_number_cut_by_a_line_break_is_joined_and_marked(reading):
    text = "关于某事的函\n一、依据。按照《若干措施》（某科发〔2025〕\n153号）的要求，推进工作，全面落实各项任务。"
    broken = [doubt for doubt in reading(text).problems if "发文字号" in doubt.why]
    assert [doubt.text for doubt in broken] == ["〔2025〕\n153号"]
    assert broken[0].repaired


def test_a_quotation_mark_without_partner_is_shown(reading):
    text = "关于某事的函\n一、情况。下达创新计划”89项，成立联盟。"
    assert doubts(reading(text))["”"] == "引号没有配对"
