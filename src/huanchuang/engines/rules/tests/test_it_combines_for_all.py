"""What all of a population can have together: equal to asking one by one, whatever rules bite."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.rules import Group, Offer, Policy, Wording, best_combination
from huanchuang.engines.rules.together import (
    BEST,
    BITES,
    ENTITLED,
    combination_of,
    groups_among,
    most_of,
    together,
)

ONE, EITHER, POT = Group("one", "highest"), Group("either", "exclusive"), Group("pot", "total", 100)
INNER, CROSS = Group("inner", "total", 60), Group("cross", "total", 90)


def named(id_: str, *groups: Group) -> Policy:
    return Policy(id_, "1.0", Wording(id_), (), groups=groups)


POLICIES = [
    named("a", ONE, POT),
    named("b", ONE),
    named("c", EITHER, POT),
    named("d", EITHER),
    named("e"),
    named("f", POT),
]


def frame(rows: list[dict[str, int | None]]) -> pl.DataFrame:
    """Amounts by policy; who has none has a no, None is a yes whose amount is not known."""
    columns: dict[str, pl.Series] = {}
    for one in POLICIES:
        given_ = [row.get(one.id, 0) for row in rows]
        columns[one.id] = pl.Series([int(fen != 0) for fen in given_], dtype=pl.Int8)
        columns[f"{one.id}/fen"] = pl.Series([fen or None for fen in given_], dtype=pl.Int64)
    return pl.DataFrame(columns)


def test_where_no_rule_bites_the_best_is_the_sum():
    found = together(frame([{"a": 30, "c": 40, "e": 500}, {}]), POLICIES)
    assert found.rows() == [(570, 570, False), (0, 0, False)]


def test_the_higher_of_a_group_and_a_limit_cost_something():
    found = together(frame([{"a": 30, "b": 50}, {"a": 80, "f": 90}, {"c": 10, "d": 10}]), POLICIES)
    assert found.select(ENTITLED, BEST).rows() == [(80, 50), (170, 100), (20, 10)]
    assert found[BITES].all()


def test_an_amount_that_is_not_known_is_no_offer():
    assert together(frame([{"a": None, "b": 50}]), POLICIES).rows() == [(50, 50, False)]


def test_without_policies_that_pay_there_is_nothing():
    assert together(pl.DataFrame({"a": [1, 0]}), POLICIES[:1]).rows() == [(0, 0, False), (0, 0, False)]


def test_an_amount_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        together(frame([{"a": -1}]), POLICIES)


@settings(max_examples=200)
@given(
    st.lists(st.fixed_dictionaries({one.id: st.integers(0, 120) for one in POLICIES}), min_size=1, max_size=8)
)
def test_it_says_what_asking_one_by_one_says(rows):
    found = together(frame(rows), POLICIES)
    groups = groups_among(POLICIES)
    for row, due, best, bites in zip(rows, found[ENTITLED], found[BEST], found[BITES], strict=True):
        offers = [Offer(one.id, row[one.id], tuple(each.name for each in one.groups)) for one in POLICIES if row[one.id]]  # fmt: skip
        one_by_one = best_combination(offers, groups)
        assert (due, best) == (sum(row.values()), one_by_one.fen)
        assert bites == (best < due)
        assert combination_of([row[one.id] for one in POLICIES], POLICIES) == one_by_one


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(1, 120), st.sets(st.sampled_from([ONE, EITHER, POT, INNER, CROSS]))), max_size=7
    )
)
def test_the_short_way_brings_what_the_search_brings(given_):
    """Limits inside of each other, apart, and across: whatever groups an offer stands in."""
    offers = [
        Offer(f"p{at}", fen, tuple(sorted(group.name for group in groups)))
        for at, (fen, groups) in enumerate(given_)
    ]
    groups = {group.name: group for group in (ONE, EITHER, POT, INNER, CROSS)}
    assert most_of(offers, groups) == best_combination(offers, groups).fen
