"""Reasons in words that an official can stand by: figures of which years, the band, what is left out and what is missing."""

from datetime import date
from fractions import Fraction

import pytest

from huanchuang.engines.expression import Record, Situation, missing, trace, why
from huanchuang.engines.expression.explain import phrase, show
from huanchuang.engines.expression.types import BARE, MONEY, SHARE, number
from huanchuang.engines.kernel import Trace

from .asking import WAN, bound, record_of, step
from .sample import SITUATION

FACTS = {
    "研发费用@2024": 300 * WAN, "研发费用@2025": 100 * WAN, "销售收入@2024": 4000 * WAN, "销售收入@2025": 6000 * WAN, "净利润@2024": -5, "净利润@2025": 100,
    "职工总数@2025": 30, "科技人员数@2025": 4, "注册日期": date(2024, 3, 1), "创新能力评分": Fraction(141, 2), "行业代码": "2641", "企业规模@2025": "小型",
}  # fmt: skip
PATENTS = [{"类别": "I", "授权日期": date(2025, 1, 1), "有效": True}, {"类别": "II"}, {}]
INTENSITY = "sum(研发费用, 近3年) / sum(销售收入, 近3年) >= band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)"

ZH = {
    INTENSITY: """满足：2023—2025年研发费用合计 ÷ 2023—2025年销售收入合计为4%，要求不低于按2025年销售收入分档的标准（4%）
  400万元 ÷ 1亿元 = 4%
  2023—2025年研发费用合计 = 400万元（2024年 300万元，2025年 100万元）；2023年在注册之前，不计
  2023—2025年销售收入合计 = 1亿元（2024年 4000万元，2025年 6000万元）；2023年在注册之前，不计
  2025年销售收入 6000万元，属5000万元（不含）至2亿元（含）一档，取4%""",
    "科技人员数 / 职工总数 >= 13.34%": """不满足：2025年科技人员数 ÷ 2025年职工总数为约13.33%，要求不低于13.34%
  4人 ÷ 30人 = 约13.33%""",
    "科技人员数 / 职工总数 >= 13.33%": """满足：2025年科技人员数 ÷ 2025年职工总数为约13.333%，要求不低于13.33%
  4人 ÷ 30人 = 约13.33%""",
    "注册日期 + 1年 <= 基准日": """满足：注册日期后1年为2025年3月1日，要求不晚于基准日（2026年1月1日）
  注册日期后1年 = 2025年3月1日（注册日期 2024年3月1日）""",
    "创新能力评分 > 70分": "满足：创新能力评分为70.5分，要求高于70分",
    "非 重大事故": """无法判断：2025年重大事故未知，要求为否
  缺少：2025年重大事故""",
    "行业代码 属于 26 且 (count(专利, 类别 = \"I\") >= 2 或 净资产 > 0)": """无法判断：共2项条件，须全部满足；满足1项，不满足0项，无法判断1项
· 满足：要求行业代码属于26 化学原料和化学制品制造业，实际为2641
· 无法判断：共2项条件，满足一项即可；满足0项，不满足0项，无法判断2项
  · 无法判断：专利数（类别是“I”）为1件至2件，要求不低于2件
      专利共3条记录，符合1条，无法判断1条
      缺少：专利的部分数据
  · 无法判断：2025年净资产未知，要求高于0元
      缺少：2025年净资产""",
    "score(科技人员数 / 职工总数, 30%: 20分, 10%: 4分, else: 0分)": """按2025年科技人员数 ÷ 2025年职工总数评定的分值 = 4分
  2025年科技人员数 ÷ 2025年职工总数 约13.33%，属10%（含）至30%（不含）一档，取4分
  4人 ÷ 30人 = 约13.33%""",
    "cap(round(研发费用 * 补助比例, 1万元), 补助上限)": """2025年研发费用 × 补助比例（四舍五入到1万元）、补助上限中的最小值 = 10万元
  10万元、100万元，取最小的10万元
  100万元 × 10% = 10万元""",
    "count(净利润 > 0, 近3年) >= 2": """不满足：2023—2025年中净利润高于0元的年数为1年，要求不低于2年
  2023—2025年中净利润高于0元的年数 = 1年（2024年 否，2025年 是）；2023年在注册之前，不计""",
    "sum(专利.年费) > 1万元": """无法判断：专利的年费合计未知，要求高于1万元
  专利共3条记录，符合3条
  缺少：专利的部分数据""",
    "研发费用 / (净利润 - 净利润) > 1": """无法判断：2025年研发费用 ÷ (2025年净利润 − 2025年净利润)未知，要求高于100%
  2025年净利润 − 2025年净利润为零，无法相除
  1元 − 1元 = 0元""",
    "sum(研发费用, 近3年) >= 500万元 且 企业规模 = \"小型\"": """不满足：共2项条件，须全部满足；满足1项，不满足1项，无法判断0项
· 不满足：2023—2025年研发费用合计为400万元，要求不低于500万元
    2023—2025年研发费用合计 = 400万元（2024年 300万元，2025年 100万元）；2023年在注册之前，不计
· 满足：要求2025年企业规模是“小型”，实际为小型""",
}  # fmt: skip


@pytest.mark.parametrize("text", ZH)
def test_it_says_why_in_chinese(text):
    assert why(step(text, FACTS, PATENTS)) == ZH[text]


EN = {
    INTENSITY: """Met: total R&D expense of 2023 to 2025 ÷ total sales revenue of 2023 to 2025 is 4%; wanted: at least the band for sales revenue of 2025 (4%)
  4,000,000 yuan ÷ 100,000,000 yuan = 4%
  total R&D expense of 2023 to 2025 = 4,000,000 yuan (2024: 3,000,000 yuan, 2025: 1,000,000 yuan); 2023 lies before the registration and is left out
  total sales revenue of 2023 to 2025 = 100,000,000 yuan (2024: 40,000,000 yuan, 2025: 60,000,000 yuan); 2023 lies before the registration and is left out
  sales revenue of 2025 60,000,000 yuan lies in the band above 50,000,000 yuan up to 200,000,000 yuan: 4%""",
    "age(注册日期) >= 2年": """Not met: full years from registered on to the as-of date is 1 year; wanted: at least 2 years
  full years from registered on to the as-of date = 1 year (registered on 2024-03-01, the as-of date 2026-01-01)""",
    "非 重大事故": """Cannot be told: major accident of 2025 is unknown; wanted: no
  Missing: major accident of 2025""",
    'count(专利, 类别 = "I") >= 2': """Cannot be told: number of patents with class is "I" is 1 item to 2 items; wanted: at least 2 items
  patents: 3 records, 1 count, 1 may
  Missing: some data of patents""",
}


@pytest.mark.parametrize("text", EN)
def test_it_says_why_in_english(text):
    assert why(step(text, FACTS, PATENTS), "en") == EN[text]


def test_it_says_that_holidays_are_not_announced_yet():
    text = "注册日期 + 10个工作日 <= 基准日"
    assert "尚未公布放假安排" in why(step(text, {"注册日期": date(2025, 12, 25)}))
    assert "not all announced" in why(step(text, {"注册日期": date(2025, 12, 25)}), "en")
    assert "尚未公布" not in why(step(text, {"注册日期": date(2025, 9, 25)}))


def test_it_shows_the_whole_reasoning_as_a_tree():
    found = trace(step(INTENSITY, FACTS))
    assert found.lines() == (
        "2023—2025年研发费用合计 ÷ 2023—2025年销售收入合计不低于按2025年销售收入分档的标准：是",
        "  2023—2025年研发费用合计 ÷ 2023—2025年销售收入合计：4%",
        "    2023—2025年研发费用合计：400万元",
        "      2024年研发费用：300万元（rd-expense 2024）",
        "      2025年研发费用：100万元（rd-expense 2025）",
        "    2023—2025年销售收入合计：1亿元",
        "      2024年销售收入：4000万元（sales-revenue 2024）",
        "      2025年销售收入：6000万元（sales-revenue 2025）",
        "  按2025年销售收入分档的标准：4%",
        "    2025年销售收入：6000万元（sales-revenue 2025）",
    )
    assert Trace.from_data(found.as_data()) == found


@pytest.mark.parametrize(
    ("text", "facts", "wanted"),
    [
        (INTENSITY, {}, ["注册日期", "2023年研发费用", "2024年研发费用", "2025年研发费用", "2023年销售收入", "2024年销售收入", "2025年销售收入"]),
        (INTENSITY, {"注册日期": date(2025, 5, 1)}, ["2025年研发费用", "2025年销售收入"]), (INTENSITY, FACTS, []),
        ("居民企业 且 净利润 > 0", {"居民企业": False}, []), ("居民企业 且 净利润 > 0", {"居民企业": True}, ["2025年净利润"]),
        ("if(居民企业, 净利润, 净资产) > 0", {"居民企业": True}, ["2025年净利润"]), ("if(居民企业, 净利润, 净资产) > 0", {"净利润@2025": 5}, ["居民企业", "2025年净资产"]),
        ("净利润 > 补助上限", {"净利润@2025": 5}, ["补助上限"]), ("count(专利) > 1", {}, ["专利的记录"]), ("max(净利润, 1元) > 0", {}, []), ("净利润 / 净资产 > 0", {"净利润@2025": 1, "净资产@2025": 0}, []),
    ],
)  # fmt: skip
def test_it_names_what_is_missing(text, facts, wanted):
    situation = Situation(SITUATION.as_of)
    found = missing(bound(text, situation).evaluate(record_of(facts)))
    assert [one.name() for one in found] == wanted
    assert all(one.name("en").isascii() for one in found)


@pytest.mark.parametrize(
    ("value", "type_", "zh", "en"),
    [
        (1234_5678_90, number(MONEY), "1234.56789万元", "12,345,678.90 yuan"), (150, number(MONEY), "1.5元", "1.50 yuan"),
        (-150, number(MONEY), "-1.5元", "-1.50 yuan"), (Fraction(1, 3), number(MONEY), "约0元", "about 0 yuan"), (Fraction(1, 20), number(SHARE), "5%", "5%"),
        (Fraction(1, 3), number(SHARE), "约33.33%", "about 33.33%"), (Fraction(5), BARE, "5", "5"), (100, number((("人", -1), ("元", 1))), "1元/人", "1 yuan per persons"),
        (1, number((("年", 1),)), "1年", "1 year"), (2, number((("年", 1),)), "2年", "2 years"),
    ],
)  # fmt: skip
def test_it_shows_values_as_they_are_written(value, type_, zh, en):
    assert show(value, type_) == zh
    assert show(value, type_, "en") == en


def test_it_has_words_for_every_operation():
    text = 'if(known(净利润) 或 非 (居民企业 且 行业代码 不属于 26), ceil(净利润 * 2 + 1元) - -净资产, max(净利润, sum(专利.年费, 类别 = "I"))) != average(净利润 - (净资产 + 净利润) * 2, 近2年)'
    node = bound(text).node
    assert phrase(node) == (
        "若已有2025年净利润的数据，或并非（居民企业，且行业代码不属于26 化学原料和化学制品制造业）则2025年净利润 × 2 + 1元（向上取整到0.01元） − −(2025年净资产)，"
        "否则2025年净利润、专利的年费合计（类别是“I”）中的最大值不等于2024—2025年(净利润 − (净资产 + 净利润) × 2)平均"
    )  # fmt: skip
    assert phrase(node, "en") == (
        'if net profit of 2025 is known or not (resident and industry is not in 26 Chemicals) then net profit of 2025 × 2 + 1 yuan (rounded up to 0.01 yuan) − −(net assets of 2025), '
        'else the largest of net profit of 2025, total fee of patents with class is "I" differs from average (net profit − (net assets + net profit) × 2) of 2024 to 2025'
    )  # fmt: skip
    assert why(bound("workdays(注册日期, 发证日期) > 3个工作日").evaluate(Record()), "en").startswith(
        "Cannot be told: working days after"
    )


def test_it_calls_a_formula_by_its_name():
    found = step("研发投入强度 >= 4% 且 无不良记录", {**FACTS, "居民企业": True, "重大事故@2025": False})
    assert why(found) == (
        "满足：共2项条件，须全部满足；满足2项，不满足0项，无法判断0项\n"
        "· 满足：研发投入强度为4%，要求不低于4%\n"
        "    研发投入强度 = 4%\n"
        "    400万元 ÷ 1亿元 = 4%\n"
        "    2023—2025年研发费用合计 = 400万元（2024年 300万元，2025年 100万元）；2023年在注册之前，不计\n"
        "    2023—2025年销售收入合计 = 1亿元（2024年 4000万元，2025年 6000万元）；2023年在注册之前，不计\n"
        "· 满足：无不良记录\n"
        "    满足：共2项条件，须全部满足；满足2项，不满足0项，无法判断0项\n"
        "    · 满足：居民企业为是，要求为是\n"
        "    · 满足：2025年重大事故为否，要求为否"
    )
    assert phrase(found.node, "en") == "R&D intensity is at least 4% and clean record"
