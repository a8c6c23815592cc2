"""A group of organisations in a run: which policies reach it, and which requirement keeps most of it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.engines.rules.population import UNKNOWN, YES
from huanchuang.engines.rules.reach import reach_of
from huanchuang.policies.models import Run
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.runs import DIMENSIONS, concerned, group_order, policies_of, result_of
from huanchuang.policies.queries.table import KEY

MOST = 3
"""Obstacles of a policy that are named."""
SHOWN = 8
"""Obstacles of a whole group that are named."""


@dataclass(frozen=True)
class Obstacle:
    """A requirement that keeps organisations of a group out of a policy."""

    listed: Listed
    text: str
    out: int
    """How many do not meet it."""
    sole: int
    """How many of them miss nothing else."""
    of: int
    """How many the policy is about."""


@dataclass(frozen=True)
class Reached:
    """How a policy answers within a group."""

    listed: Listed
    yes: int
    unknown: int
    no: int
    obstacles: Sequence[Obstacle]


@dataclass(frozen=True)
class Member:
    """One organisation of a group: policies that are a yes, and that cannot be told."""

    organisation: int
    yes: int
    unknown: int


def group_in(run: Run, chosen: Mapping[str, str]) -> pl.DataFrame:
    """The rows of the organisations with these marks: dimension → group."""
    frame = result_of(run)
    for name, group in chosen.items():
        if name in DIMENSIONS and name in frame.columns:
            frame = frame.filter(pl.col(name) == group)
    return frame


def asked_in(run: Run, frame: pl.DataFrame, benefit: str = "") -> list[Listed]:
    """The policies of a run, of one kind of benefit where asked."""
    found = [one for one in policies_of(run) if one.id in frame.columns]
    return [one for one in found if not benefit or one.written.benefit == benefit]


def reached_in(run: Run, frame: pl.DataFrame, benefit: str, words: str) -> list[Reached]:
    """Each policy that is about somebody in the group: those that reach most first."""
    found = [_reached(run, concerned(frame, one), one, words) for one in asked_in(run, frame, benefit)]
    about = [one for one in found if one.yes + one.unknown + one.no]
    return sorted(about, key=lambda one: (-one.yes, -one.unknown, one.listed.id))


def _reached(run: Run, about: pl.DataFrame, one: Listed, words: str) -> Reached:
    asked = {each.id: each.text.text(words) for each in one.policy.requirements_on(run.as_of)}
    reach = reach_of(about, one.id, list(asked))
    sole = dict(reach.sole)
    obstacles = [
        Obstacle(one, asked[name], out, sole.get(name, 0), about.height) for name, out in reach.often
    ]
    return Reached(one, reach.yes, reach.unknown, reach.no, obstacles)


def obstacles_in(reached: Sequence[Reached]) -> list[Obstacle]:
    """What keeps most of a group out, of all policies together: those that are the only one missing count first."""
    every = [obstacle for one in reached for obstacle in one.obstacles]
    return sorted(every, key=lambda one: (-one.out, -one.sole, one.listed.id, one.text))[:SHOWN]


def members_in(run: Run, frame: pl.DataFrame, benefit: str) -> list[Member]:
    """The organisations of a group: those that nothing reaches first."""
    listed = asked_in(run, frame, benefit)
    if not listed or not frame.height:
        return [Member(key, 0, 0) for key in frame[KEY]] if frame.height else []

    def count(value: int) -> pl.Expr:
        return pl.sum_horizontal(
            ((pl.col("carrier") == one.for_carriers) & (pl.col(one.id) == value)).cast(pl.Int64) for one in listed
        )  # fmt: skip

    rows = frame.select(KEY, yes=count(YES), unknown=count(UNKNOWN)).sort("yes", "unknown", KEY)
    return [Member(*row) for row in rows.iter_rows()]


def nobody_in(run: Run, words: str) -> list[tuple[Listed, Obstacle | None]]:
    """The policies that reach nobody, and cannot turn out to, each with what keeps most out."""
    frame = result_of(run)
    found = []
    for one in asked_in(run, frame):
        about = concerned(frame, one)
        if about.height and not ((about[one.id] == YES) | (about[one.id] == UNKNOWN)).any():
            obstacles = _reached(run, about, one, words).obstacles
            found.append((one, obstacles[0] if obstacles else None))
    return found


def options_of(run: Run, name: str) -> list[str]:
    """The groups that there are of a dimension, in their order."""
    frame = result_of(run)
    return sorted(set(frame[name]), key=group_order) if name in frame.columns else []
