"""What a dossier is made of: parts with headings and rows, the same for the page and for the Word paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.standing import Mark


@dataclass(frozen=True)
class Cell:
    """One cell: its text, where it leads, small print under it, a tone where it is a state, the colour where it is a light,
    the address of its reasons."""

    text: str
    url: str = ""
    note: str = ""
    tone: str = ""
    light: str = ""
    why: str = ""
    small: bool = False
    """Small print itself."""


@dataclass(frozen=True)
class Head:
    """The heading of a column; numbers stand right."""

    title: str
    number: bool = False


@dataclass(frozen=True)
class Part:
    """One part: a table where it has heads, else lines of a label and what belongs to it."""

    id: str
    title: str
    heads: Sequence[Head] = ()
    rows: Sequence[Sequence[Cell]] = ()
    lines: Sequence[tuple[str, Sequence[Cell]]] = ()
    count: int | None = None
    """How many there are in all, where not all are shown or the number says something."""
    lead: str = ""
    """The finding, in a sentence."""
    note: str = ""
    """Where it comes from and as of when."""
    more_url: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows and not self.lines

    @property
    def table(self) -> list[list[tuple[Cell, bool]]]:
        """The rows, each cell with whether it stands right."""
        return [
            [(cell, head.number) for cell, head in zip(row, self.heads, strict=True)] for row in self.rows
        ]


@dataclass(frozen=True)
class Figure:
    """One big number at the top; it leads to its part."""

    value: str
    label: str
    part: str


@dataclass(frozen=True)
class Dossier:
    """Everything about one organisation that one reader may see, as of a day."""

    organisation: Organisation
    as_of: dt.date
    marks: Sequence[Mark]
    kind_words: Sequence[str]
    inner: bool
    figures: Sequence[Figure] = ()
    parts: Sequence[Part] = ()
    empty: Sequence[str] = field(default_factory=tuple)
    """Titles of the parts that have nothing to show."""
