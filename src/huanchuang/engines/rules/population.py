"""Decides many policies for a whole table of subjects at once, as columns: results, masks of requirements, amounts in fen.

For each policy in force: `ID` (1 yes, 0 no, -1 unknown), `ID/failed` and `ID/unknown` (bit i is requirement i of that day) and,
if it has an amount, `ID/fen` (null where it is not known or not due). The same as `decide` for each row, documents and
judgements left unanswered. What is asked of every subject alike is computed once for all policies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from huanchuang.engines.expression import Answers, Bound
from huanchuang.engines.kernel.workcalendar import WorkCalendar
from huanchuang.engines.rules.policy import Policy, bind_policy

MOST_REQUIREMENTS = 62
YES, NO, UNKNOWN = 1, 0, -1


def assess(
    policies: Sequence[Policy], table: pl.DataFrame, as_of: date, calendar: WorkCalendar | None = None
) -> pl.DataFrame:
    """The columns of the answers; policies not in force on the day have none.

    ValueError for a policy with more than 62 requirements, ProblemError for columns of the wrong type.
    """
    in_force = [policy for policy in policies if policy.is_in_force(as_of)]
    bounds: dict[str, Bound] = {}
    for policy in in_force:
        bounds |= _named(policy, as_of, calendar)
    answers = Answers(bounds).of(table) if bounds else table.select([])
    outputs = [output for policy in in_force for output in _outputs(policy, as_of, calendar)]
    if not outputs:
        return pl.DataFrame()
    rows = pl.DataFrame({"~": pl.repeat(0, table.height, dtype=pl.Int8, eager=True)})
    first = rows.hstack(answers.get_columns()).lazy().with_columns(outputs)
    final = first.with_columns([output for policy in in_force for output in _results(policy)])
    names = [name for policy in in_force for name in _columns(policy)]
    return final.select(names).collect()


def _columns(policy: Policy) -> list[str]:
    names = [policy.id, f"{policy.id}/failed", f"{policy.id}/unknown"]
    return names if policy.amount is None else [*names, f"{policy.id}/fen"]


def _named(policy: Policy, as_of: date, calendar: WorkCalendar | None) -> dict[str, Bound]:
    """The expressions of a policy by a name of their own in the table."""
    bound = bind_policy(policy, as_of, calendar)
    if len(bound.conditions) > MOST_REQUIREMENTS:
        raise ValueError(f"{policy.id}: more than {MOST_REQUIREMENTS} requirements")
    named = {f"{policy.id}#{index}": one for index, one in enumerate(bound.conditions) if one is not None}
    return named if bound.amount is None else {**named, f"{policy.id}#fen": bound.amount}


def _outputs(policy: Policy, as_of: date, calendar: WorkCalendar | None) -> list[pl.Expr]:
    """The masks of the requirements that failed and that are unknown."""
    failed: list[pl.Expr] = []
    unknown: list[pl.Expr] = []
    for index, condition in enumerate(bind_policy(policy, as_of, calendar).conditions):
        bit = pl.lit(1 << index, dtype=pl.Int64)
        nothing = pl.lit(0, dtype=pl.Int64)
        if condition is None:
            unknown.append(pl.when(pl.col("~") == 0).then(bit))
            continue
        outcome = pl.col(f"{policy.id}#{index}")
        failed.append(pl.when(outcome == NO).then(bit).otherwise(nothing))
        unknown.append(pl.when(outcome == UNKNOWN).then(bit).otherwise(nothing))
    return [
        _together(failed).alias(f"{policy.id}/failed"),
        _together(unknown).alias(f"{policy.id}/unknown"),
    ]


def _together(bits: Sequence[pl.Expr]) -> pl.Expr:
    found: pl.Expr = pl.col("~").cast(pl.Int64)
    for bit in bits:
        found = found + bit
    return found


def _results(policy: Policy) -> list[pl.Expr]:
    """The result from the masks, and the amount where it is due and a whole number of fen."""
    failed, unknown = pl.col(f"{policy.id}/failed"), pl.col(f"{policy.id}/unknown")
    no, open_, yes = (pl.lit(value, dtype=pl.Int8) for value in (NO, UNKNOWN, YES))
    result = pl.when(failed != 0).then(no).when(unknown != 0).then(open_).otherwise(yes)
    found = [result.alias(policy.id)]
    if policy.amount is not None:
        due = (failed == 0) & (unknown == 0)
        above, below = pl.col(f"{policy.id}#fen"), pl.col(f"{policy.id}#fen/")
        found.append(pl.when(due).then(above // below).cast(pl.Int64).alias(f"{policy.id}/fen"))
    return found
