"""Two versions of a policy: who gains, loses, becomes unknown, by how much, and by which requirement."""

from datetime import date
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.rules.policy import DatedParameter, with_rules_of
from huanchuang.engines.rules.tests.sample import _RATE, policy, requirement
from huanchuang.engines.rules.versions import MOVES, Turn, moved_by, moves_of, turns_of

ANSWERS = pl.DataFrame(
    {
        "old": pl.Series([0, 1, 0, -1, 1, 1, 1, 0, 1], dtype=pl.Int8),
        "old/fen": pl.Series([None, 5, None, None, 5, 5, None, None, 5], dtype=pl.Int64),
        "new": pl.Series([1, -1, -1, 0, 1, 1, 1, 0, 1], dtype=pl.Int8),
        "new/fen": pl.Series([7, None, None, None, 9, 2, 3, None, 5], dtype=pl.Int64),
    }
)


def test_each_subject_moves_one_way_by_an_amount():
    found = moves_of(ANSWERS, "old", "new")
    assert found["move"].to_list() == [
        "gain", "lose", "open", "shut", "more", "less", "untold", "same", "same",
    ]  # fmt: skip
    assert found["fen"].to_list() == [7, -5, 0, 0, 4, -3, None, 0, 0]


def test_groups_count_their_moves_and_sum_up():
    found = moved_by(moves_of(ANSWERS, "old", "new"), pl.Series(list("aaabbbbbb")))
    assert found["a"].counts == {"gain": 1, "lose": 1, "open": 1}
    assert (found["a"].fen, found["b"].fen, found[""].fen) == (2, 1, 3)
    assert (found["b"].untold, found[""].untold) == (1, 1)
    assert sum(found[""].counts.values()) == ANSWERS.height


def test_a_version_without_an_amount_has_nothing_due():
    found = moves_of(ANSWERS.drop("old/fen"), "old", "new")
    assert found["fen"].to_list()[4] == 9


def test_the_requirements_that_turn_are_named():
    found = turns_of((0b001, 0b010), (0b000, 0b001), ["size", "rd", "gone"], ["size", "new"])
    assert found == (
        Turn("size", False, None), Turn("new", "", True), Turn("rd", None, ""), Turn("gone", True, ""),
    )  # fmt: skip


def test_what_stays_is_no_turn():
    assert turns_of((1, 2), (1, 2), ["a", "b"], ["a", "b"]) == ()


def test_rules_of_another_day_hold_as_if_they_always_did():
    once = requirement("old", "居民企业", valid_to=date(2024, 12, 31))
    later = requirement("new", "居民企业", valid_from=date(2025, 1, 1))
    values = ((date(2024, 1, 1), Fraction(1, 10)), (date(2026, 1, 1), Fraction(1, 5)))
    one = policy(once, later, parameters=(DatedParameter(_RATE, values),), valid_to=date(2024, 12, 31))
    past = with_rules_of(one, date(2024, 6, 1))
    assert past.is_in_force(date(2030, 1, 1))
    assert [asked.id for asked in past.requirements_on(date(2030, 1, 1))] == ["old"]
    assert past.parameters_on(date(2030, 1, 1)) == {"rate": Fraction(1, 10)}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 0, -1]), st.none() | st.integers(0, 99), st.sampled_from([1, 0, -1]), st.none() | st.integers(0, 99)
        ),
        min_size=1,
    )
)  # fmt: skip
def test_every_subject_has_exactly_one_move_and_turning_back_undoes_it(rows):
    old, was, new, becomes = zip(*rows, strict=True)
    frame = pl.DataFrame({
        "old": pl.Series(old, dtype=pl.Int8), "old/fen": pl.Series(was, dtype=pl.Int64),
        "new": pl.Series(new, dtype=pl.Int8), "new/fen": pl.Series(becomes, dtype=pl.Int64),
    })  # fmt: skip
    there, back = moves_of(frame, "old", "new"), moves_of(frame, "new", "old")
    assert set(there["move"]) <= set(MOVES)
    contrary = {"gain": "lose", "open": "shut", "more": "less", "same": "same", "untold": "untold"}
    contrary |= {other: one for one, other in contrary.items()}
    for one, other, fen, undone in zip(there["move"], back["move"], there["fen"], back["fen"], strict=True):
        assert other == contrary[one]
        assert (fen is None) == (undone is None)
        assert fen is None or fen == -undone
