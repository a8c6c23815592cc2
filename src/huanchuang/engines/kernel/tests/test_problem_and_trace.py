"""Problems tell where, what and what to do; traces survive storage."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, Trace

PROBLEM = Problem(
    "第3行",
    "金额是负数",
    "请填写大于0的金额",
    "x.negative",
    ProblemText("Row 3", "the amount is negative", "Give an amount above 0"),
)


def test_it_says_where_what_and_what_to_do():
    assert PROBLEM.text() == "第3行：金额是负数。请填写大于0的金额"
    assert PROBLEM.text("en") == "Row 3: the amount is negative. Give an amount above 0"


def test_it_falls_back_to_chinese_where_no_english_is_known():
    assert Problem("甲", "乙", "丙").text("en") == "甲：乙。丙"


def test_it_puts_a_place_before_the_place():
    assert PROBLEM.at("表一", "Sheet 1").text() == "表一，第3行：金额是负数。请填写大于0的金额"
    assert PROBLEM.at("表一", "Sheet 1").text("en").startswith("Sheet 1, Row 3: ")


@pytest.mark.parametrize("error", [ProblemError(PROBLEM, PROBLEM), ProblemError([PROBLEM, PROBLEM])])
def test_an_error_carries_several_problems_in_chinese(error):
    assert error.problems == (PROBLEM, PROBLEM)
    assert str(error) == f"{PROBLEM.text()}\n{PROBLEM.text()}"


def test_an_error_survives_a_trip_to_another_process():
    assert pickle.loads(pickle.dumps(ProblemError(PROBLEM))).problems == (PROBLEM,)  # noqa: S301 our own bytes


TRACES = st.recursive(
    st.builds(Trace, st.text(max_size=8), st.none() | st.text(max_size=8), st.text(max_size=8)),
    lambda inner: st.builds(
        Trace, st.text(max_size=8), st.none(), st.just(""), st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(TRACES)
def test_a_trace_comes_back_from_storage(trace):
    assert Trace.from_data(trace.as_data()) == trace


def test_a_trace_reads_as_indented_lines():
    trace = Trace.of(
        "研发强度", "5.2%", "第十一条", Trace.of("研发费用", None), Trace.of("销售收入", 100, "年报")
    )
    assert trace.lines() == ("研发强度：5.2%（第十一条）", "  研发费用：未知", "  销售收入：100（年报）")
