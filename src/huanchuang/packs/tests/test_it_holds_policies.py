"""Policies: each is proven by cases, the example of the handbook runs as it stands, and a header gives its days."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from huanchuang.packs import cli, library
from huanchuang.packs.policies import criteria, policies, policy
from huanchuang.packs.policies.criteria import constant_of
from huanchuang.packs.policies.samples import record_of
from huanchuang.packs.problems import Place

HANDBOOK = Path(__file__).parents[4] / "docs" / "how-to" / "write-a-policy.md"
ALL = library().all("policies")


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.id)
def test_every_policy_cites_its_sources_and_is_proven(pack):
    assert pack.sources
    assert len(pack.cases) >= 5
    assert "## 依据" in (pack.path / "README.md").read_text(encoding="utf-8")
    assert all(one.clause for one in pack.content.policy.requirements)


def test_the_example_of_the_handbook_runs(tmp_path):
    blocks = re.findall(r"```yaml\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)
    folder = cli.new("policies", "qingcen.rd-support", tmp_path)
    for name, block in zip(("policy.yaml", "samples.yaml", "cases.yaml"), blocks, strict=True):
        (folder / name).write_text(block, encoding="utf-8")
    assert [problem.text() for problem in cli.check(tmp_path)] == []


def test_a_new_policy_runs_from_its_first_day(tmp_path):
    cli.new("policies", "test.example", tmp_path)
    assert cli.check(tmp_path) == []


def test_the_header_gives_version_and_days():
    found = policy("national.technology-sme")
    assert (found.id, found.valid_from, found.valid_to) == ("national.technology-sme", date(2017, 5, 3), None)
    assert found in policies()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("研发费用", "400万元", 400_000_000),
        ("研发费用", "12.34", 1234),
        ("研发费用", "-1", None),
        ("研发费用", "0.001", None),
        ("职工总数", "120", 120),
        ("职工总数", "1.5", None),
        ("居民企业", "是", True),
        ("居民企业", "大概", None),
        ("注册日期", "2024-02-29", 19782),
        ("注册日期", "2023-02-29", None),
        ("行业代码", "C2641", "C2641"),
    ],
)
def test_a_text_is_a_value_of_its_fact_or_none(name, text, value):
    known = criteria()
    fact = known.fact(name)
    assert fact is not None
    assert known.value(fact, text) == value


@example("10000000000.00000001")
@given(st.from_regex(r"-?[0-9]{1,16}(\.[0-9]{1,8})?", fullmatch=True))
def test_a_bare_number_means_what_it_means_in_the_language(text):
    """Also where it has more digits than the language takes: then it is no value."""
    known, said = criteria(), constant_of(text)
    for name, factor in (("研发费用", 100), ("职工总数", 1)):
        fact = known.fact(name)
        assert fact is not None
        value = None if said is None else said.value * factor
        assert known.value(fact, text) == (value if value is not None and fact.admits(value) else None)


def test_a_district_adds_a_fact_and_a_policy_on_it(tmp_path):
    words = cli.new("vocabulary", "district.facts", tmp_path)
    head = (words / "vocabulary.yaml").read_text(encoding="utf-8").partition("\n# 词表的名字")[0]
    (words / "vocabulary.yaml").write_text(
        head
        + "\nvocabulary: facts\nshape: facts\nfacts:\n"
        + "  - {code: robots, zh: 机器人台数, en: robots, period: year, value_type: count, unit: 台, field_class: owner, source: 自定}\n",
        encoding="utf-8",
    )
    (words / "cases.yaml").write_text(
        "cases:\n  - {name: 机器人论台, ask: unit, of: 机器人台数, gives: 台}\n", encoding="utf-8"
    )
    folder = cli.new("policies", "district.robots", tmp_path)
    definition = folder / "policy.yaml"
    definition.write_text(
        definition.read_text(encoding="utf-8").replace("      居民企业\n", "      机器人台数 >= 3台\n"),
        encoding="utf-8",
    )
    told = [problem.code for problem in cli.check(tmp_path)]
    assert set(told) == {"packs.case-fails"}
    assert policy("district.robots", (tmp_path,)).requirements[0].condition is not None


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("9家", {"2025H2": 9}),
        ({"2025H1": "9家", "2025年下半年": "12家"}, {"2025H1": 9, "2025H2": 12}),
        ({"2024年上半年": "未知"}, {"2024H1": None}),
    ],
)
def test_a_sample_has_half_yearly_facts(written, known):
    place = Place("samples.yaml", 1)
    found = record_of({"孵化企业数": written}, criteria(), date(2026, 3, 1), place)
    assert found.facts == {("hatched-firms", period): value for period, value in known.items()}


def test_a_half_year_is_that_of_the_day_of_the_question():
    found = record_of(
        {"孵化企业数": "9家", "职工总数": "30"}, criteria(), date(2025, 7, 1), Place("samples.yaml", 1)
    )
    assert found.facts == {("hatched-firms", "2025H1"): 9, ("staff", "2024"): 30}
