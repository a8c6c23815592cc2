"""Binds an expression to the day of a question: 近3年 becomes three years, a parameter its value, as_of its date."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.problems import Source
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.situation import Situation
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.kernel.period import Period


def bind(node: Node, situation: Situation, source: Source) -> Node:
    """The same operation for one day; ProblemError where the value of a parameter does not fit."""
    return _Binder(situation, source).bind(node, None)


def bind_largest(node: Node, situation: Situation, source: Source) -> Node:
    """The same operation with every parameter as long as it can be, to see how large results become."""
    return _Largest(situation, source).bind(node, None)


class _Binder:
    def __init__(self, situation: Situation, source: Source) -> None:
        self.situation = situation
        self.source = source

    def bind(self, node: Node, period: Period | None) -> Node:
        """`period` is the one in hand inside of a sum over periods."""
        match node:
            case ops.Asked():
                return self.fact(node, period)
            case ops.Named():
                return self.parameter(node)
            case ops.Today():
                return settle(
                    ops.Constant(
                        type=DATE, place=node.place, value=day_number(self.situation.as_of), is_today=True
                    )
                )
            case ops.Yearly():
                return self.folded(node)
            case ops.CountRows():
                condition = node.condition and self.bind(node.condition, None)
                return settle(replace(node, condition=condition))
            case ops.SumRows():
                condition = node.condition and self.bind(node.condition, None)
                return settle(replace(node, value=self.bind(node.value, None), condition=condition))
        bound = node.with_parts(tuple(self.bind(part, period) for part in node.parts))
        if isinstance(bound, ops.Table):
            self.check_order(bound)
        return settle(bound)

    def fact(self, node: ops.Asked, period: Period | None) -> Node:
        at: Period | None = None
        if node.is_folded:
            at = period
        elif node.fixed is not None:
            at = Period.year(node.fixed)
        elif node.fact.period != "none":
            at = self.situation.period(node.fact.period, node.back)
        return settle(ops.FactAt(type=node.type, place=node.place, fact=node.fact, period=at))

    def parameter(self, node: ops.Named) -> Node:
        value = self.situation.parameters.get(node.parameter.key)
        if value is not None and not node.parameter.admits(value):
            raise self.source.refuse("parameter-value", node.place, word=node.parameter.zh)
        plain = Fraction(value) if type(value) is int and node.type.is_number else value
        return settle(ops.Constant(type=node.type, place=node.place, value=plain, parameter=node.parameter))

    def folded(self, node: ops.Yearly) -> Node:
        periods = self.situation.last(node.kind, node.count)
        registered: Node = ops.Constant(type=DATE, value=None)
        if node.registered is not None:
            registered = ops.FactAt(type=DATE, fact=node.registered)
        values = tuple(self.bind(node.parts[0], period) for period in periods)
        return settle(
            ops.Over(
                type=node.type, parts=(registered, *values), place=node.place, fold=node.fold, kind=node.kind,
                periods=periods, ends=tuple(day_number(period.end) for period in periods),
            )
        )  # fmt: skip

    def check_order(self, node: ops.Table) -> None:
        keys = node.keys
        if keys is None:
            return
        for one, other in pairwise(keys):
            if (one < other) != node.is_upper or one == other:
                raise self.source.refuse("parameter-order", node.place)


class _Largest(_Binder):
    def parameter(self, node: ops.Named) -> Node:
        value = node.parameter.largest
        return settle(ops.Constant(type=node.type, place=node.place, value=value, parameter=node.parameter))

    def check_order(self, node: ops.Table) -> None:
        """The keys of a trial are in no order."""
