"""Turns a comparison of a moved date with a fixed one into a comparison of the date itself.

注册日期 + 1年 <= 基准日 holds for every date up to a certain one, because a later date never moves to an earlier one; age and
working days go the same way. The certain date is found by halving, with the very functions that the record uses, so
a whole column is compared with one constant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import DayTable, full_years, moved
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.expression.vocabulary import FIRST_DAY, LAST_DAY

_FLIPPED: dict[ops.Sign, ops.Sign] = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}
_CONTRARY: dict[ops.Sign, ops.Sign] = {">=": "<", "<=": ">", ">": "<=", "<": ">="}


def simplified(node: Node, days: DayTable) -> Node:
    """The same expression with such comparisons made simple."""
    parts = tuple(simplified(part, days) for part in node.parts)
    found = node if parts == node.parts else node.with_parts(parts)
    return _compared(found, days) if isinstance(found, ops.Compare) else found


def _compared(node: ops.Compare, days: DayTable) -> Node:
    left, right = node.parts
    sign = node.sign
    if isinstance(left, ops.Constant):
        left, right, sign = right, left, _FLIPPED[sign]
    mark = _whole(right)
    if mark is None or sign not in _CONTRARY:
        return node
    change = _changing(left, days)
    if change is None:
        return node
    date, function, is_rising = change
    if not is_rising:
        function, mark, sign = _negative(function), -mark, _FLIPPED[sign]
    # f(d) <= mark, or f(d) < mark, holds up to the last such day; > and >= are the contrary.
    strict = sign in ("<", ">=")
    last = _last(lambda day: function(day) < mark if strict else function(day) <= mark)
    return replace(
        node,
        parts=(date, ops.Constant(type=DATE, value=last)),
        sign="<=" if sign in ("<", "<=") else ">",
    )


def _negative(function: Callable[[int], int]) -> Callable[[int], int]:
    return lambda day: -function(day)


def _changing(node: Node, days: DayTable) -> tuple[Node, Callable[[int], int], bool] | None:
    """The date in a moved date or an age, the function of it, and whether that rises with the date."""
    match node:
        case ops.Shift(parts=(date, amount)):
            count = _whole(amount)
            if count is None:
                return None
            by = -count if node.back else count
            return date, lambda day: moved(day, by, node.unit, days), True
        case ops.Age(parts=(date, ops.Constant() as until)):
            end = _whole(until)
            return None if end is None else (date, lambda day: full_years(day, end), False)
        case ops.Age(parts=(ops.Constant() as since, date)):
            start = _whole(since)
            return None if start is None else (date, lambda day: full_years(start, day), True)
    return None


def _whole(node: Node) -> int | None:
    value = node.value if isinstance(node, ops.Constant) else None
    if value is None or isinstance(value, bool | str):
        return None
    return value.numerator if value.denominator == 1 else None


def _last(holds: Callable[[int], bool]) -> int:
    """The last day for which something holds that holds up to a certain day; the day before the first if for none."""
    low, high = FIRST_DAY - 1, LAST_DAY
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
