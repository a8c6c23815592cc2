"""The comparison of two versions as its page shows it: clauses with their differing words, and what becomes of the lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from huanchuang.steering.models import Fate, Plan, Revision, Target
from huanchuang.steering.queries.comparison import Pair, Piece, difference
from huanchuang.steering.queries.rebase import comparison_of, former_lines, rebase_of, snapshot_now

PAGE = 30
SHOWN = ("changes", "all", "lines")


@dataclass(frozen=True)
class ShownPair:
    """A pair of clauses; `pieces` are the words of both where they differ."""

    pair: Pair
    fate: Fate
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Number and heading of the clause, of the new version where it has it."""
        clause = self.pair.new or self.pair.old
        return f"{clause.path} {clause.heading}" if clause else ""


@dataclass(frozen=True)
class LineChange:
    """What becomes of a line: as it stood, as it is; None where there is none."""

    fate: Fate
    target: Target
    before: dict[str, object] | None
    now: dict[str, object] | None


@dataclass(frozen=True)
class Comparison:
    """A page of it."""

    shown: str
    counts: dict[str, int]
    changes: int
    page: Page[Pair] | Page[LineChange]
    clauses: tuple[ShownPair, ...]
    lines: tuple[LineChange, ...]


def comparison_page(revision: Revision, shown: str, number: str | int) -> Comparison:
    """Clauses that differ, all clauses, or the lines that do."""
    shown = shown if shown in SHOWN else SHOWN[0]
    pairs = comparison_of(revision)
    counts = Counter(pair.fate for pair in pairs)
    known = {fate.value: counts[fate.value] for fate in Fate}
    changes = len(pairs) - counts[Fate.SAME]
    if shown == "lines":
        lines = Paginator(line_changes(revision), PAGE).get_page(number)
        return Comparison(shown, known, changes, lines, (), tuple(lines))
    wanted = [pair for pair in pairs if shown == "all" or pair.fate != Fate.SAME]
    page = Paginator(wanted, PAGE).get_page(number)
    return Comparison(shown, known, changes, page, tuple(_shown(pair) for pair in page), ())


def line_changes(revision: Revision) -> list[LineChange]:
    """Lines that change, come or go: as they will while the version is under review, as they did once it is in force."""
    if revision.in_force_on is None:
        done = rebase_of(revision)
        found = [
            LineChange(Fate.CHANGED, old, done.snapshot(old), done.snapshot(new)) for old, new in done.changed
        ]
        found += [LineChange(Fate.NEW, line, None, done.snapshot(line)) for line in done.arrived]
        return [*found, *(LineChange(Fate.GONE, line, done.snapshot(line), None) for line in done.gone)]
    return [
        LineChange(
            Fate(row.fate),
            row.target,
            row.values,
            None if row.fate == Fate.GONE else snapshot_now(row.target),
        )
        for row in former_lines(revision)
    ]


def versions_of(plan: Plan) -> list[Revision]:
    """The corrections that led to a plan and from it, the newest first."""
    return list(
        (Revision.objects.filter(plan=plan) | Revision.objects.filter(of=plan)).select_related(
            "plan", "of", "by"
        )
    )


def open_revision(versions: Iterable[Revision], plan: Plan) -> Revision | None:
    """The corrected version of a plan that is being read or reviewed."""
    return next((one for one in versions if one.of_id == plan.pk and one.in_force_on is None), None)


def _shown(pair: Pair) -> ShownPair:
    old, new = (clause.text if clause else "" for clause in (pair.old, pair.new))
    pieces = difference(old, new) if pair.fate != Fate.SAME else ()
    return ShownPair(pair, Fate(pair.fate), pieces)
