"""Puts constants together and says what a value can be at all, before any fact is known.

`settle` is called for each node when it is made, by the checker and by `bind`, so that every node carries its bounds.
The bounds decide which rule for unknown factors holds; all executions read them here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import rounded
from huanchuang.engines.expression.operations import FREE, Bounds, Node

Edge = Fraction | None


def settle(node: Node) -> Node:
    """The node with its bounds; a constant where all its parts are."""
    if isinstance(node, ops.Constant):
        return replace(node, bounds=_of_constant(node))
    constant = _folded(node)
    if constant is not None:
        return constant
    rule = _RULES.get(type(node))
    return replace(node, bounds=rule(node)) if rule and node.type.kind == "number" else node


def _of_constant(node: ops.Constant) -> Bounds:
    if node.value is None or isinstance(node.value, bool | str):
        return FREE
    return Bounds(Fraction(node.value), Fraction(node.value))


def _folded(node: Node) -> ops.Constant | None:
    """Arithmetic on numbers that are written out."""
    values = [_number(part) for part in node.parts]
    if not values or any(value is None for value in values) or node.type.kind != "number":
        return None
    numbers = [value for value in values if value is not None]
    value = _calculated(node, numbers)
    if value is None:
        return None
    scaled = any(isinstance(part, ops.Constant) and part.is_scaled for part in node.parts)
    bounds = Bounds(value, value)
    return ops.Constant(type=node.type, place=node.place, value=value, is_scaled=scaled, bounds=bounds)


def _calculated(node: Node, numbers: Sequence[Fraction]) -> Edge:
    match node:
        case ops.Negate():
            return -numbers[0]
        case ops.Add():
            return numbers[0] + numbers[1]
        case ops.Subtract() if node.parts[0].type.kind == "number":
            return numbers[0] - numbers[1]
        case ops.Multiply():
            return numbers[0] * numbers[1]
        case ops.Divide() if numbers[1]:
            return numbers[0] / numbers[1]
    return None


def _number(node: Node) -> Edge:
    if not isinstance(node, ops.Constant) or node.parameter is not None or node.type.kind != "number":
        return None
    return None if node.value is None or isinstance(node.value, bool | str) else Fraction(node.value)


def _plus(one: Edge, other: Edge) -> Edge:
    return None if one is None or other is None else one + other


def _minus(edge: Edge) -> Edge:
    return None if edge is None else -edge


def _lowest(edges: Sequence[Edge]) -> Edge:
    known = [edge for edge in edges if edge is not None]
    return min(known) if len(known) == len(edges) else None


def _highest(edges: Sequence[Edge]) -> Edge:
    known = [edge for edge in edges if edge is not None]
    return max(known) if len(known) == len(edges) else None


def _hull(nodes: Sequence[Node]) -> Bounds:
    return Bounds(
        _lowest([node.bounds.least for node in nodes]), _highest([node.bounds.most for node in nodes])
    )


def _negate(node: Node) -> Bounds:
    inside = node.parts[0].bounds
    return Bounds(_minus(inside.most), _minus(inside.least))


def _add(node: Node) -> Bounds:
    one, other = node.parts[0].bounds, node.parts[1].bounds
    return Bounds(_plus(one.least, other.least), _plus(one.most, other.most))


def _subtract(node: Node) -> Bounds:
    one, other = node.parts[0].bounds, node.parts[1].bounds
    return Bounds(_plus(one.least, _minus(other.most)), _plus(one.most, _minus(other.least)))


def _multiply(node: Node) -> Bounds:
    one, other = node.parts[0].bounds, node.parts[1].bounds
    if one.is_positive and other.is_positive:
        most = None if one.most is None or other.most is None else one.most * other.most
        return Bounds((one.least or Fraction(0)) * (other.least or Fraction(0)), most)
    corners = [
        None if left is None or right is None else left * right
        for left in (one.least, one.most)
        for right in (other.least, other.most)
    ]
    return Bounds(_lowest(corners), _highest(corners)) if None not in corners else FREE


def _divide(node: Node) -> Bounds:
    one, other = node.parts[0].bounds, node.parts[1].bounds
    if not (one.is_positive and other.is_positive):
        return FREE
    least = one.least / other.most if one.least is not None and other.most else Fraction(0)
    most = one.most / other.least if one.most is not None and other.least else None
    return Bounds(least, most)


def _least(node: Node) -> Bounds:
    mosts = [part.bounds.most for part in node.parts if part.bounds.most is not None]
    return Bounds(_lowest([part.bounds.least for part in node.parts]), min(mosts, default=None))


def _greatest(node: Node) -> Bounds:
    leasts = [part.bounds.least for part in node.parts if part.bounds.least is not None]
    return Bounds(max(leasts, default=None), _highest([part.bounds.most for part in node.parts]))


def _round(node: ops.Round) -> Bounds:
    inside = node.parts[0].bounds
    return Bounds(
        None if inside.least is None else Fraction(rounded(inside.least, node.step, node.way)),
        None if inside.most is None else Fraction(rounded(inside.most, node.step, node.way)),
    )


def _table(node: ops.Table) -> Bounds:
    return _hull(node.parts[1 + node.size :])


def _over(node: ops.Over) -> Bounds:
    values = node.parts[1:]
    if node.fold == "count":
        return Bounds(Fraction(0), Fraction(len(values)))
    if node.fold == "average":
        return _hull(values)
    least, most = Fraction(0), Fraction(0)
    lows, highs = [value.bounds.least for value in values], [value.bounds.most for value in values]
    for low in lows:
        least += min(low or Fraction(0), Fraction(0))
    for high in highs:
        most += max(high or Fraction(0), Fraction(0))
    return Bounds(None if None in lows else least, None if None in highs else most)


def _yearly(node: ops.Yearly) -> Bounds:
    inside = node.parts[0].bounds
    if node.fold == "count":
        return Bounds(Fraction(0), Fraction(node.count))
    if node.fold == "average":
        return inside
    least = None if inside.least is None else node.count * min(inside.least, Fraction(0))
    return Bounds(least, None if inside.most is None else node.count * max(inside.most, Fraction(0)))


def _fact(node: ops.FactAt | ops.Asked) -> Bounds:
    return Bounds(node.fact.least, node.fact.most)


def _sum_rows(node: ops.SumRows) -> Bounds:
    return Bounds(Fraction(0)) if node.value.bounds.is_positive else FREE


_RULES: dict[type[Node], Callable[[Any], Bounds]] = {
    ops.FactAt: _fact,
    ops.Asked: _fact,
    ops.Negate: _negate,
    ops.Add: _add,
    ops.Subtract: _subtract,
    ops.Multiply: _multiply,
    ops.Divide: _divide,
    ops.Least: _least,
    ops.Greatest: _greatest,
    ops.Round: _round,
    ops.Choose: lambda node: _hull(node.parts[1:]),
    ops.Table: _table,
    ops.Over: _over,
    ops.Yearly: _yearly,
    ops.CountRows: lambda node: Bounds(Fraction(0)),
    ops.SumRows: _sum_rows,
    ops.Term: lambda node: node.parts[0].bounds,
}
