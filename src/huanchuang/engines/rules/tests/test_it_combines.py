"""What one subject should apply for, when policies exclude each other or share a limit."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.rules import Group, Offer, best_combination
from huanchuang.engines.rules.combine import worth

GROUPS = {
    "one": Group("one", "highest"),
    "either": Group("either", "exclusive"),
    "pot": Group("pot", "total", 100),
}


def chosen(*offers: Offer) -> tuple[dict[str, int], int]:
    found = best_combination(offers, GROUPS)
    return dict(found.chosen), found.fen


def test_policies_without_groups_add_up():
    assert chosen(Offer("a", 30), Offer("b", 20)) == ({"a": 30, "b": 20}, 50)


def test_of_a_group_the_highest_counts():
    assert chosen(Offer("a", 30, ("one",)), Offer("b", 40, ("one",)), Offer("c", 5)) == (
        {"b": 40, "c": 5},
        45,
    )


def test_what_excludes_others_is_left_where_two_are_more():
    offers = Offer("a", 50, ("one", "either")), Offer("b", 30, ("one",)), Offer("c", 30, ("either",))
    assert chosen(*offers) == ({"b": 30, "c": 30}, 60)


def test_a_total_is_cut_at_its_limit():
    assert chosen(Offer("a", 70, ("pot",)), Offer("b", 60, ("pot",))) == ({"a": 70, "b": 30}, 100)


def test_what_brings_nothing_more_is_not_applied_for():
    assert chosen(Offer("a", 100, ("pot",)), Offer("b", 60, ("pot",))) == ({"a": 100}, 100)


def test_it_says_why_an_offer_is_left_out():
    (left,) = best_combination([Offer("a", 30, ("one",)), Offer("b", 40, ("one",))], GROUPS).left
    assert (left.policy, left.group, left.instead) == ("a", "one", ("b",))


@pytest.mark.parametrize(
    "offers", [[Offer("a", -1)], [Offer("a", 1, ("nothing",))], [Offer(str(n), 1) for n in range(61)]]
)
def test_it_refuses_what_makes_no_sense(offers):
    with pytest.raises(ValueError):
        best_combination(offers, GROUPS)


OFFERS = st.lists(
    st.tuples(st.integers(0, 120), st.sets(st.sampled_from(sorted(GROUPS)), max_size=2)), max_size=8
).map(
    lambda rows: [Offer(f"p{index}", fen, tuple(sorted(groups))) for index, (fen, groups) in enumerate(rows)]
)


def is_allowed(offers: tuple[Offer, ...]) -> bool:
    return not any(
        set(one.groups) & set(other.groups) & {"one", "either"} for one, other in combinations(offers, 2)
    )


@given(OFFERS, st.randoms())
def test_nothing_beats_it_and_order_does_not_matter(offers, rng):
    best = max(
        worth(some, GROUPS)
        for size in range(len(offers) + 1)
        for some in combinations(offers, size)
        if is_allowed(some)
    )
    found = best_combination(offers, GROUPS)
    assert found.fen == best
    shuffled = list(offers)
    rng.shuffle(shuffled)
    assert best_combination(shuffled, GROUPS) == found


def test_forty_policies_are_combined_at_once():
    offers = [Offer(f"p{index:02}", 1000 + index, ("one",) if index % 2 else ("pot",)) for index in range(40)]
    assert best_combination(offers, GROUPS).fen == 1039 + 100
