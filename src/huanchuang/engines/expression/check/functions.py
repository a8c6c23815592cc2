"""The functions of the language: how many values each takes, of which kind, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.check import folds, tables
from huanchuang.engines.expression.check.scope import type_names
from huanchuang.engines.expression.check.units import meet, meet_all
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.types import DATE, WORKDAYS, YEARS, YES_NO, number

if TYPE_CHECKING:
    from huanchuang.engines.expression.check.checker import Checker


@dataclass(frozen=True, slots=True)
class Function:
    """How many values a function takes (`most` None: any number), how it is written, and what it gives."""

    least: int
    most: int | None
    example: str
    gives: str


FUNCTIONS = {
    "sum": Function(1, 2, "sum(研发费用, 近3年)", "the sum over periods, of a fact or of a formula; of a field over related records: `sum(技术合同.成交额, 条件)`"),
    "average": Function(2, 2, "average(净利润, 近2年)", "the average over the periods that are needed"),
    "count": Function(1, 2, "count(净利润 > 0, 近3年)", "in how many periods a condition holds; how many related records it holds for: `count(专利, 类别 = \"I\")`"),
    "min": Function(2, None, "min(研发费用 * 10%, 100万元)", "the smallest (cap: an amount with its upper limit)"),
    "max": Function(2, None, "max(净利润, 0)", "the largest (at_least: an amount with its lower limit)"),
    "round": Function(1, 2, "round(研发费用 * 10%, 1万元)", "the nearest multiple, a half away from zero; of a fen without a second value"),
    "floor": Function(1, 2, "floor(研发费用 * 10%, 1万元)", "the next multiple below"),
    "ceil": Function(1, 2, "ceil(研发费用 * 10%, 1万元)", "the next multiple above"),
    "if": Function(3, 3, "if(职工总数 <= 10人, 5万元, 10万元)", "one value or the other"),
    "band": Function(2, None, "band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)", "the result of the first key that is not exceeded: keys are upper limits, included"),
    "score": Function(2, None, "score(研发费用 / 销售收入, 6%: 50, 5%: 40, else: 0)", "the result of the first key that is reached: keys are lower limits, included"),
    "age": Function(1, 2, "age(注册日期)", "full years up to the day of the question, or up to a second date"),
    "workdays": Function(2, 2, "workdays(受理日期, 基准日)", "working days after the first date up to and including the second"),
    "known": Function(1, 1, "known(净资产)", "whether there is a value; also `净资产 is known`"),
}  # fmt: skip
_ENGLISH = {
    "研发费用": "rd-expense", "近3年": "last 3 years", "近2年": "last 2 years", "净利润": "net-profit", "净资产": "net-assets",
    "职工总数": "staff", "销售收入": "sales-revenue", "注册日期": "registered-on", "受理日期": "accepted-on", "基准日": "as_of",
}  # fmt: skip
_KEYED = ("band", "score")
MOST_ARGUMENTS = 60
"""Bands of a table, values of a min or max."""
_WAYS: dict[str, ops.Way] = {"round": "nearest", "floor": "down", "ceil": "up"}


def call(checker: Checker, node: syntax.Call) -> Node:
    """The operation of a function with its arguments."""
    takes = FUNCTIONS[node.function]
    if not takes.least <= len(node.arguments) <= (takes.most or len(node.arguments)):
        if node.function in ("sum", "average") and len(node.arguments) == 1:
            raise checker.scope.refuse("sum-of-what", node.place, word=node.name)
        raise checker.scope.refuse(
            "arguments", node.place, word=node.name, found=len(node.arguments), **examples(node.function)
        )
    if len(node.arguments) > MOST_ARGUMENTS:
        raise checker.scope.refuse(
            "too-many-values", node.place, word=node.name, found=len(node.arguments), most=MOST_ARGUMENTS
        )
    for argument in node.arguments:
        keyed = argument.key is not None or (argument.is_else and node.function != "if")
        if keyed and node.function not in _KEYED:
            raise checker.scope.refuse("stray-key", argument.place, word=node.name, **examples(node.function))
    return _CALLS[node.function](checker, node)


def examples(function: str) -> dict[str, str]:
    """How a function is written, in Chinese and English."""
    example = FUNCTIONS[function].example
    english = example
    for zh, en in _ENGLISH.items():
        english = english.replace(zh, en)
    return {"example": example, "example_en": english}


def _extreme(checker: Checker, node: syntax.Call) -> Node:
    if any(isinstance(argument.value, syntax.Last) for argument in node.arguments):
        raise checker.scope.refuse("extreme-of-years", node.place, word=node.name)
    parts = tuple(checker.check(argument.value) for argument in node.arguments)
    for part in parts:
        checker.scope.want_number(part)
    parts = meet_all(checker.scope, parts, node.place)
    operation = ops.Least if node.function == "min" else ops.Greatest
    return settle(operation(type=parts[0].type, parts=parts, place=node.place))


def _round(checker: Checker, node: syntax.Call) -> Node:
    value = checker.check(node.arguments[0].value)
    checker.scope.want_number(value)
    if len(node.arguments) == 1:
        if value.type.unit == ():
            raise checker.scope.refuse("round-share", node.place)
        step: Fraction = Fraction(1)
    else:
        value, step = _step(checker, node, value)
    return settle(
        ops.Round(type=value.type, parts=(value,), place=node.place, step=step, way=_WAYS[node.function])
    )


def _step(checker: Checker, node: syntax.Call, value: Node) -> tuple[Node, Fraction]:
    given = checker.check(node.arguments[1].value)
    checker.scope.want_number(given)
    value, given = meet(checker.scope, value, given, node.place)
    if not isinstance(given, ops.Constant) or isinstance(given.value, bool | str) or not given.value:
        raise checker.scope.refuse("round-step", given.place)
    if given.value < 0:
        raise checker.scope.refuse("round-step", given.place)
    return value, Fraction(given.value)


def _if(checker: Checker, node: syntax.Call) -> Node:
    condition, one, other = (checker.check(argument.value) for argument in node.arguments)
    checker.scope.want_truth(condition)
    if one.type.kind != other.type.kind or one.type.kind == "code":
        first, second = type_names(one.type), type_names(other.type)
        raise checker.scope.refuse(
            "branches-differ", node.place, one=first[0], one_en=first[1], other=second[0], other_en=second[1]
        )
    if one.type.is_number:
        one, other = meet(checker.scope, one, other, node.place)
    return settle(ops.Choose(type=one.type, parts=(condition, one, other), place=node.place))


def _date(checker: Checker, argument: syntax.Argument) -> Node:
    found = checker.check(argument.value)
    if found.type != DATE:
        zh, en = type_names(found.type)
        raise checker.scope.refuse("date-wanted", found.place, found=zh, found_en=en)
    return found


def _age(checker: Checker, node: syntax.Call) -> Node:
    since = _date(checker, node.arguments[0])
    until: Node = ops.Today(type=DATE, place=node.place)
    if len(node.arguments) > 1:
        until = _date(checker, node.arguments[1])
    return settle(ops.Age(type=number(YEARS), parts=(since, until), place=node.place))


def _workdays(checker: Checker, node: syntax.Call) -> Node:
    parts = tuple(_date(checker, argument) for argument in node.arguments)
    return settle(ops.Workdays(type=number(WORKDAYS), parts=parts, place=node.place))


def _known(checker: Checker, node: syntax.Call) -> Node:
    return ops.IsKnown(type=YES_NO, parts=(checker.check(node.arguments[0].value),), place=node.place)


_CALLS: dict[str, Callable[[Checker, syntax.Call], Node]] = {
    "sum": folds.total, "average": folds.average, "count": folds.count,
    "min": _extreme, "max": _extreme, "round": _round, "floor": _round, "ceil": _round,
    "if": _if, "band": tables.table, "score": tables.table, "age": _age, "workdays": _workdays, "known": _known,
}  # fmt: skip
