"""One field of a kind: what it is called, what it holds, who may see it, where it is used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from huanchuang.accounts.models import FieldClass

PUBLIC, MATCHED, OWNER, AUTHORITY = (
    FieldClass.PUBLIC.value,
    FieldClass.MATCHED.value,
    FieldClass.OWNER.value,
    FieldClass.AUTHORITY.value,
)


class Shape(StrEnum):
    """What a field holds, and so how it is typed, shown, stored and read from a sheet."""

    TEXT = "text"
    LONG = "long"
    """Text of several lines."""
    LINES = "lines"
    """A list of short texts."""
    CODE = "code"
    """One code of a vocabulary."""
    CODES = "codes"
    """Several codes of a vocabulary."""
    DATE = "date"
    MONEY = "money"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes-no"
    ENTRY = "entry"
    """Another entry of the register."""
    USCC = "uscc"
    IP_NUMBER = "ip-number"
    """A patent application number, checked; or the number of another right, as it is."""
    PARAMETERS = "parameters"
    """Figures with name, comparator, value and unit, one a line."""


TEXTS = frozenset({Shape.TEXT, Shape.LONG, Shape.USCC, Shape.IP_NUMBER})
LISTS = frozenset({Shape.LINES, Shape.CODES, Shape.PARAMETERS})


@dataclass(frozen=True)
class Field:
    """`name` is the column of the model; `label` its heading everywhere.

    `vocabulary` names the code list of CODE and CODES, `target` the kind of ENTRY, `unit` the unit of numbers
    (money is typed and shown in it). `only` restricts a field to entries of some sorts: field name → codes.
    """

    name: str
    label: str | Promise
    shape: Shape = Shape.TEXT
    field_class: str = PUBLIC
    required: bool = False
    personal: bool = False
    """Personal data: masked wherever it is shown, never in lists, exports or the API."""
    vocabulary: str = ""
    target: str = ""
    unit: str = ""
    group: str | Promise = ""
    hint: str | Promise = ""
    listed: bool = False
    """One of the usual columns of the list."""
    filtered: bool = False
    """A filter of the list."""
    searched: bool = False
    """Its words are found by the search box."""
    length: int = 200
    only: Mapping[str, Collection[str]] | None = None
    most: int = 10**9 - 1
    """The greatest number that is taken, in `unit`; below what the column holds (a test compares the two)."""
    places: int = 2
    """Decimal places of a NUMBER that are kept; more are refused, never rounded."""
    past: bool = False
    """A day that cannot lie ahead."""
    apart: str = ""
    """LINES: signs that also part one entry from the next, as cells of sheets have them; a line end and ； always do."""
    weight: int | None = None
    """How much it counts for the completeness of an entry; None: as `queries.completeness` counts its like."""
    once: bool = False
    """Typed when an entry is registered; afterwards it changes by deeds of its own, with their day and reason."""
    typed: bool = True
    """Whether a form or a sheet may set it; the life of an achievement and its maturity have deeds of their own."""

    @property
    def is_list(self) -> bool:
        """Whether the stored value is a list."""
        return self.shape in LISTS

    @property
    def heading(self) -> str:
        """The label with the unit in brackets."""
        return f"{self.label}（{self.unit}）" if self.unit else str(self.label)

    @property
    def empty(self) -> object:
        """The stored value where nothing is known."""
        if self.is_list:
            return []
        if self.shape is Shape.YES_NO:
            return False
        return "" if self.shape in {Shape.TEXT, Shape.LONG, Shape.CODE, Shape.IP_NUMBER} else None
