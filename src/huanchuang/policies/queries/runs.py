"""What a run came to: policy by policy, organisation by organisation, and the groups that no policy reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from huanchuang.engines.kernel import Money
from huanchuang.engines.rules.population import NO, UNKNOWN, YES
from huanchuang.files.queries import place_of
from huanchuang.packs import vocabulary
from huanchuang.policies.models import Run
from huanchuang.policies.queries.library import Listed, policy_named, policy_with
from huanchuang.policies.queries.population import AGES, LARGE, NOTHING, OLD, SIZES
from huanchuang.policies.queries.table import KEY

RESULTS: Mapping[str, int] = {"yes": YES, "unknown": UNKNOWN, "no": NO}
DIMENSIONS = ("industry", "size", "age", "region", "stage")
FEW = 3
"""Groups of fewer organisations are not called blind spots: one firm is no group."""
RESULTS_KEPT = 4


def runs() -> Sequence[Run]:
    """All runs, the newest first."""
    return list(Run.objects.select_related("job", "file")[:100])


def result_of(run: Run) -> pl.DataFrame:
    """The columns of a run that has ended well."""
    if run.file is None:
        return pl.DataFrame()
    return read_columns(run.file.digest)


@lru_cache(RESULTS_KEPT)
def read_columns(digest: str) -> pl.DataFrame:
    """A stored file of columns."""
    return pl.read_parquet(place_of(digest))


def policies_of(run: Run) -> list[Listed]:
    """The policies a run asked, in the versions it asked, as far as they are still there."""
    found = (policy_with(one["digest"]) or policy_named(one["policy"], run.as_of) for one in run.definitions)
    return [one for one in found if one is not None]


def counts_of(frame: pl.DataFrame, listed: Sequence[Listed]) -> dict[str, dict[str, int]]:
    """Policy → how many yes, no and unknown among those it is about, and the sum of amounts in fen."""
    found = {}
    for one in listed:
        about = concerned(frame, one)
        column = about[one.id]
        counted: dict[str, Any] = {word: int((column == value).sum()) for word, value in RESULTS.items()}
        fen = f"{one.id}/fen"
        found[one.id] = {**counted, "fen": int(about[fen].sum() or 0) if fen in about.columns else 0}
    return found


def concerned(frame: pl.DataFrame, one: Listed) -> pl.DataFrame:
    """The organisations that a policy is about."""
    return frame.filter(pl.col("carrier") == one.for_carriers)


@dataclass(frozen=True)
class PolicyLine:
    """One policy in a run."""

    listed: Listed
    counts: Mapping[str, int]

    @property
    def money(self) -> Money | None:
        """What all who may have it would get, where it brings money."""
        return Money(self.counts["fen"]) if self.listed.policy.amount else None

    @property
    def is_open(self) -> bool:
        """Whether more than half of those it is about cannot be told yet."""
        counts = self.counts
        return 2 * counts["unknown"] > counts["yes"] + counts["no"] + counts["unknown"]

    @property
    def reaches_nobody(self) -> bool:
        """Whether nobody is known to be eligible, and nobody could turn out to be."""
        return not self.counts["yes"] and not self.counts["unknown"]


def policy_lines(run: Run) -> list[PolicyLine]:
    """Each policy with its counts, those that reach most first."""
    lines = [PolicyLine(one, run.counts[one.id]) for one in policies_of(run) if one.id in run.counts]
    return sorted(lines, key=lambda line: (-line.counts["yes"], -line.counts["unknown"], line.listed.id))


@dataclass(frozen=True)
class Found:
    """One organisation in the list of a policy."""

    organisation: int
    fen: int | None
    failed: Sequence[str]
    unknown: Sequence[str]


def list_of(run: Run, one: Listed, result: str) -> list[Found]:
    """The organisations with a result for a policy: the largest amount first, then the fewest open requirements."""
    frame = result_of(run)
    if one.id not in frame.columns:
        return []
    about = concerned(frame, one).filter(pl.col(one.id) == RESULTS[result])
    asked = one.policy.requirements_on(run.as_of)
    fen = about[f"{one.id}/fen"].to_list() if f"{one.id}/fen" in about.columns else [None] * about.height
    rows = zip(about[KEY], fen, about[f"{one.id}/failed"], about[f"{one.id}/unknown"], strict=True)
    names = [requirement.text.text() for requirement in asked]
    found = [
        Found(key, amount, _named(failed, names), _named(open_, names)) for key, amount, failed, open_ in rows
    ]
    return sorted(
        found, key=lambda row: (-(row.fen or 0), len(row.failed) + len(row.unknown), row.organisation)
    )


def _named(mask: int, names: Sequence[str]) -> list[str]:
    return [name for place, name in enumerate(names) if mask >> place & 1]


@dataclass(frozen=True)
class Cell:
    """A group of organisations: how many, how many some policy reaches for sure, how many it might."""

    across: str
    down: str
    organisations: int
    reached: int
    open: int

    @property
    def share(self) -> int:
        """How many of a hundred are reached for sure."""
        return 100 * self.reached // self.organisations if self.organisations else 0

    @property
    def is_blind(self) -> bool:
        """Whether it is a group, and nobody in it is reached or might be."""
        return self.organisations >= FEW and not self.reached and not self.open

    @property
    def shade(self) -> int:
        """0 (nobody) to 4 (all), for the colour beside the figure."""
        return min(4, (self.share + 19) // 25)


@dataclass(frozen=True)
class Matrix:
    """Groups by two marks, with the cells row by row."""

    across: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell | None]]]
    blind: Sequence[Cell]


def matrix_of(run: Run, down: str, across: str, benefits: Sequence[str] = ()) -> Matrix:
    """Whom the policies of a run reach, by two marks of organisations; of some kinds of benefit only, where asked."""
    frame = result_of(run)
    listed = [
        one for one in policies_of(run)
        if one.id in frame.columns and (not benefits or one.written.benefit in benefits)
    ]  # fmt: skip
    if not frame.height or not listed:
        return Matrix([], [], [])
    yes, may = pl.lit(value=False), pl.lit(value=False)
    for one in listed:
        about = pl.col("carrier") == one.for_carriers
        yes |= about & (pl.col(one.id) == YES)
        may |= about & (pl.col(one.id) == UNKNOWN)
    grouped = frame.select(down, across, yes=yes, may=may & ~yes).group_by(down, across)
    counted = grouped.agg(pl.len().alias("n"), pl.col("yes").sum(), pl.col("may").sum())
    cells = {(row[0], row[1]): Cell(row[1], row[0], row[2], row[3], row[4]) for row in counted.iter_rows()}
    rows, columns = (sorted({key[place] for key in cells}, key=group_order) for place in (0, 1))
    table = [(name, [cells.get((name, column)) for column in columns]) for name in rows]
    blind = sorted((cell for cell in cells.values() if cell.is_blind), key=lambda cell: -cell.organisations)
    return Matrix(columns, table, blind)


def group_order(name: str) -> tuple[bool, int, str]:
    """Sizes and ages as they grow, codes as they are; what is not known last."""
    grown = [bound for _, bound in (*SIZES, *AGES)]
    last = {LARGE: len(grown), OLD: len(grown)}
    place = grown.index(name) if name in grown else last.get(name, 0)
    return name == NOTHING, place, name


def group_name(dimension: str, code: str) -> str:
    """What a group is called in the reader's words."""
    if code == NOTHING or dimension in ("size", "age"):
        return code
    tree = {"industry": "industries", "region": "regions", "stage": "organisation-stages"}[dimension]
    codes = vocabulary.industries() if tree == "industries" else vocabulary.code_tree(tree)
    return codes.name(code) if code in codes else code
