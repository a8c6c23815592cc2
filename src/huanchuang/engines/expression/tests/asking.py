"""Asks one question of one enterprise, in both executions at once, so that every test of meaning is a test of parity too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from huanchuang.engines.expression import Record, Situation, Span, Step, read
from huanchuang.engines.expression.arithmetic import day_number, day_of
from huanchuang.engines.expression.expression import Bound
from huanchuang.engines.expression.tests.parity import differences
from huanchuang.engines.expression.tests.sample import SITUATION, VOCABULARY
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import Plain

YUAN, WAN, YI = 100, 100_0000, 100_0000_0000


def plain(value: object) -> Plain | None:
    """Dates as days, the rest as it is."""
    return day_number(value) if isinstance(value, date) else value


def record_of(facts: Mapping[str, object], rows: Sequence[Mapping[str, object]] | None = None) -> Record:
    """A record from facts such as {"研发费用@2025": 100 * WAN, "注册日期": date(2020, 1, 1)} and the patents in `rows`."""
    found = {}
    for name, value in facts.items():
        label, _, period = name.partition("@")
        found[VOCABULARY.fact(label).key, period] = plain(value)
    inside = VOCABULARY.inside(VOCABULARY.relations[0])
    patents = rows and [{inside.fact(name).key: plain(value) for name, value in row.items()} for row in rows]
    return Record(found, {"patents": patents})


def bound(text: str, situation: Situation = SITUATION) -> Bound:
    """A question on a day."""
    return read(text, VOCABULARY).at(situation)


def step(text: str, facts: Mapping[str, object], rows=None, situation: Situation = SITUATION) -> Step:
    """The reasoned answer; the table must give the same."""
    asked, record = bound(text, situation), record_of(facts, rows)
    assert differences(asked, [record, Record()]) == []
    return asked.evaluate(record)


def ask(text: str, facts: Mapping[str, object] | None = None, rows=None, situation: Situation = SITUATION):
    """The answer: True, False, None; a number, date or text; the (lo, hi) of a number that is not known."""
    found = step(text, facts or {}, rows, situation)
    if not isinstance(found.value, Span):
        return found.value
    if found.span.value is None:
        return tuple(found.value)
    if found.node.type == DATE:
        return day_of(int(found.span.value))
    return Fraction(found.span.value)


def on(day: date) -> Situation:
    """The situation on another day."""
    return Situation(day, SITUATION.parameters, SITUATION.calendar)
