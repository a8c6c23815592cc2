"""Distance to a yes, what settles an unknown, and amounts with their working."""

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from huanchuang.engines.expression import read
from huanchuang.engines.expression.tests.sample import BASE
from huanchuang.engines.rules import Requirement, Wording, decide
from huanchuang.engines.rules.tests.sample import AS_OF, WAN, policy, record, requirement
from huanchuang.engines.rules.tests.test_it_decides import AUDIT, GOOD, RD, RESIDENT, STAFF


def distance(when: str, **facts: object) -> list[str]:
    found = decide(policy(requirement("asked", when)), record(**{**GOOD, **facts}), AS_OF)
    assert found.result == "no"
    return [gap.text() for gap in found.distance]


@pytest.mark.parametrize(
    ("when", "facts", "said"),
    [
        ("一类知识产权数 >= 3", {"一类知识产权数": 1}, ["一类知识产权数再有2件"]),
        ("研发费用 / 销售收入 >= 4%", {"研发费用_2025": 364 * WAN}, ["2025年研发费用再增36万元"]),
        ("sum(研发费用, 近3年) / sum(销售收入, 近3年) >= 4%", {"研发费用_2025": 364 * WAN}, ["2025年研发费用再增36万元"]),
        ("职工总数 <= 500人", {"职工总数_2025": 520}, ["2025年职工总数须减20人"]),
        ("居民企业", {"居民企业": False}, ["居民企业须为是"]),
        ("非 重大事故", {"重大事故_2025": True}, ["2025年重大事故须为否"]),
        ("注册日期 + 1年 <= 基准日", {"注册日期": date(2025, 3, 11)}, ["再过10天"]),
        ("注册日期 + 1年 < 基准日", {"注册日期": date(2025, 3, 11)}, ["再过11天"]),
        ("居民企业 且 一类知识产权数 >= 3", {"居民企业": False, "一类知识产权数": 1}, ["居民企业须为是", "一类知识产权数再有2件"]),
        ("一类知识产权数 >= 3 或 居民企业", {"居民企业": False, "一类知识产权数": 1}, ["一类知识产权数再有2件，或居民企业须为是"]),
        ("创新能力评分 > 70分", {"创新能力评分": 70}, ["创新能力评分再增0.01分"]),
        ("净利润 > 0元", {"净利润_2025": -5 * WAN}, ["2025年净利润再增5.000001万元"]),
        ("注册日期 > 2020-01-01", {}, ["须注册日期晚于2020年1月1日"]),
    ],
)  # fmt: skip
def test_it_says_how_far_it_is(when, facts, said):
    assert distance(when, **facts) == said


def test_the_change_it_names_is_the_smallest_that_helps():
    found = decide(policy(RD), record(**{**GOOD, "研发费用_2025": 364 * WAN}), AS_OF)
    (gap,) = found.distance
    new = gap.changes[0].new
    assert decide(policy(RD), record(**{**GOOD, "研发费用_2025": new}), AS_OF).result == "yes"
    assert decide(policy(RD), record(**{**GOOD, "研发费用_2025": new - 1}), AS_OF).result == "no"


def test_nobody_is_told_to_sell_less():
    found = decide(policy(RD), record(**{**GOOD, "研发费用_2025": 364 * WAN}), AS_OF)
    assert {change.key for change in found.distance[0].changes} == {"rd-expense"}


@pytest.mark.parametrize(
    ("growth", "said"),
    [
        (Fraction(49_999, 10**6), "增长率再增0.0001%"),  # 4.9999%
        (Fraction(4, 100), "增长率再增1%"),
        (Fraction(49_876, 10**6), "增长率再增0.0124%"),
    ],
)
def test_a_rate_that_is_short_by_little_is_told_exactly(growth, said):
    assert distance("增长率 >= 5%", 增长率=growth) == [said]


@pytest.mark.parametrize("thousandths", [49_999_999, 49_999_950, 49_123_457, 1])
def test_whoever_follows_the_distance_has_enough(thousandths):
    fine = dataclasses.replace(BASE.fact("增长率"), step=Fraction(1, 10**9), limit=10**12)
    words = dataclasses.replace(BASE, facts=tuple(fine if one.key == "growth" else one for one in BASE.facts))
    asked = policy(Requirement("asked", Wording("增长"), condition=read("增长率 >= 5%", words, "condition")))
    old = Fraction(thousandths, 10**9)
    (gap,) = decide(asked, record(增长率=old), AS_OF).distance
    (change,) = gap.changes
    short = Fraction(5, 100) - old
    assert short <= change.by < short + Fraction(1, 10**6)
    assert decide(asked, record(增长率=change.new), AS_OF).result == "yes"
    assert change.text() == f"增长率再增{float(change.by * 100):.4f}".rstrip("0").rstrip(".") + "%"


def test_a_share_that_is_short_says_by_how_much():
    gap = decide(
        policy(requirement("rd", "研发费用 / 销售收入 >= 4%")),
        record(**{**GOOD, "研发费用_2025": 280 * WAN}),
        AS_OF,
    ).distance[0]
    assert gap.short == pytest.approx(0.012)


def test_the_cheapest_comes_first():
    facts = {**GOOD, "居民企业": None, "研发费用_2025": None}
    found = decide(policy(AUDIT, RD, RESIDENT), record(**facts), AS_OF)
    assert [one.zh for one in found.missing] == ["居民企业", "2025年研发费用", "要求audit"]


def test_the_quickest_way_to_a_yes_leaves_out_what_is_not_needed():
    either = requirement("either", "研发费用 / 销售收入 >= 4% 或 居民企业")
    facts = record(**{**GOOD, "居民企业": None, "研发费用_2025": None, "销售收入_2025": None})
    found = decide(policy(either, STAFF), facts, AS_OF)
    assert [one.key for one in found.quickest] == ["resident"]
    assert {one.key for one in found.missing} == {"resident", "rd-expense", "sales-revenue"}


def test_one_year_more_can_be_enough():
    total = requirement("total", "sum(研发费用, 近3年) >= 1000万元")
    facts = record(**{**GOOD, "研发费用_2023": None, "研发费用_2024": None})
    found = decide(policy(total), facts, AS_OF)
    assert [one.zh for one in found.quickest] == ["2023年研发费用"]
    assert [one.zh for one in found.missing] == ["2023年研发费用", "2024年研发费用"]


def test_what_is_divided_by_nothing_is_named():
    share = requirement("share", "研发费用 / 销售收入 >= 4%")
    found = decide(policy(share), record(**{**GOOD, "销售收入_2025": 0}), AS_OF)
    assert found.result == "unknown"
    assert [one.zh for one in found.missing] == ["2025年销售收入（为零，不能作除数）"]


def test_of_a_sum_that_is_nothing_every_year_is_named():
    nothing = {f"销售收入_{year}": 0 for year in (2023, 2024, 2025)}
    found = decide(policy(RD), record(**{**GOOD, **nothing}), AS_OF)
    assert [one.zh[:9] for one in found.missing] == ["2023年销售收入", "2024年销售收入", "2025年销售收入"]


def test_a_parameter_nobody_has_published_is_named_last():
    capped = requirement("capped", "研发费用 <= 补助上限 且 居民企业")
    found = decide(policy(capped), record(**{**GOOD, "居民企业": None}), AS_OF)
    assert [(one.kind, one.key) for one in found.missing] == [("fact", "resident"), ("parameter", "cap")]


@pytest.mark.parametrize(
    ("amount", "fen"),
    [
        ("研发费用 * 补助比例", 80 * WAN),
        ("cap(研发费用 * 补助比例, 50万元)", 50 * WAN),
        ("at_least(研发费用 * 补助比例, 100万元)", 100 * WAN),
        ("floor(研发费用 * 补助比例, 30万元)", 60 * WAN),
        ("band(研发费用, 100万元: 10万元, 400万元: 20万元, else: 30万元)", 20 * WAN),
        ("if(一类知识产权数 >= 1件, 10万元, 0元)", None),
    ],
)
def test_the_amount_is_worked_out_in_fen(amount, fen):
    found = decide(policy(RESIDENT, amount=amount), record(**GOOD), AS_OF)
    assert found.fen == fen


def test_the_amount_shows_its_working():
    found = decide(policy(RESIDENT, amount="cap(研发费用 * 补助比例, 50万元)"), record(**GOOD), AS_OF)
    assert found.grant is not None
    assert "400万元 × 20% = 80万元" in found.grant.working()


def test_an_amount_is_due_only_to_who_is_entitled():
    found = decide(
        policy(RESIDENT, amount="研发费用 * 补助比例"), record(**{**GOOD, "居民企业": None}), AS_OF
    )
    assert found.fen is None
    assert found.grant is not None
    assert found.grant.fen == 80 * WAN


@pytest.mark.parametrize(
    ("day", "fen"), [(date(2026, 1, 1), 80 * WAN), (date(2025, 12, 31), 40 * WAN), (date(2023, 12, 31), None)]
)
def test_a_parameter_has_the_value_of_the_day(day, fen):
    facts = {**GOOD, **{f"研发费用_{year}": 400 * WAN for year in (2022, 2024)}}
    assert decide(policy(RESIDENT, amount="研发费用 * 补助比例"), record(**facts), day).fen == fen
