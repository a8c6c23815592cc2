"""Sums, averages and counts of one record: over periods, and over related records."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.record import spans
from huanchuang.engines.expression.record.step import OPEN_SPAN, Span, Step

_ZERO = Span(0, 0)
_ONE = Span(1, 1)
_MAY_BE = Span(0, 1)


def over(node: ops.Over, parts: list[Step]) -> Step:
    """A fold over periods; those that ended before the registration are left out."""
    registered = parts[0].span.value
    left_out = tuple(
        index for index, end in enumerate(node.ends) if registered is not None and end < registered
    )
    needed = [part for index, part in enumerate(parts[1:]) if index not in left_out]
    if node.fold == "count":
        value = _total([_counted(part.truth) for part in needed])
    else:
        value = _total([part.span for part in needed])
    if node.fold == "average":
        # Of no year at all: unknown, within what such a figure can be, as before the registration was known.
        can_be = Span(node.bounds.least, node.bounds.most)
        value = spans.scale(value, Fraction(1, len(needed))) if needed else can_be
    return Step(node, value, parts, left_out=left_out)


def count_rows(node: ops.CountRows, rows: Sequence[Sequence[Step | None]] | None) -> Step:
    """How many related records meet the condition; those of which it is not known may."""
    if rows is None:
        return Step(node, Span(0, None), [], found=(-1, 0, 0))
    truths = [True if condition is None else condition.truth for (condition,) in rows]
    sure, may_be = truths.count(True), truths.count(None)
    return Step(node, Span(sure, sure + may_be), [], found=(sure, may_be, len(truths)), met=tuple(truths))


def sum_rows(node: ops.SumRows, rows: Sequence[Sequence[Step | None]] | None) -> Step:
    """The sum over related records; one that may count adds anything between nothing and its value."""
    if rows is None:
        return Step(node, Span(0, None) if node.bounds.is_positive else OPEN_SPAN, [], found=(-1, 0, 0))
    total, sure, may_be = _ZERO, 0, 0
    truths = [True if condition is None else condition.truth for condition, _ in rows]
    for truth, (_, value) in zip(truths, rows, strict=True):
        sure, may_be = sure + (truth is True), may_be + (truth is None)
        if truth is not False and value is not None:
            total = spans.add(total, value.span if truth else spans.hull((_ZERO, value.span)))
    return Step(node, total, [], found=(sure, may_be, len(rows)), met=tuple(truths))


def _total(values: Sequence[Span]) -> Span:
    total = _ZERO
    for value in values:
        total = spans.add(total, value)
    return total


def _counted(truth: bool | None) -> Span:
    return _MAY_BE if truth is None else _ONE if truth else _ZERO
