"""What the scanner knows of the language: units, comparator words, and the patterns made of them.

`LEXICON` holds the words that every paper uses. A documents pack adds to it what a place says besides, so that a new
measure word or comparator needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huanchuang.engines.kernel.figures import patterns, words
from huanchuang.engines.kernel.units import TABLE, Unit, UnitTable

BOUNDS = frozenset((">", ">=", "<", "<=", "=", "~"))


@dataclass(frozen=True)
class Lexicon:
    """The units, what the words before and after a number say of it, and the compiled patterns."""

    table: UnitTable
    before_bounds: Mapping[str, str]
    after_bounds: Mapping[str, str]
    figure: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def lexicon(
    units: Iterable[Unit] = (),
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> Lexicon:
    """The words of every paper, and more: `units`, and words with their bound (one of `BOUNDS`) before and after a number."""
    table = TABLE.with_units(units)
    before_bounds = {**words.BEFORE_BOUNDS, **(before or {})}
    after_bounds = {**words.AFTER_BOUNDS, **(after or {})}
    return Lexicon(
        table,
        before_bounds,
        after_bounds,
        patterns.figure_pattern(table.pattern()),
        words.before_pattern(before_bounds),
        words.after_pattern(after_bounds),
    )


LEXICON = lexicon()
