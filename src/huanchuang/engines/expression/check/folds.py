"""Sums, averages and counts: over the last years, or over the related records of a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.check import names
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.types import MONTHS, YEARS, Product, number, read_unit
from huanchuang.engines.expression.vocabulary import Relation, folded_name

if TYPE_CHECKING:
    from huanchuang.engines.expression.check.checker import Checker

_COUNTED: dict[str, Product | None] = {"year": YEARS, "month": MONTHS, "half": None, "quarter": None}


def total(checker: Checker, node: syntax.Call) -> Node:
    """sum(研发费用, 近3年); sum(技术合同.成交额, 登记日期 >= 2024-01-01)."""
    first = node.arguments[0].value
    relation = _relation(checker, first)
    if relation is not None and isinstance(first, syntax.Name):
        return _sum_rows(checker, node, relation, first)
    return _yearly(checker, node, "sum")


def average(checker: Checker, node: syntax.Call) -> Node:
    """average(净利润, 近2年)"""
    return _yearly(checker, node, "average")


def count(checker: Checker, node: syntax.Call) -> Node:
    """count(净利润 > 0, 近3年); count(专利, 类别 = "I")."""
    first = node.arguments[0].value
    relation = _relation(checker, first)
    if relation is None:
        return _yearly(checker, node, "count")
    if isinstance(first, syntax.Name) and first.field:
        raise checker.scope.refuse("count-of-field", first.place)
    read = read_unit(relation.unit)
    counted = number(read[0] if read else None)
    condition = _condition(checker, node, relation)
    return settle(ops.CountRows(type=counted, place=node.place, relation=relation, condition=condition))


def _relation(checker: Checker, node: syntax.Syntax) -> Relation | None:
    if not isinstance(node, syntax.Name):
        return None
    found = checker.scope.vocabulary.names.get(folded_name(node.text))
    return found if isinstance(found, Relation) else None


def _condition(checker: Checker, node: syntax.Call, relation: Relation) -> Node | None:
    if len(node.arguments) == 1:
        return None
    inside = checker.inside(checker.scope.within(relation))
    found = inside.check(node.arguments[1].value)
    inside.scope.want_truth(found)
    return found


def _sum_rows(checker: Checker, node: syntax.Call, relation: Relation, first: syntax.Name) -> Node:
    if not first.field:
        listed = "、".join(field.zh for field in relation.fields if field.type.is_number)
        raise checker.scope.refuse(
            "sum-of-relation", first.place, word=relation.zh, word_en=relation.en, listed=listed
        )
    inside = checker.inside(checker.scope.within(relation))
    start = first.place[1] - len(first.field)
    value = inside.check(syntax.Name(first.field, (start, first.place[1])))
    inside.scope.want_number(value)
    condition = _condition(checker, node, relation)
    return settle(
        ops.SumRows(type=value.type, place=node.place, relation=relation, value=value, condition=condition)
    )


def _yearly(checker: Checker, node: syntax.Call, fold: ops.Fold) -> Node:
    scope = checker.scope
    last = node.arguments[1].value if len(node.arguments) > 1 else None
    if not isinstance(last, syntax.Last):
        raise scope.refuse("sum-of-what", node.arguments[-1].place, word=node.name)
    if scope.folded:
        raise scope.refuse("nested-sum", node.place)
    if scope.relation is not None:
        raise scope.refuse(
            "years-of-rows", node.place, relation=scope.relation.zh, relation_en=scope.relation.en
        )
    inside = checker.inside(scope.over(last.kind))
    value = inside.check(node.arguments[0].value)
    (scope.want_truth if fold == "count" else scope.want_number)(value)
    if not _has_folded(value):
        _refuse_timeless(checker, node.arguments[0].value, value)
    type_ = number(_COUNTED[last.kind]) if fold == "count" else value.type
    registered = scope.vocabulary.registration
    return settle(
        ops.Yearly(
            type=type_, parts=(value,), place=node.place, fold=fold, kind=last.kind, count=last.count,
            registered=registered,
        )
    )  # fmt: skip


def _has_folded(node: Node) -> bool:
    if isinstance(node, ops.Asked):
        return node.is_folded
    return any(_has_folded(part) for part in node.parts)


def _refuse_timeless(checker: Checker, node: syntax.Syntax, value: Node) -> None:
    """Nothing in it has a value for each year."""
    if isinstance(value, ops.Asked):
        raise names.period_differs(checker.scope, node.place, value.fact, "year")
    raise checker.scope.refuse("nothing-yearly", node.place)
