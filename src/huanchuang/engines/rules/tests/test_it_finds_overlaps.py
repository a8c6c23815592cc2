"""Policies that reach the same subjects, with amounts and the rule that is written about it, if any."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.rules import Group, Policy, Wording
from huanchuang.engines.rules.overlap import overlaps_of

HIGH = Group("high", "highest")


def named(id_: str, *groups: Group) -> Policy:
    return Policy(id_, "1.0", Wording(id_), (), groups=groups)


A, B, C = named("a", HIGH), named("b", HIGH), named("c")


def frame(*rows: tuple[int, int, int]) -> pl.DataFrame:
    columns = [pl.Series(name, values, dtype=pl.Int8) for name, values in zip("abc", zip(*rows, strict=True), strict=True)]  # fmt: skip
    found = pl.DataFrame(columns)
    return found.with_columns(
        pl.when(pl.col(name) == 1).then(fen).alias(f"{name}/fen") for name, fen in (("a", 10), ("b", 20))
    )


def test_pairs_are_counted_with_what_is_due_and_their_rule():
    found = overlaps_of(frame((1, 1, 1), (1, 1, 0), (1, 0, -1), (0, 1, 1)), [A, B, C])
    assert [(pair.one.id, pair.other.id, pair.subjects) for pair in found] == [
        ("a", "b", 2),
        ("b", "c", 2),
        ("a", "c", 1),
    ]
    assert (found[0].one_fen, found[0].other_fen, found[0].rules) == (20, 40, (HIGH,))
    assert (found[1].one_fen, found[1].other_fen, found[1].rules) == (40, None, ())


@given(st.lists(st.tuples(*[st.sampled_from([1, 0, -1])] * 3), min_size=1, max_size=20))
def test_no_pair_is_counted_that_shares_nobody(rows):
    found = {(pair.one.id, pair.other.id): pair.subjects for pair in overlaps_of(frame(*rows), [A, B, C])}
    for one, other, left, right in (("a", "b", 0, 1), ("a", "c", 0, 2), ("b", "c", 1, 2)):
        assert found.get((one, other), 0) == sum(row[left] == row[right] == 1 for row in rows)
