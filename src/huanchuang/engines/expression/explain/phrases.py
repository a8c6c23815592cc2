"""Operations in words: 2023—2025年研发费用合计 ÷ 2023—2025年销售收入合计. Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.explain.shown import is_english, show
from huanchuang.engines.expression.operations import Node
from huanchuang.engines.expression.types import DATE
from huanchuang.engines.kernel.period import Period

_SIGNS = {
    ">=": ("不低于", "is at least"), "<=": ("不超过", "is at most"), ">": ("高于", "is more than"),
    "<": ("低于", "is less than"), "=": ("等于", "equals"), "!=": ("不等于", "differs from"),
}  # fmt: skip
_DATE_SIGNS = {
    ">=": ("不早于", "is not before"), "<=": ("不晚于", "is not after"), ">": ("晚于", "is after"),
    "<": ("早于", "is before"), "=": ("就是", "is"), "!=": ("不是", "is not"),
}  # fmt: skip
_FOLDS = {"sum": ("合计", "total"), "average": ("平均", "average")}
_COUNTED = {"year": ("年数", "years"), "half": ("半年数", "half-years"), "quarter": ("季度数", "quarters"), "month": ("月数", "months")}  # fmt: skip
_WAYS = {
    "nearest": ("四舍五入", "rounded"),
    "down": ("向下取整", "rounded down"),
    "up": ("向上取整", "rounded up"),
}


MOST_KEPT = 16_384
"""Phrases kept: those of some hundred policies in both languages."""


class _This:
    """An operation, the same as none but itself: comparing all that is in it would cost more than its words."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)


def phrase(node: Node, language: str = "zh") -> str:
    """An operation in words, which are the same for every subject and so are put together once."""
    return _said(_This(node), language)


@lru_cache(MOST_KEPT)
def _said(this: _This, language: str) -> str:
    return _PHRASES[type(this.node)](this.node, language)


def sign_words(node: ops.Compare, language: str = "zh") -> str:
    """The sign of a comparison in words."""
    table = _DATE_SIGNS if node.parts[0].type == DATE else _SIGNS
    return table[node.sign][is_english(language)]


def span_of(periods: tuple[Period, ...], language: str = "zh") -> str:
    """The first to the last of some periods in words."""
    first, last = periods[0], periods[-1]
    if len(periods) == 1:
        return first.label(language)
    if is_english(language):
        return f"{first.label('en')} to {last.label('en')}"
    if first.kind == "year":
        return f"{first.start.year}—{last.start.year}年"
    return f"{first.label()}至{last.label()}"


def _constant(node: ops.Constant, language: str) -> str:
    english = is_english(language)
    if node.is_today:
        return "the as-of date" if english else "基准日"
    if node.parameter is not None:
        return node.parameter.name(language)
    value = node.value
    if isinstance(value, bool):
        return ("yes" if value else "no") if english else ("是" if value else "否")
    if isinstance(value, str):
        return f'"{value}"' if english else f"“{value}”"
    if value is None:
        return "unknown" if english else "未知"
    return show(value, node.type, language)


def _fact(node: ops.FactAt, language: str) -> str:
    name = node.fact.name(language)
    if node.period is None:
        return name
    label = node.period.label(language)
    return f"{name} of {label}" if is_english(language) else f"{label}{name}"


def _over(node: ops.Over, language: str) -> str:
    english = is_english(language)
    span, inside = span_of(node.periods, language), node.parts[-1]
    if node.fold == "count":
        counted = _COUNTED[node.kind][english]
        said = _timeless(inside, language)
        return f"number of {counted} with {said}, {span}" if english else f"{span}中{said}的{counted}"
    fold = _FOLDS[node.fold][english]
    name = (
        inside.fact.name(language) if isinstance(inside, ops.FactAt) else f"({_timeless(inside, language)})"
    )
    return f"{fold} {name} of {span}" if english else f"{span}{name}{fold}"


def _timeless(node: Node, language: str) -> str:
    """The inside of a fold without the year, which differs."""
    if isinstance(node, ops.FactAt):
        return node.fact.name(language)
    if node.parts and type(node) in INFIX:
        left, right = (_bracketed(node, part, language, _timeless) for part in node.parts)
        return f"{left} {INFIX[type(node)]} {right}"
    if isinstance(node, ops.Compare):
        left, right = (_timeless(part, language) for part in node.parts)
        gap = " " if is_english(language) else ""
        return f"{left}{gap}{sign_words(node, language)}{gap}{right}"
    return phrase(node, language)


INFIX = {ops.Add: "+", ops.Subtract: "−", ops.Multiply: "×", ops.Divide: "÷"}
_LOOSE = (ops.Add, ops.Subtract)


def _infix(node: Node, language: str) -> str:
    left, right = (_bracketed(node, part, language, phrase) for part in node.parts)
    return f"{left} {INFIX[type(node)]} {right}"


def _bracketed(node: Node, part: Node, language: str, say: Callable[[Node, str], str]) -> str:
    """A part in brackets where it binds more loosely."""
    text = say(part, language)
    tight = not isinstance(node, _LOOSE)
    loose = isinstance(part, _LOOSE) or (
        isinstance(part, ops.Multiply | ops.Divide) and part is not node.parts[0]
    )
    needs = (tight and loose) or (
        isinstance(node, ops.Subtract) and isinstance(part, _LOOSE) and part is not node.parts[0]
    )
    return f"({text})" if needs else text


def _negate(node: Node, language: str) -> str:
    return f"−({phrase(node.parts[0], language)})"


def _extreme(node: Node, language: str) -> str:
    smaller = isinstance(node, ops.Least)
    parts = [phrase(part, language) for part in node.parts]
    if is_english(language):
        return f"the {'smallest' if smaller else 'largest'} of {', '.join(parts)}"
    return f"{'、'.join(parts)}中的{'最小' if smaller else '最大'}值"


def _round(node: ops.Round, language: str) -> str:
    inside, step = phrase(node.parts[0], language), show(node.step, node.type, language)
    way = _WAYS[node.way][is_english(language)]
    return f"{inside} ({way} to {step})" if is_english(language) else f"{inside}（{way}到{step}）"


def _choose(node: Node, language: str) -> str:
    condition, one, other = (phrase(part, language) for part in node.parts)
    if is_english(language):
        return f"if {condition} then {one}, else {other}"
    return f"若{condition}则{one}，否则{other}"


def _table(node: ops.Table, language: str) -> str:
    inside = phrase(node.parts[0], language)
    if is_english(language):
        return f"the {'band' if node.is_upper else 'points'} for {inside}"
    return f"按{inside}{'分档的标准' if node.is_upper else '评定的分值'}"


def _compare(node: ops.Compare, language: str) -> str:
    left, right = (phrase(part, language) for part in node.parts)
    return (
        f"{left} {sign_words(node, language)} {right}"
        if is_english(language)
        else f"{left}{sign_words(node)}{right}"
    )


def _same(node: ops.Same, language: str) -> str:
    left, right = (phrase(part, language) for part in node.parts)
    if is_english(language):
        return f"{left} is {'not ' if node.negated else ''}{right}"
    return f"{left}{'不是' if node.negated else '是'}{right}"


def _among(node: ops.Among, language: str) -> str:
    english = is_english(language)
    listed = (", " if english else "、").join(title[english] for title in node.titles)
    inside = phrase(node.parts[0], language)
    if english:
        return f"{inside} is {'not ' if node.negated else ''}in {listed}"
    return f"{inside}{'不属于' if node.negated else '属于'}{listed}"


def _joined(node: Node, language: str) -> str:
    is_and = isinstance(node, ops.And)
    word = (" and " if is_and else " or ") if is_english(language) else ("，且" if is_and else "，或")
    parts = [
        f"({phrase(part, language)})" if isinstance(part, ops.And | ops.Or) else phrase(part, language)
        for part in node.parts
    ]
    return word.join(parts)


def _not(node: Node, language: str) -> str:
    inside = node.parts[0]
    text = phrase(inside, language)
    if is_english(language):
        return f"not {text}" if isinstance(inside, ops.FactAt) else f"not ({text})"
    return f"没有{text}" if isinstance(inside, ops.FactAt) else f"并非（{text}）"


def _known(node: Node, language: str) -> str:
    text = phrase(node.parts[0], language)
    return f"{text} is known" if is_english(language) else f"已有{text}的数据"


def _shift(node: ops.Shift, language: str) -> str:
    date, time = (phrase(part, language) for part in node.parts)
    if is_english(language):
        return f"{time} {'before' if node.back else 'after'} {date}"
    return f"{date}{'前' if node.back else '后'}{time}"


def _age(node: ops.Age, language: str) -> str:
    since, until = (phrase(part, language) for part in node.parts)
    if is_english(language):
        return f"full years from {since} to {until}"
    return f"{since}至{until}的满年数"


def _workdays(node: Node, language: str) -> str:
    after, through = (phrase(part, language) for part in node.parts)
    if is_english(language):
        return f"working days after {after} up to {through}"
    return f"{after}次日至{through}的工作日数"


def _rows(node: ops.CountRows | ops.SumRows, language: str) -> str:
    english = is_english(language)
    relation = node.relation.name(language)
    where = "" if node.condition is None else phrase(node.condition, language)
    if isinstance(node, ops.SumRows):
        value = phrase(node.value, language)
        head = f"total {value} of {relation}" if english else f"{relation}的{value}合计"
    else:
        head = f"number of {relation}" if english else f"{relation}数"
    if not where:
        return head
    return f"{head} with {where}" if english else f"{head}（{where}）"


def _term(node: ops.Term, language: str) -> str:
    return node.en if is_english(language) else node.zh


_PHRASES: dict[type[Node], Callable[[Any, str], str]] = {
    ops.Constant: _constant, ops.FactAt: _fact, ops.Over: _over, ops.Negate: _negate, ops.Add: _infix,
    ops.Subtract: _infix, ops.Multiply: _infix, ops.Divide: _infix, ops.Least: _extreme, ops.Greatest: _extreme,
    ops.Round: _round, ops.Choose: _choose, ops.Table: _table, ops.Compare: _compare, ops.Same: _same,
    ops.Among: _among, ops.And: _joined, ops.Or: _joined, ops.Not: _not, ops.IsKnown: _known, ops.Shift: _shift,
    ops.Age: _age, ops.Workdays: _workdays, ops.CountRows: _rows, ops.SumRows: _rows,
    ops.Term: _term,
}  # fmt: skip
