"""How good the figures are that policies ask for: who has them, how old they are, how many decisions each would settle.

All of it is read from the columns of a run, whatever the number of organisations, and says what the run knew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from huanchuang.engines.rules.population import UNKNOWN
from huanchuang.facts.queries import dictionary
from huanchuang.policies.models import Run
from huanchuang.policies.queries.idle import IDLE, idle_name
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.needs import FOUNDED, HAS, RECORDED, STALE, Asked, Need, asked_by
from huanchuang.policies.queries.runs import concerned, policies_of, result_of
from huanchuang.policies.queries.table import KEY

OTHERS, TOTAL = "/others", "/total"
"""How many requirements of a decision wait for something else than a figure, and how many things it waits for in all."""


@dataclass(frozen=True)
class Quality:
    """One figure: how many organisations have it and how old it is; how many decisions wait for it, and for it alone."""

    need: Need
    title: str
    have: int
    lack: int
    stale: int
    """How many of those that lack it have one that is too old."""
    oldest: dt.date | None
    newest: dt.date | None
    days: int | None
    """How long a value may be used; None for ever, and for a figure of a period."""
    waits: int
    settles: int

    @property
    def share(self) -> int:
        """How many of a hundred have it."""
        every = self.have + self.lack
        return 100 * self.have // every if every else 0


@dataclass(frozen=True)
class Waiting:
    """The decisions of a run that cannot be told: by how much it takes to settle them."""

    single: int
    """One figure settles it."""
    several: int
    """It takes more figures than one."""
    others: int
    """It also takes a paper, a judgement, a parameter that nobody published."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.single + self.several + self.others


@dataclass(frozen=True)
class Lacking:
    """An organisation without a figure: how many of its decisions wait for it, and for it alone; from when its old one is."""

    organisation: int
    waits: int
    settles: int
    is_stale: bool
    recorded: dt.date | None


def has_quality(run: Run) -> bool:
    """Whether a run kept who has which figure; older runs did not."""
    return FOUNDED in result_of(run).columns


def waiting_in(decisions: Sequence[pl.DataFrame]) -> Waiting:
    """How many decisions are open, by what it takes to settle them."""
    single = several = others = 0
    for missing in decisions:
        alone = missing[OTHERS] == 0
        single += int((alone & (missing[TOTAL] == 1)).sum())
        several += int((alone & (missing[TOTAL] > 1)).sum())
        others += int((~alone).sum())
    return Waiting(single, several, others)


def quality_of(run: Run, decisions: Sequence[pl.DataFrame], language: str = "zh") -> list[Quality]:
    """Every figure that some policy asks for, those that settle most first."""
    frame, found = result_of(run), _needed(run)
    waits, settles = dict.fromkeys(found, 0), dict.fromkeys(found, 0)
    for missing in decisions:
        for name in figures_in(missing):
            waits[name] += int(missing[name].sum())
            settles[name] += int((missing[name] & (missing[TOTAL] == 1)).sum())
    lines = [
        _line(frame, need, carriers, (waits[name], settles[name]), language)
        for name, (need, carriers) in found.items()
    ]
    return sorted(lines, key=lambda one: (-one.settles, -one.waits, one.share, one.need.name))


def _needed(run: Run) -> dict[str, tuple[Need, set[bool]]]:
    """By name each figure that policies of a run ask for, and whether of carriers, of others, or of both."""
    columns, found = set(result_of(run).columns), dict[str, tuple[Need, set[bool]]]()
    for one in asked_in(run):
        for asked in asked_by(one, run.as_of):
            for need in asked.needs if asked else ():
                if f"{HAS}{need.name}" in columns:
                    before, carriers = found.get(need.name, (need, set()))
                    found[need.name] = need if need.end is None else before, carriers | {one.for_carriers}
    return found


def _line(
    frame: pl.DataFrame, need: Need, carriers: Collection[bool], counts: tuple[int, int], language: str
) -> Quality:
    """A figure among the organisations it is asked of: those founded after its period are not."""
    asked = pl.col("carrier").is_in(list(carriers)) & ~_is_later(need)
    has, stale, recorded = (
        pl.col(column) if column in frame.columns else pl.lit(None)
        for column in (f"{HAS}{need.name}", f"{STALE}{need.name}", f"{RECORDED}{need.name}")
    )
    days = pl.when(asked).then(recorded)
    found = frame.select(
        asked=asked.sum(),
        have=(asked & has).sum(),
        stale=(asked & stale).sum(),
        oldest=days.min(),
        newest=days.max(),
    ).row(0, named=True)
    return Quality(
        need, need.title(language), found["have"], found["asked"] - found["have"], found["stale"] or 0,
        found["oldest"], found["newest"], _days_of(need), *counts,
    )  # fmt: skip


def _is_later(need: Need) -> pl.Expr:
    """Whether an organisation was founded after the period of a figure, so that it does not need it."""
    return pl.lit(value=False) if need.end is None else (pl.col(FOUNDED) > need.end).fill_null(value=False)


def _days_of(need: Need) -> int | None:
    entry = None if need.is_records or need.period is not None else dictionary.entry(need.key)
    return None if entry is None else entry.freshness_days


def asked_in(run: Run) -> list[Listed]:
    """The policies of a run that kept who has which figure, in the order of `open_in`."""
    columns = set(result_of(run).columns)
    return [one for one in policies_of(run) if one.id in columns] if FOUNDED in columns else []


def open_in(run: Run) -> list[pl.DataFrame]:
    """For each policy the decisions that cannot be told: the organisation, what it lacks, how much else is open, and in all.

    A figure counts as lacking where a requirement that asks for it is open, it is not there, and it can still change
    the answer: the same figures as the page of each organisation names.
    """
    frame = result_of(run)
    return [_open(one, frame, asked_by(one, run.as_of)) for one in asked_in(run)]


def _open(one: Listed, frame: pl.DataFrame, asked: Sequence[Asked | None]) -> pl.DataFrame:
    kept = set(frame.columns)
    needs = sorted(
        {need.name for each in asked if each for need in each.needs if f"{HAS}{need.name}" in kept}
    )
    idle = sorted(name for name in kept if name.startswith(f"{IDLE}{one.id}#"))
    columns = [
        KEY,
        "carrier",
        FOUNDED,
        one.id,
        f"{one.id}/unknown",
        *(f"{HAS}{name}" for name in needs),
        *idle,
    ]
    about = concerned(frame.select(columns), one).filter(pl.col(one.id) == UNKNOWN)
    lacking: dict[str, pl.Expr] = {}
    others: pl.Expr = pl.lit(0, dtype=pl.Int64)
    for place, each in enumerate(asked):
        is_open = (pl.col(f"{one.id}/unknown").cast(pl.Int64) // (1 << place)) % 2 == 1
        lacks = {
            need.name: is_open & _lacks(need) & ~_is_idle(idle_name(one.id, place, need.name), kept)
            for need in (each.needs if each else ())
            if need.name in needs
        }
        for name, expr in lacks.items():
            lacking[name] = lacking[name] | expr if name in lacking else expr
        explained = pl.any_horizontal(list(lacks.values())) if lacks else pl.lit(value=False)
        if each is not None and each.is_open:
            explained = pl.lit(value=False)
        others = others + (is_open & ~explained).cast(pl.Int64)
    found = about.select(KEY, others.alias(OTHERS), **lacking)
    total = pl.sum_horizontal([pl.col(OTHERS), *(pl.col(name).cast(pl.Int64) for name in lacking)])
    return found.with_columns(total.alias(TOTAL))


def _lacks(need: Need) -> pl.Expr:
    return ~pl.col(f"{HAS}{need.name}") & ~_is_later(need)


def _is_idle(name: str, kept: Collection[str]) -> pl.Expr:
    """Whether a figure that is not there changes nothing any more; a run that did not keep it says no."""
    return pl.col(name).fill_null(value=False) if name in kept else pl.lit(value=False)


def figures_in(missing: pl.DataFrame) -> list[str]:
    """The names of the figures that open decisions of a policy may lack."""
    return [name for name in missing.columns if name not in (KEY, OTHERS, TOTAL)]


def lacking_in(
    run: Run, decisions: Sequence[pl.DataFrame], name: str, among: Collection[int]
) -> list[Lacking]:
    """The organisations of those given that lack a figure some decision waits for, those first for which it settles most."""
    frame = result_of(run)
    parts = [
        missing.filter(pl.col(name)).select(KEY, settles=pl.col(TOTAL) == 1)
        for missing in decisions if name in missing.columns
    ]  # fmt: skip
    if not parts:
        return []
    counted = pl.concat(parts).group_by(KEY).agg(pl.len().alias("waits"), pl.col("settles").sum())
    kept = [column for column in (f"{STALE}{name}", f"{RECORDED}{name}") if column in frame.columns]
    rows = counted.join(frame.select(KEY, *kept), on=KEY).sort(
        "settles", "waits", KEY, descending=[True, True, False]
    )
    return [
        Lacking(row[KEY], row["waits"], row["settles"], bool(row.get(f"{STALE}{name}")), row.get(f"{RECORDED}{name}"))
        for row in rows.iter_rows(named=True) if row[KEY] in among
    ]  # fmt: skip


def line_in(lines: Sequence[Quality], name: str) -> Quality | None:
    """The figure of this name."""
    return next((one for one in lines if one.need.name == name), None)
