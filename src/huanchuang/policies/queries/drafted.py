"""Drafts of policies, set beside what is published before they are published themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.definitions.models import LIVING, Draft
from huanchuang.definitions.queries.versions import Version
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.rules.clash import Clash, Side
from huanchuang.packs.texts import read_texts
from huanchuang.policies.queries.library import KIND, Listed
from huanchuang.policies.queries.population import asked_organisations, results_of
from huanchuang.policies.queries.table import KEY

VIEW = "definitions.draft.view"
MOST = 500
"""Organisations to which drafts are put while the reader waits."""


@dataclass(frozen=True)
class Drafted:
    """A draft with the policy it would be."""

    draft: Draft
    listed: Listed


@dataclass(frozen=True)
class Drafts:
    """Drafts that can be read, and how many cannot and are therefore not compared."""

    readable: Sequence[Drafted] = ()
    unreadable: int = 0

    def on(self, day: dt.date) -> list[Drafted]:
        """Those that would hold on a day."""
        return [one for one in self.readable if one.listed.is_here and one.listed.policy.is_in_force(day)]


def may_see_drafts(user: User) -> bool:
    """Whether somebody may see what is not published yet."""
    return allows(user, VIEW)


def drafts_of_policies(key: int | None = None) -> Drafts:
    """The drafts somebody works on; one of them where it is named."""
    rows = Draft.objects.filter(kind=KIND, state__in=LIVING).order_by("pack")
    every = list(rows if key is None else rows.filter(pk=key))
    read = [(draft, _read(draft)) for draft in every]
    readable = [Drafted(draft, listed) for draft, listed in read if listed is not None]
    return Drafts(readable, len(every) - len(readable))


def _read(draft: Draft) -> Listed | None:
    try:
        pack = read_texts(draft.kind, draft.pack, draft.files)
    except ProblemError:
        return None
    return Listed(pack, Version(pack.id, pack))


def with_drafts(published: Sequence[Listed], drafts: Sequence[Drafted]) -> list[Listed]:
    """What would hold were the drafts published: each in the place of the version it goes on from."""
    return list(({one.id: one for one in published} | {one.listed.id: one.listed for one in drafts}).values())


def is_about(clash: Clash, names: Collection[str]) -> bool:
    """Whether one of some policies has a part in it."""
    return any(side.policy.id in names for side in (clash.one, clash.other) if side is not None)


def mark_of(clash: Clash) -> tuple[str, frozenset[tuple[str, str, str]]]:
    """By what a contradiction is known again when a figure of it was changed: its kind and both clauses."""
    return clash.kind, frozenset(_mark(side) for side in (clash.one, clash.other) if side is not None)


def _mark(side: Side) -> tuple[str, str, str]:
    return (
        side.policy.id,
        "" if side.requirement is None else side.requirement.id,
        "" if side.group is None else side.group.name,
    )


def frame_with(frame: pl.DataFrame, drafts: Sequence[Drafted], day: dt.date) -> pl.DataFrame:
    """The columns of a run with what the drafts come to for its organisations, by the figures of today as of its day."""
    if not frame.height or not drafts:
        return frame
    listed = [one.listed for one in drafts]
    among = asked_organisations().filter(pk__in=frame[KEY].to_list())
    found = results_of(among, listed, day)
    if not found.height:
        return frame
    fresh = [name for one in listed for name in (one.id, f"{one.id}/fen") if name in found.columns]
    old = [name for name in fresh if name in frame.columns]
    return frame.drop(old).join(found.select(KEY, *fresh), on=KEY, how="left")
