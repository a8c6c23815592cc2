"""Contradictions in and between policies: what is certain, and what a person has to look at; nothing is claimed that need not hold."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.expression import read
from huanchuang.engines.expression.tests.sample import VOCABULARY
from huanchuang.engines.rules import Amount, Group, Policy, Wording, decide
from huanchuang.engines.rules.asks import Range
from huanchuang.engines.rules.clash import CERTAIN, KINDS, clashes
from huanchuang.engines.rules.tests.sample import AS_OF, record, requirement

EITHER, HIGH = Group("either", "exclusive"), Group("high", "highest")
WAN = 1_000_000


def named(id_: str, *conditions: str, groups=(), amount="") -> Policy:
    asked = tuple(requirement(f"r{at}", when) for at, when in enumerate(conditions))
    found = Amount(read(amount, VOCABULARY, "money"), Wording("补助", "grant")) if amount else None
    return Policy(id_, "1.0", Wording(f"政策{id_}", f"policy {id_}"), asked, amount=found, groups=groups)


def kinds(*policies: Policy, documents=None) -> list[str]:
    return [clash.kind for clash in clashes(policies, AS_OF, documents)]


@pytest.mark.parametrize(
    "conditions",
    [
        ("职工总数 >= 100人", "职工总数 < 100人"),
        ("职工总数 >= 100人 且 职工总数 <= 99人",),
        ("居民企业", "非 居民企业"),
        ("研发费用 / 销售收入 >= 5%", "研发费用 / 销售收入 < 5%"),
        ("注册日期 + 3年 > 基准日", "注册日期 + 36个月 <= 基准日"),
        ("职工总数 < 0人",),
    ],
)
def test_what_nobody_can_meet_is_certain(conditions):
    (clash,) = clashes([named("a", *conditions)], AS_OF)
    assert clash.kind == "impossible"
    assert clash.is_certain
    assert "没有人能" in clash.sentence.zh
    assert "Nobody can" in clash.sentence.en


@pytest.mark.parametrize(
    "conditions",
    [
        ("职工总数 >= 100人", "职工总数 <= 100人"),
        ("职工总数 >= 100人 或 居民企业", "职工总数 < 100人"),
        ("研发费用 >= 100万元", "研发费用@前年 < 100万元"),
        ("注册日期 + 3年 > 基准日", "注册日期 + 1年 <= 基准日"),
        ("非 (职工总数 >= 100人)", "职工总数 >= 100人"),
    ],
)
def test_what_can_be_met_or_cannot_be_told_is_not_claimed(conditions):
    assert kinds(named("a", *conditions)) == []


def test_policies_that_belong_together_are_compared_and_others_are_not():
    low, high = named("a", "研发费用 >= 100万元"), named("b", "研发费用 >= 200万元")
    assert kinds(low, high) == []
    assert kinds(low, high, documents={"a": {"12号"}, "b": {"12号", "7号"}}) == ["threshold"]
    assert kinds(low, high, documents={"a": {"12号"}, "b": {"7号"}}) == []


def test_the_same_threshold_is_no_matter():
    papers = {"a": {"1"}, "b": {"1"}}
    assert (
        kinds(named("a", "研发费用 >= 100万元"), named("b", "研发费用 >= 1000000元"), documents=papers) == []
    )


def test_what_one_asks_for_and_the_other_excludes_is_shown_with_both_clauses():
    pair = named("a", "居民企业", groups=(HIGH,)), named("b", "非 居民企业", groups=(HIGH,))
    (clash,) = clashes(pair, AS_OF)
    assert (clash.kind, clash.is_certain) == ("excluded", False)
    assert clash.other is not None
    assert (clash.one.text(), clash.other.text("en"), clash.one.clause) == (
        "要求r0",
        "requirement r0",
        "第一条",
    )
    assert clash.sentence.zh == "“政策a”要求“居民企业”，“政策b”把它排除在外"


def test_members_of_a_group_that_nobody_can_have_together_are_looked_at():
    pair = named("a", "职工总数 < 20人", groups=(EITHER,)), named("b", "职工总数 >= 50人", groups=(EITHER,))
    assert kinds(*pair) == ["apart"]


def test_a_group_that_only_one_side_knows_is_certain():
    assert kinds(named("a", "居民企业", groups=(EITHER,)), named("b", "居民企业")) == ["one-sided"]


def test_a_group_written_differently_is_certain():
    other = Group("either", "highest")
    assert kinds(named("a", groups=(EITHER,)), named("b", groups=(other,))) == ["two-rules"]


def test_a_limit_inside_of_a_lower_one_never_counts():
    inner, outer = Group("inner", "total", 200), Group("outer", "total", 100)
    both = named("a", groups=(inner, outer)), named("b", groups=(outer,))
    (clash,) = clashes(both, AS_OF)
    assert (clash.kind, clash.one.group, clash.other.group) == ("void-limit", inner, outer)
    lower = Group("inner", "total", 50)
    assert kinds(named("a", groups=(lower, outer)), named("b", groups=(outer,))) == []


def test_an_amount_beyond_the_limit_of_its_group_is_told():
    pot = Group("pot", "total", 10 * WAN)
    others = named("b", groups=(pot,))
    assert kinds(named("a", amount="20万元", groups=(pot,)), others) == ["never-full"]
    assert kinds(named("a", amount="cap(研发费用 * 10%, 20万元)", groups=(pot,)), others) == ["above-limit"]
    assert kinds(named("a", amount="cap(研发费用 * 10%, 10万元)", groups=(pot,)), others) == []


def test_policies_not_in_force_are_not_asked():
    past = Policy("a", "1", Wording("a"), (requirement("x", "职工总数 < 0人"),), valid_to=date(2020, 1, 1))
    assert kinds(past) == []


def test_the_certain_ones_come_first_and_every_kind_has_its_place():
    assert set(KINDS) >= CERTAIN
    assert [kind in CERTAIN for kind in KINDS] == sorted((kind in CERTAIN for kind in KINDS), reverse=True)


EDGES = st.tuples(st.sampled_from([">=", ">", "<=", "<", "="]), st.integers(0, 6))


@given(st.lists(EDGES, min_size=1, max_size=4))
def test_it_says_impossible_exactly_when_no_number_meets_all(edges):
    conditions = [f"职工总数 {sign} {number}人" for sign, number in edges]
    policy = named("a", *conditions)
    met = [staff for staff in range(8) if decide(policy, record(职工总数_2025=staff), AS_OF).result == "yes"]
    found = "impossible" in kinds(policy)
    if found:
        assert met == []
    between = (
        any(  # a number between two whole ones is no number of staff, but none that the reasoning knows of
            all(_holds(sign, Fraction(half, 2), number) for sign, number in edges) for half in range(16)
        )
    )
    assert found == (not met and not between)


def _holds(sign: str, value: Fraction, edge: int) -> bool:
    return {">=": value >= edge, ">": value > edge, "<=": value <= edge, "<": value < edge, "=": value == edge}[sign]  # fmt: skip


EDGE = st.one_of(st.just((None, False)), st.tuples(st.integers(0, 5).map(Fraction), st.booleans()))
RANGES = st.builds(lambda low, high: Range(low[0], high[0], low[1], high[1]), EDGE, EDGE)


@given(RANGES, RANGES, st.integers(-1, 12))
def test_what_lies_in_both_lies_in_each(one, other, halves):
    value = Fraction(halves, 2)
    assert one.both(other).holds(value) == (one.holds(value) and other.holds(value))
    assert one.both(other) == other.both(one)
