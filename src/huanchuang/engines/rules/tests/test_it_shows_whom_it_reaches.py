"""Whom a policy reaches and what keeps the others out, over a small population."""

from datetime import date

import polars as pl

from huanchuang.engines.rules import assess
from huanchuang.engines.rules.reach import reach_of
from huanchuang.engines.rules.tests.sample import AS_OF, WAN, policy, requirement

SMALL = requirement("small", "职工总数 <= 100人")
RD = requirement("rd", "研发费用 >= 100万元")
TABLE = pl.DataFrame(
    {
        "staff@2025": [10, 100, 101, 500, None],
        "rd-expense@2025": [100 * WAN, 99 * WAN, 300 * WAN, 50 * WAN, 100 * WAN],
        "resident": [True, True, True, True, True],
    }
)


def answers(*requirements, table=TABLE, amount=""):
    return assess([policy(*requirements, amount=amount)], table, AS_OF)


def test_it_says_what_keeps_people_out():
    found = reach_of(answers(SMALL, RD), "test.policy", ["small", "rd"])
    assert (found.yes, found.no, found.unknown) == (1, 3, 1)
    assert dict(found.sole) == {"small": 1, "rd": 1}
    assert dict(found.often) == {"small": 2, "rd": 2}
    assert not found.reaches_nobody


def test_a_policy_that_reaches_nobody_is_seen():
    found = answers(requirement("none", "职工总数 > 1000人"), table=TABLE.head(4))
    assert reach_of(found, "test.policy", ["none"]).reaches_nobody


def test_a_policy_not_in_force_has_no_answers():
    assert assess([policy(SMALL, valid_to=date(2025, 1, 1))], TABLE, AS_OF).width == 0
