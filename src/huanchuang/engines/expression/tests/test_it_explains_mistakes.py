"""Wrong expressions are refused with the place, the mistake and what to write; the words are kept in `broken.yaml`."""

from pathlib import Path

import pytest
import yaml

from huanchuang.engines.expression import Situation, Vocabulary, read
from huanchuang.engines.expression.messages import MESSAGES
from huanchuang.engines.kernel import ProblemError

from .sample import AS_OF, VOCABULARY

BROKEN = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))
LONG = {
    "long-text": "净" * 10_001,
    "too-deep": "(" * 50 + "1" + ")" * 50,
    "too-long-chain": "净利润" + " + 净利润" * 100,
    "too-involved": "count(专利, " + "if(有效, " * 14 + "年费 > 1元" + ", 年费 > 2元)" * 14 + ")",
    "too-many-values": "max(" + ", ".join(["净利润"] * 61) + ") > 1元",
    "too-many-steps": " 或 ".join(["average(技术合同额 + 技术合同额, 近20季度) > 1元"] * 60),
    "minus-spaces": "zzz-qqq > 0",
}
ELSEWHERE = {"parameter-value", "parameter-order", "no-tree"}
"""Mistakes that no text makes by itself: tested with parameters, and below."""


def problem_of(text, wanted="any", vocabulary=VOCABULARY):
    with pytest.raises(ProblemError) as caught:
        read(text, vocabulary, wanted)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize("case", BROKEN, ids=[case["text"].strip()[:40] or "blank" for case in BROKEN])
def test_it_says_where_what_and_what_to_do(case):
    problem = problem_of(case["text"], case.get("wanted", "any"))
    assert problem.text() == case["zh"]
    assert problem.text("en") == case["en"]


@pytest.mark.parametrize("code", LONG)
def test_it_refuses_what_is_too_long_or_too_involved(code):
    assert problem_of(LONG[code]).code == f"expression.{code}"


def test_it_asks_for_a_tree_that_is_not_there():
    bare = Vocabulary(VOCABULARY.facts)
    assert problem_of("行业代码 属于 26", vocabulary=bare).code == "expression.no-tree"


def test_it_has_no_message_that_nothing_brings_up():
    seen = {
        problem_of(case["text"], case.get("wanted", "any")).code.removeprefix("expression.")
        for case in BROKEN
    }
    assert set(MESSAGES) - seen - set(LONG) == ELSEWHERE


def test_it_says_each_mistake_in_its_own_words():
    assert len(BROKEN) >= 50
    assert len(set(MESSAGES.values())) == len(MESSAGES)


def test_it_accepts_what_its_advice_proposes():
    for text in ("sum(研发费用, 近3年)", "研发费用 / 销售收入 >= 5%", "age(注册日期) >= 1年", "注册日期 >= 2024-01-01", "净利润@上年 + 净利润@前年 + 净利润@2024年 + 净利润@-2",
                 "max(净利润@上年, 净利润@前年)", "round(研发费用 / 销售收入, 0.1%)", "5% * 研发费用", "行业代码 属于 (26, 27)", '行业代码 = "26"', "1亿 < 销售收入 且 销售收入 <= 2亿"):  # fmt: skip
        assert read(text, VOCABULARY).at(Situation(AS_OF))
