"""What a policy costs: entitlement and take-up apart, least and most, groups that sum up to the fen."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.rules import assess, bind_policy
from huanchuang.engines.rules.cost import TakeUp, cap_of, costs_of, shared_out
from huanchuang.engines.rules.tests.sample import AS_OF, WAN, policy, requirement

TABLE = pl.DataFrame(
    {
        "staff@2025": [10, 20, 500, None, None],
        "rd-expense@2025": [100 * WAN, None, 300 * WAN, 80 * WAN, None],
    }
)
GROUPS = pl.DataFrame({"size": ["小", "小", "大", "未知", "未知"], "industry": ["C", "I", "C", "C", "I"]})
SMALL = requirement("small", "职工总数 <= 100人")


def asked(amount: str):
    one = policy(SMALL, amount=amount)
    columns = assess([one], TABLE, AS_OF, possible=[one.id])
    return GROUPS.hstack(columns), cap_of(bind_policy(one, AS_OF))


def test_open_cases_make_the_range_and_take_up_the_part_that_is_asked_for():
    answers, cap = asked("cap(研发费用 * 10%, 20万元)")
    assert cap == 20 * WAN
    found = costs_of(answers, "test.policy", TakeUp(Fraction(1, 2)), cap=cap)[""]
    assert (found.subjects, found.entitled, found.open) == (5, 2, 2)
    assert found.least == 10 * WAN  # the second has no amount that could be told: not in the least
    assert found.most == (10 + 20 + 8 + 20) * WAN  # what nobody can tell counts up to the cap
    assert (found.taken_least, found.taken_most) == (5 * WAN, 29 * WAN)
    assert found.untold == 0


def test_without_a_cap_what_nobody_can_tell_is_counted_and_in_no_sum():
    answers, cap = asked("研发费用 * 10%")
    assert cap is None
    found = costs_of(answers, "test.policy", TakeUp(Fraction(1)), cap=cap)[""]
    assert (found.least, found.most, found.untold) == (10 * WAN, 18 * WAN, 2)


def test_take_up_by_group_is_taken_of_that_group_whatever_is_shown():
    answers, cap = asked("cap(研发费用 * 10%, 20万元)")
    take_up = TakeUp(Fraction(1, 10), "size", {"小": Fraction(1, 2)})
    found = costs_of(answers, "test.policy", take_up, "industry", cap)
    assert found["C"].taken_most == 5 * WAN + 8 * WAN // 10
    assert found["I"].taken_most == 10 * WAN + 2 * WAN
    assert found[""].taken_most == found["C"].taken_most + found["I"].taken_most


def test_a_policy_without_an_amount_costs_nothing():
    one = policy(SMALL)
    answers = GROUPS.hstack(assess([one], TABLE, AS_OF, possible=[one.id]))
    found = costs_of(answers, one.id, TakeUp(Fraction(1)), cap=cap_of(bind_policy(one, AS_OF)))[""]
    assert (found.entitled, found.most, found.untold) == (2, 0, 0)


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_a_share_outside_of_nothing_and_all_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        TakeUp(Fraction(1, 2), "size", {"小": share})


def test_a_column_that_is_not_there_is_named():
    answers, cap = asked("10万元")
    with pytest.raises(ValueError, match="no column place"):
        costs_of(answers, "test.policy", TakeUp(Fraction(1)), "place", cap)


@given(st.lists(st.fractions(min_value=-1000, max_value=1000), max_size=12))
def test_parts_sum_up_to_the_rounded_whole(parts):
    found = shared_out(parts)
    assert abs(sum(found) - sum(parts, Fraction(0))) <= Fraction(1, 2)
    assert all(abs(whole - part) < 1 for whole, part in zip(found, parts, strict=True))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 0, -1]), st.none() | st.integers(0, 10**9), st.sampled_from("abc"), st.sampled_from("xy")
        ),
        min_size=1,
        max_size=30,
    ),
    st.fractions(0, 1),
    st.fractions(0, 1),
)  # fmt: skip
def test_groups_sum_up_and_bounds_keep_their_order(rows, one, other):
    columns = list(zip(*rows, strict=True))
    answers = pl.DataFrame({
        "p": pl.Series(columns[0], dtype=pl.Int8), "p/could": pl.Series(columns[1], dtype=pl.Int64),
        "place": list(columns[2]), "size": list(columns[3]),
    })  # fmt: skip
    found = costs_of(answers, "p", TakeUp(one, "size", {"x": other}), "place", 10**9)
    whole = found.pop("")
    for name in ("subjects", "entitled", "open", "least", "most", "taken_least", "taken_most"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in found.values())
    assert whole.least <= whole.most
    assert whole.taken_least <= whole.least
    assert whole.taken_least <= whole.taken_most <= whole.most
    assert whole == costs_of(answers, "p", TakeUp(one, "size", {"x": other}), cap=10**9)[""]
