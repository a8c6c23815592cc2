"""Every figure of every policy moved by its smallest step, up and down: some example case has to notice.

A figure is a number in a condition, formula or amount, or the value of a parameter. Its smallest step is one fen, one person or
item, one year or day of a span of time, 0.0001 % of a share; of anything else one, or a hundredth where it is no whole number. Points that come out of a table
jump, so a threshold may lie anywhere between two of them and say the same: those move by up to 4 points until it is noticed.
No speed is measured; what counts is that the last line says 0.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from huanchuang.engines.expression import syntax
from huanchuang.engines.expression.parser import parse
from huanchuang.engines.expression.problems import Source
from huanchuang.engines.expression.types import MONEY, SHARE, read_unit
from huanchuang.engines.kernel import ProblemError
from huanchuang.packs import library
from huanchuang.packs.cases import Case
from huanchuang.packs.pack import Pack
from huanchuang.packs.policies import asking
from huanchuang.packs.policies.build import Builder
from huanchuang.packs.policies.figures import amounts, swapped
from huanchuang.packs.policies.kind import Content, context_of
from huanchuang.packs.policies.reading import ParameterText, PolicyText, Written
from huanchuang.packs.schema import Located

FEN, SHARE_STEP, FINE = (Decimal("0.01"),), (Decimal("0.0001"),), (Decimal("0.01"),)
ONE = (Decimal(1),)
POINTS = (Decimal("0.01"), Decimal(1), Decimal(2), Decimal(4))


@dataclass(frozen=True)
class Mutant:
    """A policy with one figure changed: by its smallest step, or by the next larger one."""

    where: str
    old: str
    new: str
    steps: tuple[PolicyText, ...]


def main() -> None:
    """Print how many figures were moved, and each that no case notices."""
    started, tried, survived = time.perf_counter(), 0, 0
    for pack in library().all("policies"):
        for mutant in mutants(pack):
            if all(survives(pack, written) for written in mutant.steps):
                survived += 1
                print(f"{pack.id}, {mutant.where}: {mutant.old} → {mutant.new} is noticed by no case")
            tried += 1
    print(f"{tried:,} figures moved by their smallest step in {time.perf_counter() - started:.0f} s")
    print(f"not noticed: {survived}")


def survives(pack: Pack, written: PolicyText) -> bool:
    """Whether every case gives what it gave. A policy that can no longer be read does not survive."""
    content: Content = pack.content
    try:
        policy = Builder(content.criteria).policy(written)
    except ProblemError:
        return False
    own = content.policy
    policy = replace(
        policy,
        id=own.id,
        version=own.version,
        title=own.title,
        valid_from=own.valid_from,
        valid_to=own.valid_to,
    )
    context = context_of(replace(content, policy=policy))
    return all(is_same(context, case) for case in pack.cases)


def is_same(context: asking.Context, case: Case) -> bool:
    """Whether a case gives what it says."""
    try:
        return asking.answer(context, case) == case.gives
    except ProblemError:
        return False


Put = Callable[[Written], PolicyText]


def mutants(pack: Pack) -> Iterator[Mutant]:
    """The policy with each figure moved up and down."""
    content: Content = pack.content
    names = (
        *content.criteria.vocabulary.names,
        *content.policy.parameters_on(date(2000, 1, 1)),
        *(one.key for one in content.policy.formulas),
    )
    for where, text, unit, put in places(content.written):
        for amount in amounts(parse(Source(text.text), names)):
            first, last = amount.place
            for sign in (1, -1) if amount.value else (1,):
                found = [shifted(amount, sign * step) for step in steps_of(amount, unit)]
                changed = [
                    put(replace(text, text=text.text[:first] + new + text.text[last:])) for new in found
                ]
                yield Mutant(where, text.text[first:last], found[0], tuple(changed))


def places(written: PolicyText) -> Iterator[tuple[str, Written, str, Put]]:
    """Every text with figures: where it stands, the unit of a bare number, and how it is put back."""
    for index, requirement in enumerate(written.requirements):
        if requirement.when is not None:
            yield (
                requirement.id.value,
                requirement.when,
                "",
                lambda text, at=index, one=requirement: replace(
                    written, requirements=swapped(written.requirements, at, replace(one, when=text))
                ),
            )
    for index, formula in enumerate(written.formulas):
        yield (
            formula.name.value,
            formula.text,
            "",
            lambda text, at=index, one=formula: replace(
                written, formulas=swapped(written.formulas, at, replace(one, text=text))
            ),
        )
    if written.amount is not None:
        own = written.amount
        yield "amount", own.formula, "", lambda text: replace(written, amount=replace(own, formula=text))
    for index, parameter in enumerate(written.parameters):
        yield from values(written, index, parameter)


def values(
    written: PolicyText, index: int, parameter: ParameterText
) -> Iterator[tuple[str, Written, str, Put]]:
    """The values of a parameter."""
    for at, dated in enumerate(parameter.values):
        value = dated.value.value
        if value is None:
            continue

        def put(text: Written, at: int = at, dated: Located = dated, value: Located = value) -> PolicyText:
            new = replace(dated, value=replace(dated.value, value=replace(value, value=text.text)))
            changed = replace(parameter, values=swapped(parameter.values, at, new))
            return replace(written, parameters=swapped(written.parameters, index, changed))

        yield parameter.name.value, Written(value.value, value.place), parameter.unit.value, put


def steps_of(amount: syntax.Amount, unit: str) -> tuple[Decimal, ...]:
    """The smallest steps of a number, in the unit it is written in."""
    name = amount.unit or unit
    found = read_unit(name) if name else None
    if found is not None and found[0] == MONEY:
        return FEN
    if found is not None and found[0] == SHARE:
        return SHARE_STEP
    if name == "分":
        return POINTS
    return ONE if amount.value.denominator == 1 else FINE


def shifted(amount: syntax.Amount, step: Decimal) -> str:
    """A number moved, written out with its unit; nothing is moved below nothing."""
    return f"{Decimal(amount.value.numerator) / Decimal(amount.value.denominator) + step:f}{amount.unit}"
