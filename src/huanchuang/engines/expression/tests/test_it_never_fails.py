"""Whatever is written, the answer is an expression or a problem that says where, what and what to do."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression import Record, read, words
from huanchuang.engines.kernel import ProblemError

from .random_cases import Writer
from .sample import SITUATION, VOCABULARY

PIECES = [
    *words.INFIX, *words.PREFIX, *words.FUNCTIONS, *words.SIGNS, *words.MISTAKES, *words.MOMENTS, *list(VOCABULARY.names), "近3年", "last 3 years",
    "5000万", "30%", "3年", "70分", "500人", "1", "0", "2024-01-01", "2024-02-30", '"小型"', "“I”", "'", '"', "#", "\n", " ", "（", "）", "，", "：", "。", "26", "C26", "5,000", "10人以上", "1e5", "☃", "\x00", "𠀀",
]  # fmt: skip


def check(text):
    try:
        expression = read(text, VOCABULARY)
    except ProblemError as error:
        for problem in error.problems:
            assert problem.code.startswith("expression.")
            assert problem.where
            assert problem.what
            assert problem.remedy
            assert "{" in text or "{" not in problem.text() + problem.text("en")
            assert problem.text("en").startswith("line ")
    else:
        expression.at(SITUATION).evaluate(Record())


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=60))
def test_it_survives_any_text(text):
    check(text)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
def test_it_survives_any_heap_of_its_own_words(pieces, gap):
    check(gap.join(pieces))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.data())
def test_it_survives_a_right_expression_with_a_piece_gone_or_another_put_in(rng, data):
    text = Writer(rng).condition(2)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 6)))
    check(text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[end:])


def test_it_survives_depth_and_length():
    for text in ("(" * 5000, "非 " * 5000, "-" * 5000, "1+" * 4000 + "1", "if(" * 500, "净利润 > 0 且 " * 2000, "(" * 200 + "1" + ")" * 200, "9" * 9000, "min(" * 60 + "1", "x" * 10_001):  # fmt: skip
        check(text)


def test_it_takes_long_chains_of_conditions():
    expression = read(" 且 ".join(["净利润 > 0"] * 70), VOCABULARY)
    assert len(expression.node.parts) == 70
