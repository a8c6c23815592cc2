"""One meaning, many ways to write it: Chinese and English, half and full width, with and without spaces."""

from dataclasses import replace
from fractions import Fraction

import pytest

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import read, words
from huanchuang.engines.expression.check.functions import FUNCTIONS
from huanchuang.engines.expression.parser import COMPARISONS
from huanchuang.engines.expression.types import MONEY, unit_text

from .asking import ask
from .sample import VOCABULARY


def bare(node):
    """A node without the places in the text."""
    changed = replace(node, place=(0, 0), parts=tuple(bare(part) for part in node.parts))
    for name in ("condition", "value"):
        inner = getattr(changed, name, None)
        if isinstance(inner, ops.Node):
            changed = replace(changed, **{name: bare(inner)})
    return changed


def meaning(text):
    return bare(read(text, VOCABULARY).node)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("职工总数 <= 500人 且 销售收入 <= 2亿", "staff <= 500 persons and sales-revenue <= 200 million yuan"),
        ("职工总数不超过500人且销售收入≤2亿元", "职工总数 <= 500人 且 销售收入 <= 20000万元"),
        ("职工总数　＜＝　５００人　并且（销售收入＜＝２亿）", "职工总数 <= 500 and (销售收入 <= 2亿)"),
        ("研发费用大于等于5000万或者净利润低于0", "研发费用 >= 5000万 or 净利润 < 0"),
        ("非 重大事故", "not accident"), ("非（重大事故 或 居民企业）", "not (accident or resident)"), ("非 重大事故 = 是", "not (accident = yes)"),
        ("研发投入 > 0", "R&D".lower() and "rd_expense > 0"), ("RD-EXPENSE > 0", "rd-expense > 0"),
        ("非居民企业", "non-resident"), ("非 居民企业 且 非居民企业", "not resident and non_resident"),
        ("sum(研发费用, 近三年) / sum(销售收入, 近3年) >= 5%", "合计(rd-expense, last 3 years) ÷ 合计（sales-revenue，近3年） ≥ 5％"),
        ("band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)", "分档（销售收入，5000万元：5%，2亿元：4%，其他：3%）"),
        ("score(创新能力评分, 60分: 2, else: 1)", "评分(score, 60 points: 2, 其余: 1)"),
        ("if(居民企业 = 是, 1元, 2元)", "如果(resident = yes, 1 yuan, else: 2 yuan)"), ("如果(居民企业, 1元, 否则: 2元)", "if(居民企业, 1元, 2元)"),
        ("cap(研发费用 * 10%, 100万元)", "min(研发费用 × 10%, 1 million yuan)"), ("保底(净利润, 0)", "max(net-profit, 0)"),
        ("注册日期 + 1年 <= 基准日", "registered-on + 1 year <= as_of"), ("2024-01-01 < 注册日期", "2024年1月1日 小于 注册日期"),
        ("行业代码 属于 26", "industry-code in C26"), ("行业代码 属于 (26、27)", 'industry-code in ("26", 医药制造业)'), ("地区代码 属于 5001", "region-code in 500100"),
        ("行业代码 不属于 26", "industry-code not in 26"), ("净利润 is known", "净利润 已知"), ("净利润 is unknown", "净利润 未知"),
        ("净利润@上年", "net-profit@last year"), ("count(专利, 类别 = “I”)", 'count(patents, class = "I")'), ("sum(专利.年费)", "sum(patents.fee)"),
        ("净利润 > 0 # 盈利\n且 居民企业", "净利润 > 0 且 居民企业"), ("1 - 2 - 3", "(1 - 2) - 3"), ("1 + 2 * 3", "1 + (2 * 3)"),
        ("居民企业 或 重大事故 且 非居民企业", "居民企业 或 (重大事故 且 非居民企业)"), ("-净利润 + 1元", "(-净利润) + 1元"),
        ("净利润 - 净资产", "净利润-净资产"), ("有数据(净利润)", "known(net-profit)"), ("round_down(净利润, 1万元)", "向下取整(净利润, 1万)"),
    ],
)  # fmt: skip
def test_it_reads_both_alike(one, other):
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5000万元", 5000_0000_00, "元"), ("0.01元", 1, "元"), ("1.5亿元", 1_5000_0000_00, "元"), ("30%", Fraction(3, 10), ""), ("5‰", Fraction(1, 200), ""),
        ("2成", Fraction(1, 5), ""), ("3年", 3, "年"), ("6个月", 6, "月"), ("2周", 14, "天"), ("10个工作日", 10, "工作日"), ("3名", 3, "人"), ("1.2万人", 12000, "人"),
        ("5件/万人", Fraction(1, 2000), "件/人"), ("8万元/人", 800_0000, "元/人"), ("70分", 70, "分"), ("12", 12, ""), ("3个", 3, ""), ("2 billion yuan", 2_000_000_000_00, "元"), ("35周岁", 35, "年"),
    ],
)  # fmt: skip
def test_it_reads_numbers_with_units(text, value, unit):
    node = read(text, VOCABULARY).node
    assert node.value == value
    assert unit_text(node.type.unit) == unit


@pytest.mark.parametrize("name", words.FUNCTIONS.values())
def test_it_has_an_example_for_every_function(name):
    """What is shown as advice must itself be right (受理日期 is a name of no vocabulary here)."""
    assert read(FUNCTIONS[name].example.replace("受理日期", "注册日期"), VOCABULARY)


@pytest.mark.parametrize("sign", [sign for sign in words.INFIX if words.INFIX[sign] in COMPARISONS])
def test_it_knows_every_word_for_a_comparison(sign):
    assert meaning(f"净利润 {sign} 净资产") == meaning(f"净利润 {words.INFIX[sign]} 净资产")
    if not sign.isascii():
        assert meaning(f"净利润{sign}净资产") == meaning(f"净利润 {sign} 净资产")


def test_it_reads_an_expression_over_several_lines():
    text = "sum(研发费用, 近3年)\n  / sum(销售收入, 近3年)\n>= band(销售收入,\n        5000万: 5%,\n        else: 3%)\n"
    assert (
        ask(
            text,
            {
                "研发费用@2025": 5,
                "研发费用@2024": 0,
                "研发费用@2023": 0,
                "销售收入@2025": 100,
                "销售收入@2024": 0,
                "销售收入@2023": 0,
            },
        )
        is True
    )


def test_it_gives_money_where_money_is_wanted():
    assert read("cap(研发费用 * 10%, 100万元)", VOCABULARY, "money").type.unit == MONEY
    assert read("研发费用 > 0", VOCABULARY, "condition").type.kind == "yes-no"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("研发费用 / 职工总数", "元/人"), ("职工总数 / 职工总数", ""), ("研发费用 / 销售收入 * 净利润", "元"), ("1 / 职工总数", "1/人"),
        ("研发费用 * 研发费用", "元^2"), ("发证日期 - 注册日期", "天"), ("研发费用 / (发证日期 - 注册日期)", "元/天"), ("age(注册日期)", "年"),
        ("count(专利)", "件"), ("count(净利润 > 0, 近3年)", "年"), ("count(走访次数 > 0, 近12个月)", "月"), ("一类知识产权数 + count(专利)", "件"),
    ],
)  # fmt: skip
def test_it_works_out_units(text, unit):
    assert unit_text(read(text, VOCABULARY).type.unit) == unit


def test_it_compares_amounts_per_head():
    facts = {"研发费用@2025": 800_0000_00, "职工总数@2025": 100}
    assert ask("研发费用 / 职工总数 >= 8万元/人", facts) is True
    assert ask("研发费用 / 职工总数 > 8万", facts) is False
    assert ask("研发费用 / 职工总数", facts) == 8_0000_00
