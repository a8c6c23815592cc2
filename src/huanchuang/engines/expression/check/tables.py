"""Bands and scoring tables: keys in order, a result for each, and one for all the rest."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.check.scope import is_constant, place_of
from huanchuang.engines.expression.check.units import meet, meet_all
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.simplify import settle

if TYPE_CHECKING:
    from huanchuang.engines.expression.check.checker import Checker


def table(checker: Checker, node: syntax.Call) -> Node:
    """band(x, 5000万: 5%, 2亿: 4%, else: 3%): up to and including; score(x, 6%: 50, 5%: 40, else: 0): from that on."""
    _check_shape(checker, node)
    value = checker.check(node.arguments[0].value)
    checker.scope.want_number(value)
    is_upper = node.function == "band"
    given = [_key(checker, argument) for argument in node.arguments[1:-1]]
    for key in given:
        value, _ = meet(checker.scope, value, key, key.place)
    keys = tuple(meet(checker.scope, value, key, key.place)[1] for key in given)
    _check_order(checker, node, keys, is_upper)
    results = tuple(checker.check(argument.value) for argument in node.arguments[1:])
    for result in results:
        checker.scope.want_number(result)
    results = meet_all(checker.scope, results, place_of(results))
    parts = (value, *keys, *results)
    return settle(ops.Table(type=results[0].type, parts=parts, place=node.place, is_upper=is_upper))


def _check_shape(checker: Checker, node: syntax.Call) -> None:
    first, last = node.arguments[0], node.arguments[-1]
    if first.key is not None or first.is_else:
        raise checker.scope.refuse("table-value", first.place, word=node.name)
    if not last.is_else:
        raise checker.scope.refuse("table-else", last.place, word=node.name)
    if len(node.arguments) < 3:
        raise checker.scope.refuse("table-empty", node.place, word=node.name)
    for argument in node.arguments[1:-1]:
        if argument.is_else:
            raise checker.scope.refuse("table-else-last", argument.place)
        if argument.key is None:
            raise checker.scope.refuse("table-key", argument.place, word=node.name)


def _key(checker: Checker, argument: syntax.Argument) -> Node:
    if argument.key is None:
        raise checker.scope.refuse("table-key", argument.place, word="")
    key = checker.check(argument.key)
    checker.scope.want_number(key)
    if not is_constant(key):
        raise checker.scope.refuse("table-key-constant", key.place)
    return key


def _check_order(checker: Checker, node: syntax.Call, keys: tuple[Node, ...], is_upper: bool) -> None:
    for first, second in pairwise(keys):
        one, other = written(first), written(second)
        if one is None or other is None:
            continue
        if one == other:
            raise checker.scope.refuse("table-key-twice", second.place)
        if (one < other) != is_upper:
            message = "band-order" if is_upper else "score-order"
            raise checker.scope.refuse(message, second.place, word=node.name)


def written(node: Node) -> Fraction | None:
    """The value of a key that is written out; None for a parameter."""
    if not isinstance(node, ops.Constant) or node.value is None or isinstance(node.value, bool | str):
        return None
    return Fraction(node.value)
