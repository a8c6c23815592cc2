"""Knowing more never turns yes into no, no into yes, or a number out of its bounds.

It holds for every operation but `is known`, which asks about knowledge itself, and for what can be known of one
enterprise at one time: a figure for a year before the registration is no fact (the writer of these records keeps to that).
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.engines.expression import Record, Span
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.kernel.period import Period

from .random_cases import random_record
from .test_both_executions_agree import written


def consistent(record):
    """The record without what is dated before the registration."""
    registered = record.facts.get(("registered-on", ""))
    if not isinstance(registered, int):
        return record
    kept = {
        (key, code): value
        for (key, code), value in record.facts.items()
        if not code or day_number(Period.from_code(code).end) >= registered
    }
    return Record(kept, record.rows)


def poorer(rng, record):
    """The record with some of its facts and fields gone."""
    facts = {place: None if rng.random() < 0.4 else value for place, value in record.facts.items()}
    rows = record.rows["patents"]
    if rows is not None:
        rows = [{key: None if rng.random() < 0.3 else value for key, value in row.items()} for row in rows]
        if rng.random() < 0.2:
            rows = None
    return Record(facts, {"patents": rows})


def refines(less, more):
    """Whether an answer with more facts keeps to what was said with fewer."""
    if isinstance(less, Span):
        below = less.lo is None or (more.lo is not None and more.lo >= less.lo)
        above = less.hi is None or (more.hi is not None and more.hi <= less.hi)
        return below and above
    return less is None or less == more


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_it_only_becomes_more_definite(rng, depth):
    asked = written(rng, depth, knows=False)
    if asked is None:
        return
    for _ in range(8):
        full = consistent(random_record(rng, asked))
        less = poorer(rng, full)
        assert refines(asked.evaluate(less).value, asked.evaluate(full).value), (asked.text, less, full)
