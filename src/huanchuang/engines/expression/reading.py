"""A text in, a checked expression out: parse, check types and units, and see that no result can grow too large."""

from __future__ import annotations

from datetime import date
from typing import Literal

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import day_table
from huanchuang.engines.expression.bind import bind_largest
from huanchuang.engines.expression.check import Checker
from huanchuang.engines.expression.check.scope import Scope, type_names
from huanchuang.engines.expression.columns.execution import ColumnExecution
from huanchuang.engines.expression.columns.facts import FactColumns
from huanchuang.engines.expression.columns.shelf import Shelf, TooInvolved
from huanchuang.engines.expression.columns.values import outputs_of
from huanchuang.engines.expression.columns.whole import TooLarge
from huanchuang.engines.expression.expression import Expression
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.parser import parse
from huanchuang.engines.expression.port import run
from huanchuang.engines.expression.problems import Source
from huanchuang.engines.expression.situation import Situation
from huanchuang.engines.expression.types import MONEY
from huanchuang.engines.expression.vocabulary import Vocabulary

Wanted = Literal["any", "condition", "number", "money"]
MOST_STEPS = 2_000
"""Ten times what the longest conditions of the shipped policies take; more would keep whoever asks waiting."""
_ANY_DAY = Situation(date(2000, 6, 30))


def read(text: str, vocabulary: Vocabulary, wanted: Wanted = "any") -> Expression:
    """The checked expression of a text; ProblemError with place, mistake and advice otherwise."""
    source = Source(text)
    shape = parse(source, vocabulary.names.keys())
    node = Checker(Scope(vocabulary, source)).check(shape)
    zh, en = type_names(node.type)
    fits = {
        "any": True,
        "condition": node.type.kind == "yes-no",
        "number": node.type.is_number,
        "money": node.type.is_number and node.type.unit == MONEY,
    }
    if not fits[wanted]:
        raise source.refuse(f"wanted-{wanted}", node.place, found=zh, found_en=en)
    found = _steps(node, {})
    if found > MOST_STEPS:
        raise source.refuse("too-many-steps", node.place, found=found, most=MOST_STEPS)
    try:
        trial = run(
            bind_largest(node, _ANY_DAY, source), ColumnExecution(FactColumns(), day_table(None), Shelf())
        )
        outputs_of("", trial)
    except TooLarge:
        raise source.refuse("too-large", node.place) from None
    except TooInvolved:
        raise source.refuse("too-involved", node.place) from None
    return Expression(text, node)


def _steps(node: Node, known: dict[int, int]) -> int:
    """How many operations a node unfolds into: periods one by one, formulas with names at each mention."""
    if id(node) in known:
        return known[id(node)]
    inside = [*node.parts]
    if isinstance(node, ops.CountRows | ops.SumRows) and node.condition is not None:
        inside.append(node.condition)
    if isinstance(node, ops.SumRows):
        inside.append(node.value)
    times = node.count if isinstance(node, ops.Yearly) else 1
    known[id(node)] = found = 1 + times * sum(_steps(part, known) for part in inside)
    return found
