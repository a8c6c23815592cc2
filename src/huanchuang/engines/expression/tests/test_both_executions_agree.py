"""Random expressions on random records: a record and a table give the same, bounds included, and never fail.

Short here; `./run bench parity` runs it for as long as one likes.
"""

from collections import Counter
from random import Random  # noqa: TID251  (seeded)

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression import Record, Span, missing, read, trace, why
from huanchuang.engines.expression.columns.execution import ColumnExecution
from huanchuang.engines.expression.port import OperationMissing, missing_operations, run
from huanchuang.engines.expression.record.evaluate import RecordExecution
from huanchuang.engines.kernel import ProblemError

from .asking import bound
from .parity import differences
from .random_cases import Writer, random_record
from .sample import SITUATION, VOCABULARY

RIGHT_BUT_REFUSED = {"expression.too-large", "expression.nothing-yearly", "expression.units-differ", "expression.nested-sum", "expression.too-involved"}  # fmt: skip
"""The writer does not look at sizes and at what a sum holds; everything else it writes must be accepted."""


def written(rng, depth, knows=True):
    """A random expression bound to the day of the tests, None where the writer wrote one of the above."""
    writer = Writer(rng, knows)
    text = rng.choice((writer.condition, writer.money, writer.share, writer.condition))(depth)
    try:
        return read(text, VOCABULARY).at(SITUATION)
    except ProblemError as error:
        if {problem.code for problem in error.problems} <= RIGHT_BUT_REFUSED:
            return None
        raise


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_it_gives_the_same_for_a_record_and_a_table(rng, depth):
    asked = written(rng, depth)
    if asked is not None:
        assert differences(asked, [random_record(rng, asked) for _ in range(12)]) == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_it_can_say_why_of_anything(rng, depth):
    asked = written(rng, depth)
    if asked is None:
        return
    step = asked.evaluate(random_record(rng, asked))
    for language in ("zh", "en"):
        assert why(step, language)
        assert trace(step, language).lines()
    assert not (step.is_known and missing(step))


def test_it_compares_cases_of_every_kind():
    """The random cases are worth something: yes, no, unknown, bounded and exact numbers all come up often."""
    seen = Counter()
    rng = Random(7)
    for _ in range(150):
        asked = written(rng, 2)
        for record in [random_record(rng, asked) for _ in range(6)] if asked else []:
            value = asked.evaluate(record).value
            if isinstance(value, Span):
                seen[
                    "exact" if value.value is not None else "open" if value == (None, None) else "bounded"
                ] += 1
            else:
                seen[value] += 1
    assert min(seen[kind] for kind in (True, False, None, "exact", "open", "bounded")) > 30, seen


def test_every_operation_is_carried_out_in_both():
    assert missing_operations(RecordExecution) == ()
    assert missing_operations(ColumnExecution) == ()


def test_an_execution_that_lacks_an_operation_says_so_by_name():
    class Half(RecordExecution):
        def __getattribute__(self, name):
            if name == "add":
                raise AttributeError(name)
            return super().__getattribute__(name)

    asked = bound("净利润 + 净资产")
    with pytest.raises(OperationMissing, match="Half has no 'add'"):
        run(asked.node, Half(Record(), asked.days))
