"""How numbers of different units meet: equal ones only, and a bare number takes the unit of the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.check.scope import Scope
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.problems import Place
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.types import FEN, Product, number

_CARRIERS = (ops.Term, ops.Negate, ops.Add, ops.Subtract, ops.Least, ops.Greatest)


def meet(scope: Scope, one: Node, other: Node, place: Place) -> tuple[Node, Node]:
    """Both numbers in one unit; ProblemError where they do not go together."""
    if one.type.unit == other.type.unit:
        return one, other
    if one.type.is_bare:
        return dress(scope, one, other, place), other
    if other.type.is_bare:
        return one, dress(scope, other, one, place)
    raise scope.units_differ(one, other, place)


def meet_all(scope: Scope, nodes: Sequence[Node], place: Place) -> tuple[Node, ...]:
    """All numbers in one unit: that of the first that has one."""
    leader = next((node for node in nodes if not node.type.is_bare), nodes[0])
    return tuple(meet(scope, node, leader, place)[0] for node in nodes)


def dress(scope: Scope, bare: Node, model: Node, place: Place) -> Node:
    """A bare number in the unit of another; money wants its unit said, by 元 or at least by 万 or 亿."""
    unit = model.type.unit or ()
    yuan = dict(unit).get("元", 0)
    if yuan and not _is_said(bare):
        if isinstance(bare, ops.Constant):
            raise scope.refuse("money-unit", bare.place, number=scope.source.part(bare.place))
        raise scope.units_differ(bare, model, place)
    return _dressed(bare, unit, Fraction(FEN) ** yuan)


def _is_said(node: Node) -> bool:
    """Whether a bare number may stand for money: it is zero or has a scale word, in each of its cases."""
    if isinstance(node, ops.Constant):
        return node.is_scaled or node.value == 0
    if isinstance(node, ops.Table):
        return all(_is_said(part) for part in node.parts[1 + node.size :])
    if isinstance(node, ops.Choose):
        return all(_is_said(part) for part in node.parts[1:])
    return isinstance(node, _CARRIERS) and all(_is_said(part) for part in node.parts)


def _dressed(node: Node, unit: Product, factor: Fraction) -> Node:
    """The same number, of the unit, `factor` times as many base units."""
    kind = number(unit)
    if factor == 1:
        return replace(node, type=kind)
    match node:
        case ops.Constant():
            value = None if node.value is None or isinstance(node.value, bool | str) else node.value * factor
            return settle(replace(node, type=kind, value=value))
        case ops.Table():
            first = 1 + node.size
            results = tuple(_dressed(part, unit, factor) for part in node.parts[first:])
            return settle(replace(node, type=kind, parts=(*node.parts[:first], *results)))
        case ops.Choose():
            chosen = tuple(_dressed(part, unit, factor) for part in node.parts[1:])
            return settle(replace(node, type=kind, parts=(node.parts[0], *chosen)))
    parts = tuple(_dressed(part, unit, factor) for part in node.parts)
    return settle(replace(node, type=kind, parts=parts))
