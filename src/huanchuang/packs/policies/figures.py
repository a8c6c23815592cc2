"""The figures of a policy: every number that stands in its rules, and the same policy with some of them changed.

A figure is a number in a condition, a formula or the amount, or the value that a parameter has on a day. Changing one
takes a number of the same unit in its place and reads the whole policy anew, so that whatever does not fit is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.parser import parse
from huanchuang.engines.expression.problems import Source
from huanchuang.engines.expression.types import MONEY, Type, number, read_unit
from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.engines.rules import Policy
from huanchuang.packs.policies.build import Builder
from huanchuang.packs.policies.criteria import constant_of
from huanchuang.packs.policies.kind import Content
from huanchuang.packs.policies.reading import DatedText, ParameterText, PolicyText, Written
from huanchuang.packs.schema import Located

T = TypeVar("T")
Put = Callable[[PolicyText, str], PolicyText]
"""Puts a text in the place of another."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, 500万元, and where it stands in the text of its rule."""

    key: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A text with figures: of a requirement, a formula, the amount, or the value of a parameter."""

    part: str
    """requirement, formula, amount or parameter."""
    name: str
    """The id of the requirement, the name of the formula or parameter."""
    text: str
    unit: str
    """What a bare number means: only parameters have one."""
    figures: tuple[Figure, ...]
    put: Put

    def pieces(self) -> Iterator[tuple[str, Figure | None]]:
        """The text between the figures, and the figures, as they follow each other."""
        place = 0
        for figure in self.figures:
            yield self.text[place : figure.start], figure
            place = figure.end
        if place < len(self.text):
            yield self.text[place:], None


def rules_of(content: Content, day: date) -> tuple[Rule, ...]:
    """The rules that hold on a day and have figures, in the order of the policy: parameters, formulas, requirements, amount."""
    written = content.written
    names = (
        *content.criteria.vocabulary.names,
        *content.policy.parameters_on(day),
        *(one.key for one in content.policy.formulas),
    )
    found = [_parameter(at, one, day) for at, one in enumerate(written.parameters)]
    for at, formula in enumerate(written.formulas):
        key = f"formula-{at}"
        found.append(_rule("formula", formula.name.value, formula.text, key, names, _in_formula(at)))
    for at, one in enumerate(written.requirements):
        in_force = (one.begins or day) <= day <= (one.ends.value if one.ends else day)
        if one.when is not None and in_force:
            found.append(
                _rule("requirement", one.id.value, one.when, f"requirement-{at}", names, _in_requirement(at))
            )
    if written.amount is not None:
        found.append(_rule("amount", "", written.amount.formula, "amount", names, _in_amount))
    return tuple(rule for rule in found if rule is not None and rule.figures)


def changed(content: Content, day: date, given: Mapping[str, str]) -> Policy:
    """The policy with other figures: key of a figure → the number in its place.

    ProblemError for a key that is not there, a text that is no number of the same unit, and whatever the policy says then
    that cannot be read.
    """
    written, left = content.written, dict(given)
    for rule in rules_of(content, day):
        text = rule.text
        for figure in reversed(rule.figures):
            new = left.pop(figure.key, "").strip()
            if new and new != figure.text:
                text = text[: figure.start] + _fitting(figure, new, rule) + text[figure.end :]
        if text != rule.text:
            written = rule.put(written, text)
    if left:
        raise _refusal(next(iter(left)), "", "这个数不在政策里", "is not in the policy")
    own = content.policy
    policy = Builder(content.criteria).policy(written)
    return replace(
        policy,
        id=own.id,
        version=own.version,
        title=own.title,
        valid_from=own.valid_from,
        valid_to=own.valid_to,
    )


def amounts(node: syntax.Syntax) -> Iterator[syntax.Amount]:
    """The numbers of an expression, in the order of the text."""
    if isinstance(node, syntax.Amount):
        yield node
    for part in syntax.inner(node):
        yield from amounts(part)


def _rule(part: str, name: str, text: Written, key: str, names: tuple[str, ...], put: Put) -> Rule:
    places = sorted(amount.place for amount in amounts(parse(Source(text.text), names)))
    figures = tuple(
        Figure(f"{key}.{number}", text.text[first:last], first, last)
        for number, (first, last) in enumerate(places)
    )
    return Rule(part, name, text.text, "", figures, put)


def _parameter(at: int, written: ParameterText, day: date) -> Rule | None:
    """The value of a parameter on a day; an empty one where nobody knows it."""
    standing = [
        (dated.value.begins, number)
        for number, dated in enumerate(written.values)
        if dated.value.begins <= day
    ]
    if not standing:
        return None
    number = max(standing)[1]
    value = written.values[number].value.value
    text = "" if value is None else value.value
    figure = Figure(f"parameter-{at}", text, 0, len(text))
    return Rule(
        "parameter", written.name.value, text, written.unit.value, (figure,), _in_parameter(at, number)
    )


def _fitting(figure: Figure, new: str, rule: Rule) -> str:
    """The number, if it can stand there."""
    found = constant_of(new)
    try:
        shape = parse(Source(new), ())
    except ProblemError:
        shape = None
    if found is None or not isinstance(shape, syntax.Amount):
        raise _refusal(
            figure.text or rule.name, new, "读不出这个数，请照原来的写法填写，例如 500万元、3%、20人",
            "cannot be read as a number; write it as the old one is written, such as 500万元, 3%, 20人",
        )  # fmt: skip
    if not _is_alike(found.type, figure, rule):
        raise _refusal(
            figure.text or rule.name,
            new,
            "单位与原来的数不同，请用同一种单位",
            "has another unit than the number it stands for",
        )
    return new


def _is_alike(found: Type, figure: Figure, rule: Rule) -> bool:
    """Whether a number has the unit that is wanted; a bare one means the unit of its parameter, unless that is money."""
    if rule.part != "parameter":
        old = constant_of(figure.text)
        return old is not None and found == old.type
    unit = read_unit(rule.unit)
    wanted = number(unit[0] if unit else None)
    return found == wanted or (found.is_bare and wanted.unit != MONEY)


def _refusal(where: str, new: str, what: str, what_en: str) -> ProblemError:
    return refuse(
        "policies.figure",
        (f"“{where}”改为“{new}”", what, "请改正后重新提交"),
        (f"“{where}” changed to “{new}”", what_en, "Correct it and send the form again"),
    )


def _in_requirement(at: int) -> Put:
    def put(written: PolicyText, text: str) -> PolicyText:
        one = written.requirements[at]
        condition = None if one.when is None else replace(one.when, text=text)
        return replace(written, requirements=swapped(written.requirements, at, replace(one, when=condition)))

    return put


def _in_formula(at: int) -> Put:
    def put(written: PolicyText, text: str) -> PolicyText:
        one = written.formulas[at]
        new = replace(one, text=replace(one.text, text=text))
        return replace(written, formulas=swapped(written.formulas, at, new))

    return put


def _in_amount(written: PolicyText, text: str) -> PolicyText:
    own = written.amount
    return (
        written
        if own is None
        else replace(written, amount=replace(own, formula=replace(own.formula, text=text)))
    )


def _in_parameter(at: int, number: int) -> Put:
    def put(written: PolicyText, text: str) -> PolicyText:
        one = written.parameters[at]
        dated = one.values[number]
        place = dated.place if dated.value.value is None else dated.value.value.place
        new = replace(dated, value=DatedText(dated.value.begins, Located(text, place)))
        changed = replace(one, values=swapped(one.values, number, new))
        return replace(written, parameters=swapped(written.parameters, at, changed))

    return put


def swapped(items: tuple[T, ...], at: int, item: T) -> tuple[T, ...]:
    """The items with one replaced."""
    return (*items[:at], item, *items[at + 1 :])
