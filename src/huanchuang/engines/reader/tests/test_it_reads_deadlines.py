"""Deadlines: last days, inferred years, recurring ones, and what is no deadline."""

from __future__ import annotations

import pytest

from huanchuang.engines.reader.tests.papers import PLAN, REPORT


def dated(result):
    return [(d.text, d.resolved) for d in result.deadlines if d.resolved]


def test_it_resolves_the_deadlines_of_a_plan(reading):
    assert dated(reading(PLAN)) == [
        ("到2028年", "2028-12-31"),
        ("2026年底前", "2026-12-31"),
        ("6月底前", "2026-06-30"),
        ("年内", "2026-12-31"),
    ]


def test_an_inferred_year_is_marked(reading):
    marks = {d.text: d.inferred for d in reading(PLAN).deadlines}
    assert marks["6月底前"]
    assert not marks["到2028年"]


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("到2027年，建成平台。", "2027-12-31"),
        ("到2027年底建成平台。", "2027-12-31"),
        ("2027年6月底前建成平台。", "2027-06-30"),
        ("2028年2月底前建成平台。", "2028-02-29"),
        ("2027年9月15日前报送。", "2027-09-15"),
        ("2027年上半年建成平台。", "2027-06-30"),
        ("2027年三季度末建成平台。", "2027-09-30"),
        ("“十五五”期间建成平台。", "2030-12-31"),
        ("十五五末建成平台。", "2030-12-31"),
        ("２０２７年底前建成平台。", "2027-12-31"),
        ("二〇二七年底前建成平台。", "2027-12-31"),
        ("12月底前建成平台。", "2026-12-31"),
        ("明年年底前建成平台。", "2027-12-31"),
        ("2027年，平台达到5个。", "2027-12-31"),
        ("其中，2027年新增平台5个。", "2027-12-31"),
        ("完成时限：2027年9月", "2027-09-30"),
        ("完成时限：2027年9月底", "2027-09-30"),
        ("完成时限：9月", "2026-09-30"),
        ("完成时间：2027年", "2027-12-31"),
        ("明年上半年完成主体工程。", "2027-06-30"),
        ("明年6月底前完成主体工程。", "2027-06-30"),
        ("2026年起3年内建成平台。", "2028-12-31"),
        ("2027年年中建成平台。", "2027-06-30"),
        ("通过“十五五”期间的努力建成平台。", "2030-12-31"),
        ("今后三年，新增平台5个。", "2028-12-31"),
        ("今明两年，要建成平台。", "2027-12-31"),
        ("到本世纪中叶，建成科技强区。", "2050-12-31"),
        ("今年要建成平台。", "2026-12-31"),
        ("今年改造厂房6万平方米。", "2026-12-31"),
        ("今年在三个园区开展试点。", "2026-12-31"),
        ("今年在两个镇先行试点。", "2026-12-31"),
        ("今年从预备费中拿出2000万元。", "2026-12-31"),
        ("今年要继续推进园区整合，力争取得新的突破。", "2026-12-31"),
        ("整合园区，是为了实现2030年基本建成科创走廊的目标。", "2030-12-31"),
        ("今年经济社会发展的主要预期目标是：就业稳定。", "2026-12-31"),
        ("组织实施阶段（2026年5月至2027年10月）。", "2027-10-31"),
        ("动员部署阶段（2026年4月1日—30日）。", "2026-04-30"),
        ("总结评估阶段（11—12月）。", "2026-12-31"),
    ],
)
def test_it_finds_the_last_day(reading, phrase, day):
    text = f"关于某事的方案\n一、目标\n{phrase}\n某区科技局\n2026年3月1日\n"
    assert [d.resolved for d in reading(text).deadlines if d.resolved] == [day]


@pytest.mark.parametrize(
    "phrase",
    [
        "自2026年5月1日起施行。",
        "从2026年起实行。",
        "2024年以来进展顺利。",
        "截至2025年底共3家。",
        "三年内不得申报。",
        "2025年建成平台。",
        "落实《规划（2021—2035年）》。",
        "适时启动。",
        "行动计划\n（2026－2028年）\n",
        "2024年到2026年，连续三年开展评估。",
        "2025年10月至2026年2月，我局开展了摸底。",
        "自认定之日起30日内兑现。",
        "今年要继续加强服务。",
        "今年要继续推进园区整合，去年取得了突破。",
        "提前实现2030年基本建成科创走廊的目标。",
        "今年新增了企业8家。",
        "今年企业总数8家左右。",
        "今后五年是关键时期。",
    ],
)
def test_it_takes_no_other_time_for_a_deadline(reading, phrase):
    text = f"关于某事的方案\n一、任务\n（一）推进。{phrase}\n某区科技局\n2026年3月1日\n"
    assert dated(reading(text)) == []


@pytest.mark.parametrize(
    ("phrase", "every"),
    [
        ("每年3月底前报送总结。", "yearly"),
        ("每月25日前报送进展。", "monthly"),
        ("每季度末通报。", "quarterly"),
        ("每半年调度一次。", "half-yearly"),
        ("完成时限：长期坚持", "continuously"),
    ],
)
def test_what_comes_again_has_its_rhythm_and_no_day(reading, phrase, every):
    (deadline,) = reading(f"关于某事的方案\n一、任务\n（一）推进。{phrase}").deadlines
    assert (deadline.recurring, deadline.resolved) == (every, None)


def test_this_year_dates_a_figure_even_where_it_is_no_deadline(reading):
    result = reading("关于某事的方案\n一、任务\n今年企业总数8家。\n某区科技局\n2026年3月1日\n")
    assert [(q.text, q.period, q.resolved) for q in result.quantities] == [("8家", "今年", "2026-12-31")]
    assert result.deadlines == ()


def test_the_next_years_begin_after_a_paper_of_the_second_half_year(reading):
    result = reading("关于某事的方案\n一、任务\n今后三年，新增企业8家。\n某区科技局\n2026年9月1日\n")
    assert dated(result) == [("今后三年", "2029-12-31")]


def test_what_was_done_this_year_is_no_deadline(reading):
    result = reading(
        "工作报告\n一、工作回顾\n今年要求完成改造，实际完成6家。\n二、任务\n甲。\n某区科技局\n2026年9月1日\n"
    )
    assert result.deadlines == ()


def test_a_length_of_time_in_a_deadline_is_no_figure(reading):
    result = reading("关于某事的方案\n一、任务\n2026年起3年内引进人才300名，自认定之日起30日内兑现奖励。")
    assert [q.text for q in result.quantities] == ["300名"]


def test_the_number_of_a_paper_tells_its_year(reading):
    text = "某区人民政府关于某事的意见\n某府发〔2024〕15号\n各镇街：\n一、任务\n6月底前完成遴选。"
    assert dated(reading(text)) == [("6月底前", "2024-06-30")]


def test_without_a_date_the_year_comes_from_deadlines_that_say_one(reading):
    text = "关于某事的方案\n一、任务\n1.甲。2025年底前完成规划。\n2.乙。9月底前完成签约。"
    assert dated(reading(text)) == [("2025年底前", "2025-12-31"), ("9月底前", "2025-09-30")]


def test_a_report_has_the_year_of_the_day_it_was_given(reading):
    assert dated(reading(REPORT)) == [("3月底前", "2026-03-31")]


def test_without_a_date_the_first_year_of_the_title_counts(reading):
    text = "某区行动计划（2026—2028年）\n一、任务\n（一）推进。9月底前完成签约。"
    assert dated(reading(text)) == [("9月底前", "2026-09-30")]


def test_a_recurring_deadline_has_no_day(reading):
    text = "关于某事的方案\n一、任务\n（一）督查。每年开展一次督查，定期通报，按季调度，每年12月底前总结。"
    assert [(d.text, d.recurring, d.resolved) for d in reading(text).deadlines] == [
        ("每年", "yearly", None),
        ("定期", "regularly", None),
        ("按季", "quarterly", None),
        ("每年12月底前", "yearly", None),
    ]
