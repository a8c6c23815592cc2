"""Confirmed proposals become files that the loader takes as they are, with cases on each threshold."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.reader import Paper
from huanchuang.packs.documents import load_grammar
from huanchuang.packs.drafting import load_words
from huanchuang.packs.library import library, open_library
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import propose
from huanchuang.packs.policies.proposal.boundaries import examples
from huanchuang.packs.policies.proposal.draft import files_of
from huanchuang.packs.policies.tests.labels import PAPERS, papers
from huanchuang.packs.policies.tests.test_a_paper_becomes_a_proposal import PIECES

DAY = date(2026, 3, 1)
ID = "test.paper"


def read_paper(text):
    return propose(Paper(text), load_grammar(), load_words(), library())


def problems_of(files):
    """What the loader says of the files, their cases run."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "policies" / ID
        pack.mkdir(parents=True)
        for name, text in files.items():
            (pack / name).write_text(text, encoding="utf-8")
        return [one.text() for one in open_library([Path(folder)], base=library()).check()]


@pytest.mark.parametrize("name", [name for name, _, _ in papers()])
def test_the_draft_of_each_labelled_paper_passes_the_check_and_its_cases(name):
    files = files_of(ID, read_paper((PAPERS / name).read_text(encoding="utf-8")).items, criteria(), DAY)
    assert problems_of(files) == []


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=80).map("".join)))
def test_the_draft_of_any_text_passes_the_check(text):
    assert problems_of(files_of(ID, read_paper(text).items, criteria(), DAY)) == []


@pytest.mark.parametrize(
    ("when", "held", "missed"),
    [
        ("职工总数 >= 20人", {("职工总数", "2025"): "20人"}, {("职工总数", "2025"): "19人"}),
        ("研发费用 > 100万元", {("研发费用", "2025"): "100.000001万元"}, {("研发费用", "2025"): "100万元"}),
        ("注册日期 + 3年 <= 基准日", {("注册日期", ""): "2023-03-01"}, {("注册日期", ""): "2023-03-02"}),
        ("注册日期 + 3年 > 基准日", {("注册日期", ""): "2023-03-02"}, {("注册日期", ""): "2023-03-01"}),
        ("非 严重失信", {("严重失信", ""): "否"}, {("严重失信", ""): "是"}),
        ("科技人员数 / 职工总数 >= 10%", {("科技人员数", "2025"): "100人", ("职工总数", "2025"): "1000人"}, {("科技人员数", "2025"): "99人", ("职工总数", "2025"): "1000人"}),
    ],
)  # fmt: skip
def test_a_threshold_has_a_case_on_it_and_one_the_smallest_step_beside(when, held, missed):
    found = examples(when, criteria(), DAY)
    assert [(dict(one.facts), one.holds) for one in found] == [(held, True), (missed, False)]


def test_two_conditions_in_one_each_have_a_case_that_fails_for_them_alone():
    found = examples("销售收入 >= 1000万元 且 职工总数 <= 500人", criteria(), DAY)
    assert [one.holds for one in found] == [True, False, False]


def test_what_has_no_threshold_has_no_case():
    assert examples("研发费用 >= 研发费用@前年", criteria(), DAY) == ()
    assert examples("没有这个指标 > 3", criteria(), DAY) == ()


def test_an_amount_without_a_standard_stays_unknown_up_to_its_cap():
    text = "示例办法\n\n第三条 给予最高50万元补助。\n"
    assert "cap(核定支持金额, 50万元)" in files_of(ID, read_paper(text).items, criteria(), DAY)["policy.yaml"]


def test_a_paper_without_conditions_asks_a_person():
    files = files_of(ID, read_paper("示例通知\n\n请各单位知悉。\n").items, criteria(), DAY)
    assert "by: human" in files["policy.yaml"]
    assert problems_of(files) == []
