"""Figures that are not there and change nothing any more: of the branch not taken, of a product with nothing, of a part that is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from huanchuang.engines.expression import Bound
from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.columns import Answers
from huanchuang.engines.expression.types import YES_NO
from huanchuang.engines.rules import Policy, bind_policy
from huanchuang.packs.vocabulary import work_calendar

IDLE = "idle/"
"""Before policy, place of the requirement and figure in the columns of a run, where some organisation is so."""
Ways = Mapping[str, Sequence[tuple[ops.Node, ...]]]
TELLING = (
    ops.And, ops.Or, ops.Multiply, ops.Divide, ops.Least, ops.Greatest, ops.Choose, ops.Table, ops.Compare, ops.Same,
    ops.Among,
)  # fmt: skip
"""Operations that can be told while one of their parts cannot."""


def idle_name(policy: str, place: int, figure: str) -> str:
    """The name of the column."""
    return f"{IDLE}{policy}#{place}/{figure}"


def guards_at(node: ops.Node, index: int) -> list[ops.Node]:
    """The conditions under any of which nothing below a part of an operation can change it any more."""
    part, found = node.parts[index], list[ops.Node]()
    if isinstance(part, TELLING):
        found.append(ops.IsKnown(type=YES_NO, parts=(part,)))
    if isinstance(node, ops.Choose) and index:
        condition = node.parts[0]
        found.append(ops.Not(type=YES_NO, parts=(condition,)) if index == 1 else condition)
    return found


def idle_columns(
    asked: Sequence[tuple[Policy, int, Ways]], table: pl.DataFrame, as_of: dt.date
) -> list[pl.Series]:
    """For each requirement and figure where it changes nothing; without those of which that is never so.

    What is asked of many is computed once for all.
    """
    guarded = [
        (policy, place, name, ways)
        for policy, place, each in asked
        for name, ways in each.items()
        if all(ways)
    ]
    bounds: dict[str, Bound] = {}
    names: dict[ops.Node, str] = {}
    for policy, place, _name, ways in guarded:
        bound = bind_policy(policy, as_of, work_calendar()).conditions[place]
        for guard in (guard for way in ways for guard in way):
            if bound is not None and guard not in names:
                names[guard] = f"~{len(names)}"
                bounds[names[guard]] = replace(bound, node=guard)
    if not bounds:
        return []
    told = Answers(bounds).open(table)
    found = told.select(
        pl.all_horizontal(
            [
                pl.any_horizontal([pl.col(names[guard]).fill_null(value=False) for guard in way])
                for way in ways
            ]
        ).alias(idle_name(policy.id, place, name))
        for policy, place, name, ways in guarded
    )
    return [column for column in found.get_columns() if column.any()]
