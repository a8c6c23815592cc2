"""Decides many policies for a whole table of subjects at once, as columns: results, masks of requirements, amounts in fen.

For each policy in force: `ID` (1 yes, 0 no, -1 unknown), `ID/failed` and `ID/unknown` (bit i is requirement i of that day),
if it has an amount `ID/fen` (null where it is not known or not due) and, for `possible` ones, `ID/could` (whether due or
not), and `ID=NAME` for formulas that are asked for. The same as `decide` for each row, documents and
judgements left unanswered. What is asked of every subject alike is computed once for all policies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add

import polars as pl

from huanchuang.engines.expression import Answers, Bound
from huanchuang.engines.expression.columns import with_gaps
from huanchuang.engines.kernel.workcalendar import WorkCalendar
from huanchuang.engines.rules.policy import Policy, bind_policy

MOST_REQUIREMENTS = 62
YES, NO, UNKNOWN = 1, 0, -1
_ROW, _NONE = "~", "~none"
_SHORT = 15
"""Requirements up to which a mask fits into 16 bits while it is put together."""


def assess(
    policies: Sequence[Policy],
    table: pl.DataFrame,
    as_of: date,
    calendar: WorkCalendar | None = None,
    formulas: Mapping[str, Sequence[str]] | None = None,
    possible: Collection[str] = (),
) -> pl.DataFrame:
    """The columns of the answers; policies not in force on the day have none.

    `formulas`: names of whole-numbered formulas wanted beside, by id of the policy. `possible`: ids of the policies whose
    amount is wanted of everybody, whatever the result.

    ValueError for a policy with more than 62 requirements, ProblemError for columns of the wrong type.
    """
    wanted = formulas or {}
    in_force = [policy for policy in policies if policy.is_in_force(as_of)]
    bounds: dict[str, Bound] = {}
    for policy in in_force:
        bounds |= _named(policy, as_of, calendar, wanted.get(policy.id, ()))
    if not in_force:
        return pl.DataFrame()
    answers = Answers(bounds).open(table) if bounds else table.select(pl.int_range(pl.len()).alias(_NONE))
    settled = frozenset(answers.columns) - with_gaps(answers)
    masks = [mask for policy in in_force for mask in _masks(policy, as_of, calendar, settled)]
    first = answers.lazy().with_columns(pl.lit(0, dtype=pl.Int8).alias(_ROW)).with_columns(masks)
    whole = _whole_already(answers)
    final = [output for policy in in_force for output in _outputs(policy, wanted.get(policy.id, ()), whole)]
    final += [
        _whole(f"{policy.id}#fen", whole).alias(f"{policy.id}/could")
        for policy in in_force
        if policy.id in possible and policy.amount is not None
    ]
    return first.select(final).collect()


def _named(
    policy: Policy, as_of: date, calendar: WorkCalendar | None, formulas: Sequence[str]
) -> dict[str, Bound]:
    """The expressions of a policy by a name of their own in the table."""
    bound = bind_policy(policy, as_of, calendar)
    if len(bound.conditions) > MOST_REQUIREMENTS:
        raise ValueError(f"{policy.id}: more than {MOST_REQUIREMENTS} requirements")
    named = {f"{policy.id}#{index}": one for index, one in enumerate(bound.conditions) if one is not None}
    for formula, expression in zip(policy.formulas, bound.formulas, strict=True):
        if formula.key in formulas:
            named[f"{policy.id}={formula.key}"] = expression
    return named if bound.amount is None else {**named, f"{policy.id}#fen": bound.amount}


def _masks(
    policy: Policy, as_of: date, calendar: WorkCalendar | None, settled: frozenset[str]
) -> list[pl.Expr]:
    """The masks of the requirements that failed and that are unknown; a condition unknown in no row costs half."""
    conditions = bind_policy(policy, as_of, calendar).conditions
    width = pl.Int16 if len(conditions) < _SHORT else pl.Int64
    nothing = pl.lit(0, dtype=width)
    failed, unknown = [pl.col(_ROW).cast(width)], [pl.col(_ROW).cast(width)]
    for index, condition in enumerate(conditions):
        bit, outcome = pl.lit(1 << index, dtype=width), pl.col(f"{policy.id}#{index}")
        if condition is None:
            unknown.append(bit)
        elif f"{policy.id}#{index}" in settled:
            failed.append(pl.when(outcome).then(nothing).otherwise(bit))
        else:
            failed.append(pl.when(~outcome).then(bit).otherwise(nothing))
            unknown.append(pl.when(outcome.is_null()).then(bit).otherwise(nothing))
    return [
        reduce(add, failed).cast(pl.Int64).alias(f"{policy.id}/failed"),
        reduce(add, unknown).cast(pl.Int64).alias(f"{policy.id}/unknown"),
    ]


def _outputs(policy: Policy, formulas: Sequence[str], whole: frozenset[str]) -> list[pl.Expr]:
    """Result and masks, the amount where it is due, and the formulas that are asked for."""
    failed, unknown = pl.col(f"{policy.id}/failed"), pl.col(f"{policy.id}/unknown")
    no, open_, yes = (pl.lit(value, dtype=pl.Int8) for value in (NO, UNKNOWN, YES))
    result = pl.when(failed != 0).then(no).when(unknown != 0).then(open_).otherwise(yes)
    found = [result.alias(policy.id), failed, unknown]
    if policy.amount is not None:
        due = (failed == 0) & (unknown == 0)
        found.append(pl.when(due).then(_whole(f"{policy.id}#fen", whole)).alias(f"{policy.id}/fen"))
    found += [_whole(f"{policy.id}={name}", whole).alias(f"{policy.id}={name}") for name in formulas]
    return found


def _whole_already(answers: pl.DataFrame) -> frozenset[str]:
    """The numbers whose denominator is 1 in every row: dividing costs more than all the rest."""
    below = [name for name in answers.columns if name.endswith("/")]
    if not below:
        return frozenset()
    edges = answers.select(
        *(pl.col(name).min().alias(f"{name}<") for name in below),
        *(pl.col(name).max().alias(f"{name}>") for name in below),
    ).row(0, named=True)
    return frozenset(name for name in below if edges[f"{name}<"] == edges[f"{name}>"] == 1)


def _whole(name: str, already: frozenset[str]) -> pl.Expr:
    """A whole number from its numerator and denominator."""
    below = f"{name}/"
    found = pl.col(name) if below in already else pl.col(name) // pl.col(below)
    return found.cast(pl.Int64)
