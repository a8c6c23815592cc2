"""What is compared, and what a comparison says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the engine proposes. A person decides."""

    SAME = "likely-same"
    UNSURE = "unsure"
    DIFFERENT = "likely-different"


class Mark(StrEnum):
    """How the two values of one field stand to each other."""

    AGREE = "agree"
    NEAR = "near"
    DIFFER = "differ"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation as one list knows it. Empty is unknown, never “none”.

    `other_names` are short and former names; `regions` its chain of regions from the widest to the narrowest;
    `phones` and `contact` digests, never the number or the name; `parent` and `subject` identify records, not names.
    """

    name: str
    other_names: tuple[str, ...] = ()
    code: str = ""
    former_codes: tuple[str, ...] = ()
    kind: str = ""
    regions: tuple[str, ...] = ()
    industry: str = ""
    founded_on: dt.date | None = None
    address: str = ""
    phones: frozenset[str] = frozenset()
    contact: str = ""
    subject: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as one list knows them.

    `past_units` are units the person is known to have worked at; `coworkers` names of co-authors and co-inventors;
    `ids` personal identifiers as `kind:digest`; `phones` and `emails` digests; `titled_in` the year of `title`;
    `years` the first and last year the list speaks of.
    """

    name: str
    other_names: tuple[str, ...] = ()
    unit: str = ""
    unit_names: tuple[str, ...] = ()
    past_units: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    coworkers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    title: str = ""
    titled_in: int | None = None
    years: tuple[int, int] | None = None
    born: int | None = None


@dataclass(frozen=True, slots=True)
class ThingRecord:
    """Anything with a title: an achievement, patent, need, instrument, service, product, space or document.

    `number` identifies it by itself (patent, asset or document number); `words` are its description;
    `people` its inventors or contacts; `figures` what can be compared exactly (model, budget, original value).
    """

    title: str
    number: str = ""
    owner: str = ""
    people: frozenset[str] = frozenset()
    on: dt.date | None = None
    words: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a pair: how many entries of the register share its name (None: not counted)."""

    namesakes: int | None = None


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of both records: how they stand to each other, what that says in bits, and why, in two languages."""

    field: str
    label_zh: str
    label_en: str
    mark: Mark
    outcome: str
    left: str
    right: str
    bits: float
    why_zh: str
    why_en: str
    cap: float | None = None

    def label(self, language: str = "zh") -> str:
        """The field's name."""
        return self.label_en if language.startswith("en") else self.label_zh

    def why(self, language: str = "zh") -> str:
        """What this outcome means."""
        return self.why_en if language.startswith("en") else self.why_zh


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two records speak of the same: `score` from 0 to 1, the verdict, and every field looked at."""

    score: float
    verdict: Verdict
    fields: tuple[FieldComparison, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; `from_data` gives the same comparison back."""
        rows = [{name: getattr(row, name) for name in row.__slots__} for row in self.fields]
        return {"score": self.score, "verdict": str(self.verdict), "fields": rows}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Comparison:
        """The comparison that `as_data` wrote."""
        rows = tuple(FieldComparison(**{**row, "mark": Mark(row["mark"])}) for row in data["fields"])
        return cls(data["score"], Verdict(data["verdict"]), rows)
