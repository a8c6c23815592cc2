"""What the rules between policies do in a run: overlaps with and without a rule, and the best that each can have together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.engines.kernel import Money
from huanchuang.engines.rules import Combination, Policy
from huanchuang.engines.rules.clash import Clash, clashes
from huanchuang.engines.rules.overlap import Overlap, overlaps_of
from huanchuang.engines.rules.population import YES
from huanchuang.engines.rules.together import BEST, BITES, ENTITLED, combination_of, groups_among, together
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.policies.models import Run
from huanchuang.policies.queries.drafted import Drafted, frame_with, with_drafts
from huanchuang.policies.queries.library import Listed, in_force
from huanchuang.policies.queries.runs import concerned, policies_of, result_of
from huanchuang.policies.queries.table import KEY


def with_together(frame: pl.DataFrame, listed: Sequence[Listed]) -> pl.DataFrame:
    """The columns of a run with what each organisation is due in sum, what it can have together, and whether rules take off."""
    if not frame.height:
        return frame
    parts = [
        together(frame, _policies(frame, listed, for_carriers=flag)).select(pl.all().name.suffix(f"/{flag}"))
        for flag in (True, False)
    ]
    wide = frame.hstack([column for part in parts for column in part.get_columns()])
    chosen = [
        pl.when(pl.col("carrier")).then(pl.col(f"{name}/True")).otherwise(pl.col(f"{name}/False")).alias(name)
        for name in (ENTITLED, BEST, BITES)
    ]
    return wide.with_columns(chosen).drop(
        [f"{name}/{flag}" for name in (ENTITLED, BEST, BITES) for flag in (True, False)]
    )


def _policies(frame: pl.DataFrame, listed: Sequence[Listed], *, for_carriers: bool) -> list[Policy]:
    columns = set(frame.columns)
    return [one.policy for one in listed if one.for_carriers == for_carriers and one.id in columns]


def frame_of(run: Run) -> pl.DataFrame:
    """The columns of a run; those of a run from before these were kept are made."""
    frame = result_of(run)
    return frame if not frame.height or BEST in frame.columns else with_together(frame, policies_of(run))


@dataclass(frozen=True)
class Sums:
    """What is due in sum over a run, and what of it the rules leave."""

    due: Money
    best: Money
    organisations: int
    """That are due anything."""
    bitten: int
    """Of which rules take something off."""

    @property
    def taken(self) -> Money:
        """What the rules take off."""
        return Money(self.due.fen - self.best.fen)


def sums_of(run: Run) -> Sums:
    """The sums of a run."""
    frame = frame_of(run)
    if not frame.height:
        return Sums(Money(0), Money(0), 0, 0)
    due, best = int(frame[ENTITLED].sum()), int(frame[BEST].sum())
    return Sums(Money(due), Money(best), int((frame[ENTITLED] > 0).sum()), int(frame[BITES].sum()))


@dataclass(frozen=True)
class Best:
    """What one organisation can have together."""

    organisation: int
    due: Money
    best: Money
    combination: Combination

    @property
    def taken(self) -> Money:
        """What the rules take off."""
        return Money(self.due.fen - self.best.fen)


def rows_of(run: Run, *, bitten: bool) -> pl.DataFrame:
    """The organisations that are due anything, or of which rules take something off: the most that is taken first."""
    frame = frame_of(run)
    if not frame.height:
        return frame
    wanted = pl.col(BITES) if bitten else pl.col(ENTITLED) > 0
    return frame.filter(wanted).sort(pl.col(ENTITLED) - pl.col(BEST), pl.col(BEST), KEY, descending=[True, True, False])  # fmt: skip


def bests_of(run: Run, rows: pl.DataFrame) -> list[Best]:
    """The best combination of some rows, one by one."""
    paying = {flag: _paying(rows, policies_of(run), for_carriers=flag) for flag in (True, False)}
    known: dict[tuple[bool, tuple[int, ...]], Combination] = {}
    found = []
    for row in rows.iter_rows(named=True):
        some = paying[row["carrier"]]
        amounts = tuple(row[f"{one.id}/fen"] or 0 if row[one.id] == YES else 0 for one in some)
        place = row["carrier"], amounts
        if place not in known:
            known[place] = combination_of(amounts, some)
        found.append(Best(row[KEY], Money(row[ENTITLED]), Money(row[BEST]), known[place]))
    return found


def _paying(rows: pl.DataFrame, listed: Sequence[Listed], *, for_carriers: bool) -> list[Policy]:
    columns = set(rows.columns)
    every = _policies(rows, listed, for_carriers=for_carriers)
    return [one for one in every if f"{one.id}/fen" in columns]


@dataclass(frozen=True)
class Names:
    """What the policies of a run are called in a language, and how the rules between them read."""

    titles: Mapping[str, str]
    rules: Mapping[str, str]


def names_in(run: Run, words: str) -> Names:
    """The names of a run, made once for all rows of a list."""
    listed = policies_of(run)
    groups = groups_among([one.policy for one in listed])
    return Names(
        {one.id: one.title(words) for one in listed},
        {name: group.text.text(words) for name, group in groups.items()},
    )


def overlaps_in(run: Run, drafts: Sequence[Drafted] = ()) -> list[Overlap]:
    """The pairs of policies of a run that reach the same organisations, the most first; drafts as if they were published."""
    frame = frame_with(result_of(run), drafts, run.as_of)
    listed = with_drafts(policies_of(run), drafts)
    found: list[Overlap] = []
    for flag in (True, False):
        some = [one for one in listed if one.for_carriers == flag and one.id in frame.columns]
        if some:
            found.extend(overlaps_of(concerned(frame, some[0]), [one.policy for one in some]))
    return sorted(found, key=lambda pair: (-pair.subjects, pair.one.id, pair.other.id))


def shared_by(run: Run, one: Listed, other: Listed) -> list[tuple[int, int | None, int | None]]:
    """The organisations with a yes of both, and what is due of each."""
    frame = concerned(result_of(run), one)
    both = frame.filter((pl.col(one.id) == YES) & (pl.col(other.id) == YES)) if other.id in frame.columns else frame.clear()  # fmt: skip
    found = [
        (row[KEY], row.get(f"{one.id}/fen"), row.get(f"{other.id}/fen")) for row in both.iter_rows(named=True)
    ]
    return sorted(found, key=lambda row: (-((row[1] or 0) + (row[2] or 0)), row[0]))


def contradictions(day: dt.date, drafts: Sequence[Drafted] = ()) -> tuple[Clash, ...]:
    """What contradicts itself or another among the policies in force on a day; drafts as if they were published."""
    listed = with_drafts(in_force(day), drafts)
    return clashes([one.policy for one in listed], day, papers_of(listed), work_calendar())


def papers_of(listed: Sequence[Listed]) -> Mapping[str, frozenset[str]]:
    """Policy → the papers it rests on, by number where they have one."""
    return {one.id: frozenset(source.number or source.title for source in one.pack.sources) for one in listed}
