"""Figures: what they count, how they bind, and whether they are targets, results or conditions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huanchuang.engines.reader.tests.papers import BROKEN, LETTER, PLAN, REPORT


def figures(result):
    return [(q.value, q.unit, q.comparator, q.kind) for q in result.quantities]


def test_it_tells_results_targets_and_conditions_of_a_plan_apart(reading):
    assert figures(reading(PLAN)) == [
        (46, "个", "=", "achieved"),
        (18, "个", "=", "achieved"),
        (320, "名", "=", "achieved"),
        (Decimal("21.4"), "亿元", "=", "achieved"),
        (Decimal("13.5"), "%", "growth", "achieved"),
        (260, "家", ">", "target"),
        (Decimal("3.2"), "%", ">=", "target"),
        (20, "%", "growth", "target"),
        (100, "%", "=", "target"),
        (3, "个", "range", "target"),
        (12, "个", ">=", "target"),
        (10, "个", ">=", "target"),
        (80, "家", ">", "target"),
        (20, "万元", "=", "condition"),
    ]


def test_it_reads_a_reply_letter_by_its_sections(reading):
    kinds = [(q.text, q.kind) for q in reading(LETTER).quantities]
    assert [kind for _, kind in kinds] == ["achieved"] * (len(kinds) - 1) + ["target"]
    assert [text for text, _ in kinds][:3] == ["8所", "64项", "超1.5亿元"]


def test_it_reads_a_report_by_its_sections(reading):
    assert [q.kind for q in reading(REPORT).quantities] == ["achieved"] * 4 + ["target"] * 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("补齐平台短板", "target"),
        ("夯实产业发展基础", "target"),
        ("适应新的形势", "target"),
        ("巩固提升合作成效", "target"),
        ("平台短板", "achieved"),
        ("产业发展基础", "achieved"),
        ("补齐平台短板情况", "achieved"),
    ],
)
def test_a_heading_on_what_is_to_be_dealt_with_tells_of_nothing_done(reading, heading, kind):
    result = reading(f"关于某事的方案\n一、主要任务\n（一）{heading}\n平台5个。\n")
    assert [q.kind for q in result.quantities] == [kind]


def test_money_carries_its_base_unit(reading):
    quantity = next(q for q in reading(PLAN).quantities if q.unit == "亿元")
    assert (quantity.value_base, quantity.unit_base) == (2_140_000_000, "元")


def test_it_reads_through_line_breaks_and_blanks(reading):
    found = reading(BROKEN).quantities
    assert [(q.value, q.unit) for q in found] == [(2, "万平方米"), (5, "亿元"), (6, "家"), (3, "家")]
    assert found[0].text == "2 万平方米"


def test_a_target_knows_its_deadline_and_its_task(reading):
    found = {q.text: q for q in reading(PLAN).quantities}
    assert (found["突破260家"].period, found["突破260家"].resolved) == ("到2028年", "2028-12-31")
    assert found["突破260家"].task_id == "2"
    assert found["80余家"].resolved == "2026-12-31"


def test_kinds_of_target(reading):
    kinds = {q.text: q.target_kind for q in reading(PLAN).quantities if q.kind == "target"}
    assert kinds["突破260家"] == "count"
    assert kinds["达到3.2%以上"] == "share"
    assert kinds["增长20%左右"] == "growth"
    assert kinds["实现全覆盖"] == "coverage"


def test_the_same_target_said_twice_points_to_the_first(reading):
    text = "关于某事的方案\n一、目标\n到2027年，高新技术企业突破250家。\n二、任务\n（一）培育主体。力争高新技术企业突破250家，科技园突破250家。"
    twins = [q.duplicate_of for q in reading(text).quantities]
    assert twins == [None, 0, None]


def test_the_number_before_a_raise_is_the_level_so_far(reading):
    text = "关于某事的方案\n一、目标\n到2027年，平均年限从10.2年提高到11年以上，比重由35%提高到50%。"
    assert [q.kind for q in reading(text).quantities] == ["achieved", "target", "achieved", "target"]


def test_money_set_aside_in_a_plan_is_no_amount_of_a_support_rule(reading):
    text = "关于某事的方案\n一、任务\n（一）保障。财政安排5亿元奖补资金，安排医疗补助资金3亿元，补助从人均40元提高到45元。"
    assert [q.kind for q in reading(text).quantities] == ["target", "target", "achieved", "target"]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《关于支持33条产业链的意见》。",
        "根据某科发〔2025〕153号文件要求。",
        "形成“1+10+N”平台体系。",
        "围绕一城两院八校布局。",
        "联系电话：023-68510000，邮编：401220。",
        "召开第六次会议，办理第0328号提案。",
        "依托7个研究中心开展工作。",
        "在7个研究中心基础上完成设置。",
        "推进60万吨乙烯项目前期工作。",
        "5月3日内蒙古来访。",
    ],
)
def test_it_leaves_decoys_out(reading, sentence):
    assert reading("关于某事的方案\n一、任务\n（一）推进工作。" + sentence).quantities == ()


def test_figures_of_a_support_rule_are_conditions(reading):
    text = "某市企业扶持办法\n第一条 上年销售收入超过2000万元的企业可以申报。\n第二条 按投入的10%给予补助，最高不超过50万元。\n第三条 自受理之日起15个工作日内办结。"
    assert {q.kind for q in reading(text).quantities} == {"condition"}


def test_an_amount_after_a_reward_is_a_condition_and_a_raised_standard_is_not(reading):
    text = "关于某事的方案\n一、任务\n（一）激励。对企业给予20万元奖励；对重新认定的，奖励10万元。补助标准提高到320元。"
    assert [q.kind for q in reading(text).quantities] == ["condition", "condition", "target"]


def test_every_item_says_why(reading):
    assert all(q.why for q in reading(PLAN).quantities)


def test_a_word_inside_another_word_points_to_nothing(reading):
    text = "关于某事故调查情况的通报\n对事故负有主要责任的班长受到处分，12名责任人被处理。"
    assert [q.kind for q in reading(text).quantities] == ["achieved"]


def test_an_award_tells_what_was_achieved(reading):
    text = "某区关于年度科技奖励的决定\n决定授予“甲材料研究”等7项成果一等奖。"
    assert [(q.text, q.kind) for q in reading(text).quantities] == [("7项", "achieved")]


def test_what_a_body_must_have_is_a_condition(reading):
    text = "关于规范社会团体的意见\n一、清理范围\n社会团体应有3万元以上活动资金。"
    assert [q.kind for q in reading(text).quantities] == ["condition"]


def test_a_threshold_before_a_plant_is_no_name(reading):
    text = "某市工作方案\n一、工作目标\n淘汰20万千瓦以下煤电机组，建成20万千瓦风电项目，造林5万亩以上。"
    found = [(q.text, q.kind) for q in reading(text).quantities]
    assert found == [("20万千瓦以下", "condition"), ("5万亩以上", "target")]


def test_a_unit_that_the_noun_gives_is_inferred(reading):
    text = "某市工作方案\n一、工作目标\n到2028年，服务300万城乡居民，培训5万人。"
    assert [(q.unit, q.inferred) for q in reading(text).quantities] == [("万人", True), ("万人", False)]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("2026年底前新增科研机构达到6家以上。", "科研机构"),
        ("6月底前落地机构突破50家。", "落地机构"),
        ("年内新增合作企业超过50家。", "合作企业"),
        ("前沿实验室达到3家以上。", "前沿实验室"),
    ],
)
def test_it_leaves_the_time_out_of_the_indicator(reading, sentence, indicator):
    assert [item.indicator for item in reading(f"青禾区建设方案\n一、目标\n{sentence}\n").quantities] == [
        indicator
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年、2027年和2028年，新增企业分别超过20家、30家和40家。",
        "2026—2028年，新增企业分别超过20家、30家和40家。",
    ],
)
def test_years_and_figures_are_paired_by_respectively(reading, sentence):
    found = reading(f"青禾区行动方案\n一、目标\n{sentence}").quantities
    assert [(q.value, q.comparator, q.resolved) for q in found] == [
        (20, ">", "2026-12-31"),
        (30, ">", "2027-12-31"),
        (40, ">", "2028-12-31"),
    ]


def test_figures_that_do_not_match_the_years_are_not_paired(reading):
    found = reading("青禾区行动方案\n一、目标\n2026年、2027年，新增企业分别超过20家、30家和40家。").quantities
    assert not any("一一对应" in q.why for q in found)


def test_cleared_to_nothing_is_a_target_of_coverage(reading):
    found = reading("青禾区行动方案\n一、目标\n到2027年，超期未办件清零。").targets_without_number
    assert [target.target_kind for target in found] == ["coverage"]
