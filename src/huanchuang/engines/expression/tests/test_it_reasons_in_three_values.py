"""Yes, no and unknown: the truth table of every operator, and how bounds make unknown sharper. Each is asked of a record and a table."""

from fractions import Fraction

import pytest

from .asking import WAN, YUAN, ask

Y, N, U = True, False, None
TRUTHS = (Y, N, U)


def two(a, b):
    return {"居民企业": a, "非居民企业": b}


AND = {(Y, Y): Y, (Y, N): N, (Y, U): U, (N, Y): N, (N, N): N, (N, U): N, (U, Y): U, (U, N): N, (U, U): U}
OR = {(Y, Y): Y, (Y, N): Y, (Y, U): Y, (N, Y): Y, (N, N): N, (N, U): U, (U, Y): Y, (U, N): U, (U, U): U}
EQUAL = {(Y, Y): Y, (Y, N): N, (Y, U): U, (N, Y): N, (N, N): Y, (N, U): U, (U, Y): U, (U, N): U, (U, U): U}


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_it_follows_the_tables_of_kleene(a, b):
    assert ask("居民企业 且 非居民企业", two(a, b)) is AND[a, b]
    assert ask("居民企业 或 非居民企业", two(a, b)) is OR[a, b]
    assert ask("居民企业 = 非居民企业", two(a, b)) is EQUAL[a, b]
    assert ask("居民企业 != 非居民企业", two(a, b)) is {Y: N, N: Y, U: U}[EQUAL[a, b]]


@pytest.mark.parametrize(("a", "contrary", "known"), [(Y, N, Y), (N, Y, Y), (U, U, N)])
def test_it_turns_round_what_is_known_only(a, contrary, known):
    assert ask("非 居民企业", two(a, U)) is contrary
    assert ask("居民企业 is known", two(a, U)) is known
    assert ask("居民企业 is unknown", two(a, U)) is not known
    assert ask("known(居民企业)", two(a, U)) is known


@pytest.mark.parametrize("c", TRUTHS)
@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_it_chooses_what_both_branches_share_when_the_condition_is_unknown(c, a, b):
    wanted = a if c is Y else b if c is N else a if a == b else U
    assert ask("if(重大事故, 居民企业, 非居民企业)", {"重大事故@2025": c, **two(a, b)}) is wanted


SIGNS = {
    ">=": (Y, Y, N), "<=": (N, Y, Y), ">": (Y, N, N), "<": (N, N, Y), "=": (N, Y, N), "!=": (Y, N, Y),
}  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_it_compares_numbers(sign):
    above, equal, below = SIGNS[sign]
    for value, wanted in ((5, above), (4, equal), (3, below), (None, U)):
        assert ask(f"净利润 {sign} 4元", {"净利润@2025": None if value is None else value * YUAN}) is wanted
    assert ask(f"净利润 {sign} 净资产", {"净资产@2025": 4}) is U


@pytest.mark.parametrize("sign", SIGNS)
def test_it_compares_within_bounds(sign):
    # 创新能力评分 lies between 0 and 100, known or not.
    certain = {">=": (Y, U), "<=": (U, N), ">": (Y, U), "<": (U, N), "=": (N, U), "!=": (Y, U)}[sign]
    assert ask(f"创新能力评分 {sign} -1分") is {Y: Y, N: N, U: N if sign in ("<=", "<") else U}[certain[0]]
    assert ask(f"创新能力评分 {sign} 50分") is U


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("创新能力评分 <= 100分", Y), ("创新能力评分 > 100分", N), ("创新能力评分 >= 0分", Y), ("创新能力评分 < 0分", N),
        ("创新能力评分 >= 100分", U), ("职工总数 >= 0人", Y), ("职工总数 < 0人", N), ("职工总数 <= 10000人", U),
        ("净利润 >= 0", U), ("创新能力评分 = 101分", N), ("创新能力评分 != -1分", Y),
    ],
)  # fmt: skip
def test_it_knows_what_can_never_be(text, wanted):
    assert ask(text) is wanted


SCORE = "score(科技人员数 / 职工总数, 30%: 20分, 10%: 4分, else: 0分) + 创新能力评分 >= 60分"


@pytest.mark.parametrize(
    ("score", "staff", "wanted"),
    [(60, None, Y), (39, None, N), (40, None, U), (59, None, U), (40, 3, Y), (40, 2, N), (56, 1, Y), (None, 3, U), (None, None, U)],
)  # fmt: skip
def test_it_says_yes_when_a_score_is_reached_without_its_missing_part_and_no_when_it_is_out_of_reach(
    score, staff, wanted
):
    facts = {"创新能力评分": None if score is None else Fraction(score)}
    if staff is not None:
        facts |= {"科技人员数@2025": staff, "职工总数@2025": 10}
    assert ask(SCORE, facts) is wanted


@pytest.mark.parametrize(
    ("known", "wanted"),
    [((300, 300, 300), Y), ((900, None, None), Y), ((899, None, None), U), ((899, 0, 0), N)],
)
def test_it_counts_on_what_is_there_already(known, wanted):
    facts = {
        f"研发费用@{2025 - back}": None if value is None else value * WAN for back, value in enumerate(known)
    }
    assert ask("sum(研发费用, 近3年) >= 900万元", facts) is wanted


@pytest.mark.parametrize(
    ("rd", "sales", "wanted"),
    [
        ((5, None), (100, 0), Y), ((4, None), (100, 0), U), ((4, 0), (100, None), N), ((5, 0), (100, None), U),
        ((None, None), (100, 100), U), ((5, 5), (None, None), U), ((5, 5), (0, 0), U),
    ],
)  # fmt: skip
def test_it_compares_quotients_whose_parts_can_only_grow(rd, sales, wanted):
    facts = {f"研发费用@{2025 - back}": value and value * WAN for back, value in enumerate(rd)}
    facts |= {f"销售收入@{2025 - back}": value and value * WAN for back, value in enumerate(sales)}
    facts = {name: 0 if value == 0 else value for name, value in facts.items()}
    assert ask("sum(研发费用, 近2年) / sum(销售收入, 近2年) >= 5%", facts) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("min(净利润, 100元)", (None, 10000)), ("max(净利润, 100元)", (10000, None)), ("cap(研发费用, 100元)", (0, 10000)),
        ("研发费用 * 10%", (0, None)), ("研发费用 * -10%", (None, 0)), ("-研发费用", (None, 0)), ("100分 - 创新能力评分", (0, 100)),
        ("研发费用 - 销售收入", (None, None)), ("载体使用率 * 创新能力评分", (0, 100)), ("创新能力评分 / 载体使用率", (None, None)),
        ("band(创新能力评分, 60分: 1, 80分: 2, else: 3)", (1, 3)), ("if(居民企业, 1, 5)", (1, 5)),
        ("round(创新能力评分 / 3, 1分)", (0, 33)), ("净利润 * 增长率", (None, None)), ("count(净利润 > 0, 近3年)", (0, 3)),
        ("average(创新能力评分 + 净利润 * 0分 / 1元, 近2年)", (None, None)), ("count(专利)", (0, None)), ("sum(专利.年费)", (0, None)),
    ],
)  # fmt: skip
def test_it_keeps_what_is_certain_about_an_unknown_number(text, wanted):
    assert ask(text) == wanted


def test_it_knows_a_result_that_rests_on_nothing_unknown():
    assert ask("min(净利润, 100元) + max(净利润, 100元)", {"净利润@2025": 5}) == 10005
    assert ask("if(居民企业, 1, 1)") == 1
    assert ask("band(创新能力评分, 60分: 2, else: 2)") == 2
    assert ask("min(创新能力评分, 0分)") == 0
    assert ask("known(min(创新能力评分, 0分))") is Y


@pytest.mark.parametrize("divisor", [0, None])
def test_it_does_not_divide_by_zero_or_by_what_may_be_zero(divisor):
    facts = {"研发费用@2025": 5, "销售收入@2025": divisor, "净资产@2025": divisor, "净利润@2025": 5}
    assert ask("研发费用 / 销售收入", facts) == (None, None)
    assert ask("净利润 / 净资产 >= -100%", facts) is U


def test_it_divides_by_a_negative_number():
    assert ask("净利润 / 净资产", {"净利润@2025": 5, "净资产@2025": -10}) == Fraction(-1, 2)
    assert ask("净利润 / 净资产 >= -50%", {"净利润@2025": 5, "净资产@2025": -10}) is Y


@pytest.mark.parametrize(
    ("code", "inside"), [("2641", Y), ("C2641", Y), ("26", Y), ("27", N), ("9999", U), (None, U), ("", U)]
)
def test_it_looks_a_code_up_in_its_tree(code, inside):
    assert ask("行业代码 属于 26", {"行业代码": code}) is inside
    assert ask("行业代码 不属于 (26, 2710)", {"行业代码": code}) is {Y: N, N: Y, U: U}[inside]


@pytest.mark.parametrize(("size", "found"), [("小型", Y), ("大型", N), (None, U), ("", U)])
def test_it_looks_a_text_up_in_a_list(size, found):
    assert ask('企业规模 属于 ("小型", "微型")', {"企业规模@2025": size}) is found
    assert ask('企业规模 = "小型"', {"企业规模@2025": size}) is found
    assert ask('if(居民企业, "小型", "小型") = 企业规模', {"企业规模@2025": size}) is found


@pytest.mark.parametrize(
    ("rows", "wanted", "total"),
    [
        ([], 0, 0), ([{"类别": "I", "年费": 5}], 1, 5), ([{"类别": "II", "年费": 5}], 0, 0), ([{"年费": 5}], (0, 1), (0, 5)),
        ([{"类别": "I"}], 1, (0, None)), ([{"类别": "I", "年费": 5}, {"年费": 2}, {"类别": "II"}], (1, 2), (5, 7)), (None, (0, None), (0, None)),
    ],
)  # fmt: skip
def test_it_counts_related_records_that_count_for_certain_and_those_that_may(rows, wanted, total):
    assert ask('count(专利, 类别 = "I")', {}, rows) == wanted
    assert ask('sum(专利.年费, 类别 = "I")', {}, rows) == total
