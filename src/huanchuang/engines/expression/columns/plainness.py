"""When bounds can matter: `is_sharp` tells whether an answer stays the same if unknown numbers have none.

If so, nothing more can be found out about a row than what the plain expression finds, which is the faster one.
"""

from __future__ import annotations

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.columns.facts import FactColumns
from huanchuang.engines.expression.operations import Node

_CARRY = (
    ops.Negate, ops.Add, ops.Subtract, ops.Multiply, ops.Divide, ops.Round, ops.Compare, ops.Same, ops.Among,
    ops.And, ops.Or, ops.Not, ops.IsKnown, ops.Shift, ops.Age, ops.Workdays,
    ops.Term,
)  # fmt: skip
"""Operations that make nothing of their own of an unknown number."""


def is_sharp(node: Node, facts: FactColumns) -> bool:
    """Whether the plain expression finds all that can be known."""
    match node:
        case ops.Constant():
            return True
        case ops.FactAt():
            return not facts.bounds(node.fact, node.period)
        case ops.Over(fold="average") if (
            not isinstance(node.parts[0], ops.Constant) and node.bounds != ops.FREE
        ):
            return False  # of no year at all it is unknown within its bounds
        case ops.Over(fold=fold):
            return fold != "count" and all(is_sharp(part, facts) for part in node.parts)
    return isinstance(node, _CARRY) and all(is_sharp(part, facts) for part in node.parts)


def can_be_plain(node: Node, facts: FactColumns) -> bool:
    """Whether the plain expression is right where it answers: it must not ask whether something is known that bounds could tell."""
    if isinstance(node, ops.IsKnown):
        return is_sharp(node, facts)
    inner = [node.condition] if isinstance(node, ops.CountRows | ops.SumRows) else []
    return all(can_be_plain(part, facts) for part in (*node.parts, *inner) if part is not None)
