"""Which value of a fact an expression means on a day (design.md, section 4), asked of a record and a table alike."""

from datetime import date
from fractions import Fraction

import pytest

from huanchuang.engines.expression import Record, Situation, read
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.kernel import ProblemError

from .asking import ask, bound, on, record_of
from .sample import PATENTS, VOCABULARY

YEARS = {f"净利润@{year}": year for year in range(2018, 2028)}


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        (date(2026, 1, 1), 2025),
        (date(2025, 12, 31), 2024),
        (date(2026, 12, 31), 2025),
        (date(2024, 2, 29), 2023),
    ],
)
def test_it_takes_the_last_year_that_ended_before_the_day(as_of, year):
    assert ask("净利润", YEARS, situation=on(as_of)) == year


def test_it_takes_no_older_year_in_its_place():
    assert ask("净利润", {"净利润@2024": 5}) == (None, None)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("净利润@上年", 2025), ("净利润@去年", 2025), ("净利润@last year", 2025), ("净利润@-1", 2025), ("净利润@前年", 2024),
        ("净利润@year before last", 2024), ("净利润@大前年", 2023), ("净利润@-5", 2021), ("净利润@本年", 2026), ("净利润@2019年", 2019),
        ("net-profit@2019", 2019), ("net_profit@this year", 2026),
    ],
)  # fmt: skip
def test_it_takes_the_year_that_is_asked_for(name, year):
    assert ask(name, YEARS) == year


@pytest.mark.parametrize("span", ["近3年", "近三年", "last 3 years", "LAST 3 YEARS"])
def test_it_sums_the_last_years(span):
    assert ask(f"sum(净利润, {span})", YEARS) == 2023 + 2024 + 2025
    assert ask(f"average(净利润, {span})", YEARS) == 2024
    assert ask(f"count(净利润 > 0.01元 * 2023, {span})", YEARS) == 2


def test_it_sums_a_formula_year_by_year():
    facts = {"净利润@2025": 10, "净利润@2024": 20, "净资产@2025": 100, "净资产@2024": 400, "创新能力评分": 1}
    assert ask("sum(净利润 / 净资产, 近2年)", facts) == Fraction(10, 100) + Fraction(20, 400)
    assert ask("sum(if(净利润 > 0.15元, 净资产, 0) + 创新能力评分 * 1元 / 1分, 近2年)", facts) == 400 + 200


@pytest.mark.parametrize(
    ("registered", "wanted", "average", "count"),
    [
        (date(2022, 12, 31), (None, None), (None, None), (2, 3)), (date(2023, 12, 31), (None, None), (None, None), (2, 3)),
        (date(2024, 1, 1), 50, 25, 2), (date(2025, 12, 31), 30, 30, 1), (date(2026, 1, 1), 0, (None, None), 0), (None, (None, None), (None, None), (2, 3)),
    ],
)  # fmt: skip
def test_it_does_not_need_years_before_the_registration(registered, wanted, average, count):
    facts = {"净利润@2025": 30, "净利润@2024": 20, "注册日期": registered}
    assert ask("sum(净利润, 近3年)", facts) == wanted
    assert ask("average(净利润, 近3年)", facts) == average
    assert ask("count(净利润 > 0, 近3年)", facts) == count


def test_it_leaves_out_a_value_from_before_the_registration():
    facts = {"净利润@2025": 30, "净利润@2024": 20, "净利润@2023": 7, "注册日期": date(2024, 5, 1)}
    assert ask("sum(净利润, 近3年)", facts) == 50


def test_it_takes_all_years_when_the_registration_is_not_known():
    facts = {"净利润@2025": 30, "净利润@2024": 20, "净利润@2023": 7}
    assert ask("sum(净利润, 近3年)", facts) == 57


def test_it_needs_the_year_of_the_registration_itself():
    facts = {"净利润@2025": 30, "净利润@2024": None, "注册日期": date(2024, 12, 31)}
    assert ask("sum(净利润, 近3年)", facts) == (None, None)


@pytest.mark.parametrize(
    ("as_of", "quarters", "months"),
    [(date(2026, 1, 1), 3 + 4, 12), (date(2026, 4, 1), 4 + 5, 103), (date(2026, 3, 31), 3 + 4, 102)],
)
def test_it_takes_quarters_and_months_that_have_ended(as_of, quarters, months):
    facts = {f"技术合同额@2025Q{number}": number for number in range(1, 5)} | {"技术合同额@2026Q1": 5}
    facts |= {
        "走访次数@2025-12": 12,
        "走访次数@2026-01": 101,
        "走访次数@2026-02": 102,
        "走访次数@2026-03": 103,
    }
    assert ask("sum(技术合同额, 近2季度)", facts, situation=on(as_of)) == quarters
    assert ask("走访次数@上月", facts, situation=on(as_of)) == months
    assert ask("走访次数", facts, situation=on(as_of)) == months


def test_it_takes_the_newest_row_that_is_not_blank_for_a_timeless_fact():
    rows = {
        2023: {"注册日期": 5, "居民企业": True},
        2024: {"注册日期": 7, "居民企业": False, "净利润": 3},
        2025: {"注册日期": None, "净利润": 4},
    }
    record = Record.of_years(VOCABULARY, rows)
    assert record.facts == {
        ("registered-on", ""): 7, ("resident", ""): False, ("net-profit", "2024"): 3, ("net-profit", "2025"): 4
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("研发费用", -1), ("研发费用", 10**15 + 1), ("研发费用", Fraction(1, 2)), ("研发费用", True), ("研发费用", "5"), ("创新能力评分", Fraction(1, 3)),
        ("创新能力评分", 101), ("注册日期", 10**6), ("注册日期", True), ("居民企业", 1), ("居民企业", "是"), ("行业代码", ""), ("行业代码", 26), ("企业规模", False),
    ],
)  # fmt: skip
def test_it_takes_what_a_fact_does_not_admit_as_unknown(name, value):
    fact = VOCABULARY.fact(name)
    record = Record({(fact.key, "2025" if fact.period == "year" else ""): value})
    assert not fact.admits(value)
    assert not bound(f"{name} is known").evaluate(record).value


def test_it_takes_what_stands_on_the_edge_of_a_fact():
    assert ask("研发费用", {"研发费用@2025": 10**15}) == 10**15
    assert ask("研发费用", {"研发费用@2025": 10**15 + 1}) == (0, None)
    assert ask("创新能力评分", {"创新能力评分": Fraction(100)}) == 100
    assert ask("净利润", {"净利润@2025": -(10**15) - 1}) == (None, None)


def test_it_counts_no_records_where_there_are_too_many_to_count():
    many = [{"class": "I"}] * 1_000_001
    assert bound("count(专利)").evaluate(Record({}, {"patents": many})).value == (0, None)
    assert bound("count(专利)").evaluate(Record({}, {"patents": many[1:]})).value == (1_000_000, 1_000_000)


def test_it_takes_parameters_with_their_value_of_the_day():
    text = "cap(研发费用 * 补助比例, 补助上限)"
    facts = {"研发费用@2025": 900_0000_00}
    assert ask(text, facts) == 90_0000_00
    for parameters, wanted in (
        ({"rate": Fraction(1, 2), "cap": 5}, 5),
        ({"rate": Fraction(1, 2)}, (None, 450_0000_00)),
        ({}, (None, None)),
    ):
        assert ask(text, facts, situation=Situation(date(2026, 1, 1), parameters)) == wanted


@pytest.mark.parametrize(
    "parameters", [{"cap": "5"}, {"cap": Fraction(1, 2)}, {"rate": Fraction(1, 7)}, {"cap": 10**17}]
)
def test_it_refuses_a_value_that_its_parameter_cannot_have(parameters):
    with pytest.raises(ProblemError) as caught:
        read("补助上限 * 补助比例", VOCABULARY).at(Situation(date(2026, 1, 1), parameters))
    assert caught.value.problems[0].code == "expression.parameter-value"
    assert "补助" in str(caught.value)


def test_it_refuses_bands_that_parameters_put_out_of_order():
    asked = read("band(研发费用, 补助上限: 1, 100万元: 2, else: 3)", VOCABULARY)
    assert asked.at(Situation(date(2026, 1, 1), {"cap": 5})).evaluate(
        record_of({"研发费用@2025": 5})
    ).value == (1, 1)
    assert asked.at(Situation(date(2026, 1, 1))).evaluate(record_of({"研发费用@2025": 5})).value == (1, 3)
    with pytest.raises(ProblemError) as caught:
        asked.at(Situation(date(2026, 1, 1), {"cap": 100_0000_00}))
    assert caught.value.problems[0].code == "expression.parameter-order"


def test_it_refuses_a_day_outside_of_its_time():
    with pytest.raises(ProblemError) as caught:
        Situation(date(255, 1, 1))
    assert caught.value.problems[0].code == "expression.as-of"


def test_it_says_what_it_needs():
    asked = read('sum(研发费用, 近2年) > 净利润@2019年 + 补助上限 且 count(专利, 类别 = "I") > 1', VOCABULARY)
    assert [fact.key for fact in asked.facts] == ["rd-expense", "net-profit", "registered-on"]
    assert [parameter.key for parameter in asked.parameters] == ["cap"]
    assert asked.relations == (PATENTS,)
    needs = asked.at(Situation(date(2026, 1, 1))).needs
    assert [(fact.key, period and period.code) for fact, period in needs] == [
        ("registered-on", None), ("rd-expense", "2024"), ("rd-expense", "2025"), ("net-profit", "2019")
    ]  # fmt: skip


def test_it_counts_days_from_1970():
    assert day_number(date(1970, 1, 2)) == 1
