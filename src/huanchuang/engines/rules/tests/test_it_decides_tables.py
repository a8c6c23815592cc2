"""Many subjects at once: results, masks, amounts and formulas as columns."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from huanchuang.engines.expression import read
from huanchuang.engines.expression.tests.sample import VOCABULARY
from huanchuang.engines.rules import Formula, Wording, assess
from huanchuang.engines.rules.tests.sample import AS_OF, WAN, policy, requirement

SMALL = requirement("small", "职工总数 <= 100人")
RESIDENT = requirement("resident", "居民企业")
AUDIT = requirement("audit", by="document")
TABLE = pl.DataFrame(
    {
        "staff@2025": [100, 101, None, 101],
        "resident": [True, True, True, None],
        "rd-expense@2025": [100 * WAN, 100 * WAN, None, 5],
    }
)


def columns(*requirements, **more):
    return assess([policy(*requirements, **more)], TABLE, AS_OF).to_dict(as_series=False)


def test_each_subject_has_a_result_and_masks():
    found = columns(SMALL, RESIDENT)
    assert found["test.policy"] == [1, 0, -1, 0]
    assert found["test.policy/failed"] == [0, 0b01, 0, 0b01]
    assert found["test.policy/unknown"] == [0, 0, 0b01, 0b10]


def test_what_is_asked_for_is_open_for_everybody():
    found = columns(SMALL, AUDIT, RESIDENT)
    assert found["test.policy"] == [-1, 0, -1, 0]
    assert found["test.policy/unknown"] == [0b010, 0b010, 0b011, 0b110]


def test_a_policy_of_papers_alone_is_open():
    assert columns(AUDIT)["test.policy"] == [-1] * TABLE.height


def test_an_amount_is_due_to_who_is_entitled():
    found = columns(SMALL, amount="round(研发费用 * 补助比例, 1元)")
    assert found["test.policy/fen"] == [20 * WAN, None, None, None]


def test_formulas_come_along_where_they_are_asked_for():
    half = Formula("half", Wording("一半"), read("round(研发费用 / 2, 1元)", VOCABULARY))
    found = assess([policy(SMALL, formulas=(half,))], TABLE, AS_OF, formulas={"test.policy": ["half"]})
    assert found["test.policy=half"].to_list() == [50 * WAN, 50 * WAN, None, 0]


def test_many_requirements_have_wide_masks():
    many = [requirement(f"r{index}", f"职工总数 <= {100 + index % 2}人") for index in range(40)]
    found = columns(*many)
    assert found["test.policy/failed"][1] == sum(1 << index for index in range(0, 40, 2))
    assert found["test.policy/unknown"][2] == (1 << 40) - 1


def test_more_requirements_than_a_mask_holds_are_refused():
    with pytest.raises(ValueError):
        columns(*(requirement(f"r{index}", "居民企业") for index in range(63)))


def test_only_policies_in_force_have_columns():
    gone = policy(SMALL, valid_to=date(2025, 12, 31))
    assert assess([gone, policy(RESIDENT)], TABLE, AS_OF).columns == [
        "test.policy",
        "test.policy/failed",
        "test.policy/unknown",
    ]


def test_parameters_are_those_of_the_day():
    table = TABLE.rename({"rd-expense@2025": "rd-expense@2024", "staff@2025": "staff@2024"})
    found = assess([policy(SMALL, amount="研发费用 * 补助比例")], table, date(2025, 6, 30))
    assert found["test.policy/fen"][0] == int(100 * WAN * Fraction(1, 10))
