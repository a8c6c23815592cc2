"""A sameness definition as the engine holds it: words, weights, caps and thresholds, frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huanchuang.engines.sameness.signs import Signs
from huanchuang.engines.sameness.values import Mark

Pattern = re.Pattern[str]

FIELDS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "organisations": {
        "name": frozenset(
            {
                "same", "same-bare", "alike", "short", "near", "reordered", "longer", "trade", "number", "other",
            }
        ),
        "form": frozenset({"same", "changed", "group", "other"}),
        "part": frozenset({"same", "apart"}),
        "code": frozenset({"equal", "former", "body", "typing", "differ"}),
        "region": frozenset({"same-place", "agree", "differ", "field-differs"}),
        "address": frozenset({"same", "street", "differ"}),
        "phone": frozenset({"equal", "differ"}),
        "founded": frozenset({"same", "year", "differ"}),
        "kind": frozenset({"same", "differ"}),
        "industry": frozenset({"same", "differ"}),
        "contact": frozenset({"same", "differ"}),
        "parent": frozenset({"same", "differ", "above"}),
    },
    "people": {
        "name": frozenset({"rare", "ordinary", "common", "variant", "near", "other"}),
        "unit": frozenset({"same", "same-large", "part", "past", "differ"}),
        "fields": frozenset({"same", "near", "differ"}),
        "coworkers": frozenset({"several", "rare", "ordinary", "common", "none"}),
        "phone": frozenset({"equal", "equal-other-name", "differ"}),
        "email": frozenset({"equal", "equal-other-name", "differ"}),
        "ids": frozenset({"equal", "differ"}),
        "born": frozenset({"same", "near", "differ"}),
        "title": frozenset({"plausible", "falls"}),
        "years": frozenset({"follows", "overlaps", "generation"}),
    },
    "things": {
        "title": frozenset({"same", "near", "close", "number", "other"}),
        "number": frozenset({"equal", "differ"}),
        "owner": frozenset({"same", "differ"}),
        "people": frozenset({"same", "some", "none"}),
        "date": frozenset({"same", "differ"}),
        "words": frozenset({"same", "near", "differ"}),
        "figures": frozenset({"same", "some", "differ"}),
    },
}  # fmt: skip
"""Every field the engine looks at and every outcome it can find; a definition gives a weight to each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one outcome of a field says: `bits` for (positive) or against, and the most that may be reached with it."""

    mark: Mark
    bits: float
    zh: str
    en: str
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field with its names and what each outcome says."""

    zh: str
    en: str
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Scale:
    """How evidence about one kind of record is added up: the bits before any, and the thresholds of the verdicts."""

    prior: float
    same: float
    different: float
    fields: Mapping[str, FieldRule]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of organisations' names.

    `forms` word → code of the legal form, the longest first; `heads` end the name of a body that may have parts
    (大学, 医院); `bodies` end the name of any body that is no company; `common` say little beside a brand (科技).
    """

    forms: tuple[tuple[str, str], ...]
    kindred_forms: frozenset[frozenset[str]]
    group: str
    heads: Pattern
    bodies: Pattern
    bare: Pattern
    parts: Pattern
    common: Pattern
    shortened: tuple[tuple[str, str], ...]
    former: Pattern
    titles: Pattern


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """What is common in people's names, and the ladder of titles (word → step)."""

    common_surnames: frozenset[str]
    double_surnames: frozenset[str]
    common_given: frozenset[str]
    large_units: Pattern
    stand_ins: Mapping[str, str]
    titles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """One sameness definition, compiled."""

    pack_id: str
    signs: Signs
    names: NameWords
    people: PeopleWords
    scales: Mapping[str, Scale]
