"""Which figures and records each requirement of a policy asks for, and who has them: columns that a run keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.arithmetic import day_of
from huanchuang.engines.expression.columns.facts import column_name
from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.kernel import Period
from huanchuang.engines.rules import bind_policy
from huanchuang.packs.policies.criteria import REGISTERED
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.queries.idle import guards_at, idle_columns
from huanchuang.policies.queries.known import Subject
from huanchuang.policies.queries.library import Listed

HAS, STALE, RECORDED, FOUNDED = "has/", "stale/", "recorded/", "founded"
"""Before the name of a figure in the columns of a run: whether each organisation has it, whether it has only one that is
too old, and when that was recorded; and the day from which an organisation has figures at all."""
Counted = ops.CountRows | ops.SumRows


@dataclass(frozen=True)
class Need:
    """A figure of a period, or the records of a kind, that a requirement asks for."""

    name: str
    """Of its column."""
    node: ops.FactAt | Counted
    end: dt.date | None = None
    """The last day of its period, where an organisation that was founded later does not need it."""

    @property
    def key(self) -> str:
        """What the dictionary or the relation calls it."""
        return self.node.relation.key if isinstance(self.node, Counted) else self.node.fact.key

    @property
    def period(self) -> Period | None:
        """None for what has no period."""
        return None if isinstance(self.node, Counted) else self.node.period

    @property
    def is_records(self) -> bool:
        """Whether it is records of the register and no figure."""
        return isinstance(self.node, Counted)

    def title(self, language: str) -> str:
        """How it is called: 2025年研发费用, 知识产权."""
        return (
            self.node.relation.name(language)
            if isinstance(self.node, Counted)
            else phrase(self.node, language)
        )


@dataclass(frozen=True)
class Asked:
    """What one requirement asks for; `is_open` if it cannot be told whatever is known: a parameter nobody published."""

    needs: tuple[Need, ...]
    is_open: bool = False
    ways: Mapping[str, Sequence[tuple[ops.Node, ...]]] = field(default_factory=dict)
    """Name of a need → for each place where it stands the conditions under any of which it changes nothing there."""


def asked_by(one: Listed, as_of: dt.date) -> list[Asked | None]:
    """For each requirement of a policy on a day what it asks for; None for papers and people."""
    bound = bind_policy(one.policy, as_of, work_calendar())
    return [None if condition is None else _asked(condition.node) for condition in bound.conditions]


def _asked(node: ops.Node) -> Asked:
    found: dict[str, Need] = {}
    ways: dict[str, list[tuple[ops.Node, ...]]] = {}
    for need, guards in _needs(node, None, ()):
        before = found.get(need.name)
        found[need.name] = need if before is None or need.end is None else before
        ways.setdefault(need.name, []).append(guards)
    return Asked(tuple(found.values()), _lacks_parameter(node), ways)


def _needs(
    node: ops.Node, end: dt.date | None, guards: tuple[ops.Node, ...]
) -> Iterator[tuple[Need, tuple[ops.Node, ...]]]:
    """Whatever may keep an operation from being told; whether a figure is known at all can always be told."""
    if isinstance(node, ops.FactAt):
        yield Need(column_name(node.fact, node.period), node, end), guards
    if isinstance(node, Counted):
        yield Need(node.relation.key, node), guards
    if isinstance(node, ops.IsKnown):
        return
    ends = [end] * len(node.parts)
    if isinstance(node, ops.Over):
        ends[1:] = [day_of(day) for day in node.ends]
    settled = _settled_by_absence(node)
    for index, (part, until) in enumerate(zip(node.parts, ends, strict=True)):
        below = _needs(part, until, (*guards, *guards_at(node, index)))
        yield from ((need, within) for need, within in below if need.name not in settled)


def _settled_by_absence(node: ops.Node) -> set[str]:
    """The figures whose absence tells the whole: X 已知 且 …, X 未知 或 …."""
    found = set()
    for part in node.parts:
        match node, part:
            case (ops.And(), ops.IsKnown(parts=(ops.FactAt() as asked,))) | (
                ops.Or(),
                ops.Not(parts=(ops.IsKnown(parts=(ops.FactAt() as asked,)),)),
            ):
                found.add(column_name(asked.fact, asked.period))
    return found


def _lacks_parameter(node: ops.Node) -> bool:
    if isinstance(node, ops.Constant) and node.parameter is not None and node.value is None:
        return True
    return any(_lacks_parameter(part) for part in node.parts)


def presence(
    listed: Sequence[Listed], table: pl.DataFrame, known: Sequence[Subject], as_of: dt.date
) -> pl.DataFrame:
    """For each need of some policy whether each organisation has it, has it too old, and when it was recorded."""
    asked_of = [
        (one, place, asked) for one in listed for place, asked in enumerate(asked_by(one, as_of)) if asked
    ]
    every = [asked for _one, _place, asked in asked_of]
    names = sorted({need.name for asked in every for need in asked.needs})
    nothing = pl.Series([False] * table.height, dtype=pl.Boolean)
    has = [
        (table[name].is_not_null() if name in table.columns else nothing).alias(f"{HAS}{name}")
        for name in names
    ]
    stale, recorded = _days(known, set(names))
    return pl.DataFrame(
        [
            pl.Series(
                FOUNDED,
                table[REGISTERED] if REGISTERED in table.columns else [None] * table.height,
                dtype=pl.Date,
            ),
            *has,
            *(pl.Series(f"{STALE}{name}", flags, dtype=pl.Boolean) for name, flags in sorted(stale.items())),
            *(pl.Series(f"{RECORDED}{name}", days, dtype=pl.Date) for name, days in sorted(recorded.items())),
            *idle_columns([(one.policy, place, asked.ways) for one, place, asked in asked_of], table, as_of),
        ]
    )


def _days(
    known: Sequence[Subject], names: set[str]
) -> tuple[dict[str, list[bool]], dict[str, list[dt.date | None]]]:
    """Who has only a value that is too old, and when the value that is used, or else that one, was recorded."""
    stale: dict[str, list[bool]] = {}
    recorded: dict[str, list[dt.date | None]] = {}
    for row, subject in enumerate(known):
        old = {one.fact.key: one for one in subject.stale if (one.fact.key, "") not in subject.taken}
        for one in (*subject.taken.values(), *old.values()):
            name = f"{one.fact.key}@{one.period}" if one.period else one.fact.key
            if name in names and one.recorded is not None:
                recorded.setdefault(name, [None] * len(known))[row] = one.recorded
        for name in old.keys() & names:
            stale.setdefault(name, [False] * len(known))[row] = True
    return stale, recorded
