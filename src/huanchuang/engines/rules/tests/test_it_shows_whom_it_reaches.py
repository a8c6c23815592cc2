"""Blind spots, obstacles, overlaps, versions compared and what a policy costs, over a small population."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from huanchuang.engines.rules import assess
from huanchuang.engines.rules.reach import blind_spots, difference, forecast, overlaps, reach_of
from huanchuang.engines.rules.tests.sample import AS_OF, WAN, policy, requirement

SMALL = requirement("small", "职工总数 <= 100人")
RD = requirement("rd", "研发费用 >= 100万元")
RESIDENT = requirement("resident", "居民企业")
TABLE = pl.DataFrame(
    {
        "staff@2025": [10, 100, 101, 500, None],
        "rd-expense@2025": [100 * WAN, 99 * WAN, 300 * WAN, 50 * WAN, 100 * WAN],
        "resident": [True, True, True, True, True],
    }
)
GROUPS = pl.DataFrame({"industry": ["C", "C", "I", "I", "C"], "place": ["东", "东", "东", "西", "东"]})


def answers(*requirements, table=TABLE, amount=""):
    return assess([policy(*requirements, amount=amount)], table, AS_OF)


def named(found: pl.DataFrame, name: str) -> pl.DataFrame:
    return found.rename({column: column.replace("test.policy", name) for column in found.columns})


BOTH = named(answers(SMALL, RD), "one").hstack(named(answers(RD), "two"))


def test_a_blind_spot_is_a_group_no_policy_reaches():
    found = blind_spots(BOTH, ["one", "two"], GROUPS)
    assert found.rows() == [
        ("C", "东", 3, 2, 0, 1),
        ("I", "西", 1, 0, 0, 1),
        ("I", "东", 1, 1, 0, 0),
    ]


def test_who_may_be_reached_is_open_and_not_blind():
    found = blind_spots(BOTH.select("one"), ["one"], GROUPS.select("industry"))
    assert found.rows() == [("I", 2, 0, 0, 2), ("C", 3, 1, 1, 1)]


def test_every_subject_is_counted_once():
    found = blind_spots(BOTH, ["one", "two"], GROUPS)
    assert found["subjects"].sum() == TABLE.height
    assert (found["subjects"] == found["reached"] + found["open"] + found["unreached"]).all()


def test_it_says_what_keeps_people_out():
    found = reach_of(BOTH, "one", ["small", "rd"])
    assert (found.yes, found.no, found.unknown) == (1, 3, 1)
    assert dict(found.sole) == {"small": 1, "rd": 1}
    assert dict(found.often) == {"small": 2, "rd": 2}
    assert not found.reaches_nobody


def test_a_policy_that_reaches_nobody_is_seen():
    found = answers(requirement("none", "职工总数 > 1000人"), table=TABLE.head(4))
    assert reach_of(found, "test.policy", ["none"]).reaches_nobody


def test_policies_that_reach_the_same_are_paired():
    assert overlaps(BOTH, ["one", "two"]) == (("one", "two", 1),)


def test_two_versions_show_who_gains_and_who_loses():
    before = answers(requirement("size", "职工总数 <= 100人"), amount="研发费用 * 补助比例")
    after = answers(requirement("size", "职工总数 >= 100人"), amount="10万元")
    found = difference(before, after, "test.policy", "test.policy")
    assert (found.gain, found.lose, found.stay) == ((2, 3), (0,), 1)
    assert (found.before, found.after) == ((100 + 99) * WAN // 5, 30 * WAN)


def test_the_cost_of_all_who_are_entitled_stands_apart_from_take_up():
    found = forecast(answers(SMALL, amount="研发费用 * 补助比例"), "test.policy", Fraction(1, 3))
    assert (found.entitled, found.open, found.fen, found.without_amount) == (2, 1, 199 * WAN // 5, 0)
    assert found.taken == round(199 * WAN / 15)


def test_an_amount_nobody_knows_is_not_nothing():
    found = forecast(answers(SMALL, amount="研发费用 - 净资产"), "test.policy", Fraction(1))
    assert (found.entitled, found.fen, found.without_amount) == (2, None, 2)


def test_nobody_entitled_costs_nothing():
    found = forecast(
        answers(requirement("none", "职工总数 < 0人"), amount="10万元"), "test.policy", Fraction(1)
    )
    assert (found.entitled, found.fen, found.taken) == (0, 0, 0)


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_take_up_is_a_share(share):
    with pytest.raises(ValueError):
        forecast(answers(SMALL), "test.policy", share)


def test_populations_of_different_size_are_not_compared():
    with pytest.raises(ValueError):
        difference(answers(SMALL), answers(SMALL, table=TABLE.head(2)), "test.policy", "test.policy")
    with pytest.raises(ValueError):
        blind_spots(BOTH, ["one"], GROUPS.head(2))


def test_a_policy_not_in_force_has_no_answers():
    assert assess([policy(SMALL, valid_to=date(2025, 1, 1))], TABLE, AS_OF).width == 0
