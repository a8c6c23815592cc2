"""The figures of a policy are found where they stand, and the policy is read anew with others in their place."""

import datetime as dt

import pytest

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs import library
from huanchuang.packs.policies.figures import changed, rules_of

DAY = dt.date(2026, 6, 30)


def content(name="qingcen.rd-subsidy"):
    return library().get(name).content


def figure(name: str, text: str, policy="qingcen.rd-subsidy") -> str:
    """The key of a figure of a rule."""
    return next(
        one.key
        for rule in rules_of(content(policy), DAY)
        if rule.name == name
        for one in rule.figures
        if one.text == text
    )


def test_every_rule_with_figures_is_listed_with_its_text_whole():
    for pack in library().all("policies"):
        for rule in rules_of(pack.content, DAY):
            assert rule.figures
            assert "".join(text + (one.text if one else "") for text, one in rule.pieces()) == rule.text


def test_a_threshold_a_cap_and_a_share_can_be_changed():
    keys = {
        figure("least", "100万元"): "50万元", figure("share", "3%"): "2%", figure("研发补助上限", "200万元"): "150万元",
        figure("分档补助", "5%"): "6%",
    }  # fmt: skip
    found = changed(content(), DAY, keys)
    texts = {one.id: one.condition.text.strip() for one in found.requirements if one.condition}
    assert texts["least"] == "研发费用 >= 50万元"
    assert texts["share"] == "研发费用 / 销售收入 >= 2%"
    assert found.parameters_on(DAY)["研发补助上限"] == 150_000_000
    assert "* 6%" in found.formulas[0].expression.text
    assert (found.id, found.version, found.valid_to) == (
        "qingcen.rd-subsidy",
        "1.0",
        content().policy.valid_to,
    )
    assert content().policy.parameters_on(DAY)["研发补助上限"] == 200_000_000  # the published one stays


def test_the_same_figures_give_the_same_rules():
    found = changed(content(), DAY, {figure("least", "100万元"): " 100万元 ", figure("share", "3%"): ""})
    for one, other in zip(found.requirements, content().policy.requirements, strict=True):
        assert (one.condition and one.condition.text) == (other.condition and other.condition.text)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("50人", "单位与原来的数不同"),
        ("很多", "读不出这个数"),
        ("1万元+2万元", "读不出这个数"),
        ("研发费用", "读不出这个数"),
        ("100", "单位与原来的数不同"),
    ],
)
def test_what_is_no_number_of_the_same_kind_is_refused(new, why):
    with pytest.raises(ProblemError, match=why):
        changed(content(), DAY, {figure("least", "100万元"): new})


@pytest.mark.parametrize("new", ["150", "10人", "2%"])
def test_money_of_a_parameter_wants_its_unit(new):
    with pytest.raises(ProblemError, match="单位与原来的数不同"):
        changed(content(), DAY, {figure("研发补助上限", "200万元"): new})


def test_a_figure_that_is_not_there_is_refused():
    with pytest.raises(ProblemError, match="不在政策里"):
        changed(content(), DAY, {"requirement-99.0": "3%"})


def test_a_value_that_nobody_knows_can_be_supposed():
    unknown = [
        (pack.content, rule)
        for pack in library().all("policies")
        for rule in rules_of(pack.content, DAY)
        if rule.part == "parameter" and not rule.text
    ]
    assert unknown
    one, rule = unknown[0]
    name = rule.name
    assert one.policy.parameters_on(DAY)[name] is None
    new = {"%": "5%", "元": "5万元"}.get(rule.unit, f"5{rule.unit}")
    assert changed(one, DAY, {rule.figures[0].key: new}).parameters_on(DAY)[name] is not None
