"""Walks the shape of an expression and makes operations of it."""

from __future__ import annotations

from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression import syntax, types
from huanchuang.engines.expression.check import functions, names
from huanchuang.engines.expression.check.scope import Scope, type_names
from huanchuang.engines.expression.check.units import meet
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.simplify import settle
from huanchuang.engines.expression.types import DATE, DAYS, SPANS, YES_NO, number, read_unit

_UNITS_OF_TIME: dict[types.Product | None, ops.TimeUnit] = {
    types.YEARS: "年",
    types.MONTHS: "月",
    types.DAYS: "天",
    types.WORKDAYS: "工作日",
}

_SIGNS: dict[str, ops.Sign] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "=", "!=": "!="}


class Checker:
    """Checks the parts of one expression in a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def inside(self, scope: Scope) -> Checker:
        """The checker of an inner scope."""
        return Checker(scope)

    def check(self, node: syntax.Syntax) -> Node:
        """The operation of a shape; ProblemError where something does not fit."""
        match node:
            case syntax.Amount():
                return self.amount(node)
            case syntax.Day():
                return settle(ops.Constant(type=DATE, place=node.place, value=node.day))
            case syntax.Quote():
                return ops.Constant(type=types.TEXT, place=node.place, value=node.text)
            case syntax.Truth():
                return ops.Constant(type=YES_NO, place=node.place, value=node.value)
            case syntax.AsOf():
                return ops.Today(type=DATE, place=node.place)
            case syntax.Last():
                raise self.scope.refuse("stray-period", node.place)
        return self.compound(node)

    def compound(self, node: syntax.Syntax) -> Node:
        match node:
            case syntax.Name():
                return names.named(self.scope, node)
            case syntax.Unary(sign="not"):
                inside = self.check(node.value)
                self.scope.want_truth(inside)
                return ops.Not(type=YES_NO, parts=(inside,), place=node.place)
            case syntax.Unary():
                inside = self.check(node.value)
                self.scope.want_number(inside)
                return settle(ops.Negate(type=inside.type, parts=(inside,), place=node.place))
            case syntax.Binary():
                return self.binary(node)
            case syntax.Member():
                return names.among(self.scope, node, self.check(node.value))
            case syntax.Known():
                known = ops.IsKnown(type=YES_NO, parts=(self.check(node.value),), place=node.place)
                return ops.Not(type=YES_NO, parts=(known,), place=node.place) if node.negated else known
            case syntax.Call():
                return functions.call(self, node)
        raise AssertionError(f"no rule for {type(node).__name__}")

    def amount(self, node: syntax.Amount) -> Node:
        unit, factor = (None, Fraction(1)) if not node.unit else read_unit(node.unit) or (None, Fraction(1))
        value = node.value * factor
        if unit == types.MONEY and value.denominator != 1:
            raise self.scope.refuse("part-of-fen", node.place)
        if abs(value.numerator) > 10**18 or value.denominator > 10**12:
            raise self.scope.refuse("long-number", node.place)
        return settle(ops.Constant(type=number(unit), place=node.place, value=value, is_scaled=node.scaled))

    def binary(self, node: syntax.Binary) -> Node:
        left = self.check(node.left)
        if left.type.kind == "text" and names.is_unknown(self.scope, node.right):
            raise self.scope.refuse(
                "text-quotes", node.right.place, word=self.scope.source.part(node.right.place)
            )
        right = self.check(node.right)
        if node.sign in ("and", "or"):
            return self.joined(node, left, right)
        if node.sign in ("+", "-"):
            return self.added(node, left, right)
        if node.sign in ("*", "/"):
            return self.multiplied(node, left, right)
        return self.compared(node, left, right)

    def joined(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        """And, or: a chain of one kind becomes one operation with many parts."""
        self.scope.want_truth(left)
        self.scope.want_truth(right)
        operation = ops.And if node.sign == "and" else ops.Or
        parts = (*_chain(left, operation), *_chain(right, operation))
        return operation(type=YES_NO, parts=parts, place=node.place)

    def added(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        if DATE in (left.type, right.type):
            return self.moved(node, left, right)
        self.scope.want_number(left)
        self.scope.want_number(right)
        left, right = meet(self.scope, left, right, node.place)
        operation = ops.Add if node.sign == "+" else ops.Subtract
        return settle(operation(type=left.type, parts=(left, right), place=node.place))

    def moved(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        """A date and a time: 注册日期 + 1年, 基准日 - 30天; two dates: the days between them."""
        if node.sign == "-" and left.type == right.type == DATE:
            return settle(ops.Subtract(type=number(DAYS), parts=(left, right), place=node.place))
        if node.sign == "+" and right.type == DATE:
            left, right = right, left
        if right.type == DATE:
            raise self.scope.refuse("dates-added", node.place)
        if not right.type.is_number or right.type.unit not in SPANS:
            found, found_en = type_names(right.type)
            raise self.scope.refuse("time-wanted", right.place, found=found, found_en=found_en)
        if not isinstance(right, ops.Constant | ops.Named):
            raise self.scope.refuse("time-constant", right.place)
        if isinstance(right, ops.Constant) and Fraction(right.value or 0).denominator != 1:
            raise self.scope.refuse("time-whole", right.place)
        unit = _UNITS_OF_TIME[right.type.unit]
        back = node.sign == "-"
        return ops.Shift(type=DATE, parts=(left, right), place=node.place, unit=unit, back=back)

    def multiplied(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        self.scope.want_number(left)
        self.scope.want_number(right)
        power = 1 if node.sign == "*" else -1
        if power < 0 and isinstance(right, ops.Constant) and right.value == 0:
            raise self.scope.refuse("by-zero", node.place)
        operation = ops.Multiply if power > 0 else ops.Divide
        unit = types.product(left.type.unit, right.type.unit, power)
        return settle(operation(type=number(unit), parts=(left, right), place=node.place))

    def compared(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        left, right = _flipped_code(left, right)
        kinds = {left.type.kind, right.type.kind}
        if kinds == {"number"}:
            left, right = meet(self.scope, left, right, node.place)
            return ops.Compare(type=YES_NO, parts=(left, right), place=node.place, sign=_SIGNS[node.sign])
        if kinds == {"date"}:
            return ops.Compare(type=YES_NO, parts=(left, right), place=node.place, sign=_SIGNS[node.sign])
        if kinds == {"date", "number"}:
            raise self.scope.refuse("date-and-number", node.place)
        if kinds == {"code", "number"} or kinds == {"text", "number"}:
            zh, en = type_names(left.type if left.type.kind != "number" else right.type)
            written = self.scope.source.part(right.place if right.type.is_number else left.place)
            raise self.scope.refuse("code-quotes", node.place, found=zh, found_en=en, number=written)
        if node.sign not in ("=", "!="):
            zh, en = type_names(left.type if left.type.kind != "number" else right.type)
            raise self.scope.refuse("no-order", node.place, found=zh, found_en=en)
        return self.equal(node, left, right)

    def equal(self, node: syntax.Binary, left: Node, right: Node) -> Node:
        negated = node.sign == "!="
        if left.type.kind == "code" and isinstance(right, ops.Constant) and right.type.kind == "text":
            quote = syntax.Quote(str(right.value), right.place)
            return names.code_equals(self.scope, left, quote, negated, node.place)
        if left.type.kind != right.type.kind or left.type.kind not in ("yes-no", "text"):
            one, other = type_names(left.type), type_names(right.type)
            raise self.scope.refuse(
                "kinds-differ", node.place, one=one[0], one_en=one[1], other=other[0], other_en=other[1]
            )
        return ops.Same(type=YES_NO, parts=(left, right), place=node.place, negated=negated)


def _chain(node: Node, operation: type[Node]) -> tuple[Node, ...]:
    return node.parts if isinstance(node, operation) else (node,)


def _flipped_code(left: Node, right: Node) -> tuple[Node, Node]:
    return (right, left) if right.type.kind == "code" and left.type.kind != "code" else (left, right)
