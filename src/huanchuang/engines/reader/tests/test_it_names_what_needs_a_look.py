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
