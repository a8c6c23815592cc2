"""What the reader hands back: frozen values whose fields are the JSON contract (design.md, section 5).

Offsets count characters of `Paper.text`; for every item `paper.text[item.start:item.end] == item.text`
(a heading of the outline keeps its text in `heading`). `why` says in plain Chinese how the item was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from huanchuang.engines.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as text. `kind` is docx, pdf, html, txt or md; `problems` tell what could not be taken over."""

    text: str
    kind: str = "txt"
    name: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex named at the end of the paper; `left_out` where the paper says 略."""

    title: str
    start: int
    end: int
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The head of the paper; what it does not say is None. Dates are ISO text."""

    title: str = ""
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    kind: str | None = None
    index_no: str | None = None
    addressee: str | None = None
    date_signed: str | None = None
    date_published: str | None = None
    annexes: tuple[Annex, ...] = ()
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One heading of the outline. `start` and `end` enclose the heading, not the text below it."""

    id: str
    level: str
    number: str
    heading: str
    start: int
    end: int
    parent: str | None
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: target, achieved or condition. `resolved` is the date that its period ends on."""

    text: str
    start: int
    end: int
    indicator: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    value_base: Decimal
    unit_base: str
    comparator: str
    kind: str
    target_kind: str | None
    period: str | None
    resolved: str | None
    task_id: str
    duplicate_of: int | None = None
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A target without a number: an outcome to be judged."""

    text: str
    start: int
    end: int
    target_kind: str
    task_id: str
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Units bound to a task. `units` as written and in order, `lead` those of them that lead."""

    text: str
    start: int
    end: int
    units: tuple[str, ...]
    lead: tuple[str, ...]
    task_id: str
    units_resolved: tuple[str, ...] = ()
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time phrase; `resolved` is the last day, None where it recurs or is vague."""

    text: str
    start: int
    end: int
    resolved: str | None
    recurring: str | None
    task_id: str
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """A document that has to be issued. `text` is as printed, `title` without line breaks."""

    text: str
    title: str
    start: int
    end: int
    task_id: str
    why: str = ""
    inferred: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that a person should look at: damaged text, a repair, a missing annex, personal data.

    `personal` marks the name or number of a contact: whoever shows or writes it on shows `masked`.
    """

    text: str
    start: int
    end: int
    why: str
    inferred: bool = False
    repaired: bool = False
    personal: bool = False

    @property
    def masked(self) -> str:
        """The text, of a name only its first sign, of a number its first three and last two."""
        if not self.personal:
            return self.text
        if any(sign.isdigit() for sign in self.text[:3]):
            return f"{self.text[:3]}****{self.text[-2:]}"
        return self.text[:1] + "*" * (len(self.text) - 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one paper, in the order of the text."""

    document: Document
    outline: tuple[Node, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    targets_without_number: tuple[OpenTarget, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    documents_to_issue: tuple[Issue, ...] = ()
    problems: tuple[Doubt, ...] = field(default=())

    def as_data(self) -> dict[str, Any]:
        """The JSON contract: plain dicts, lists, text, whole numbers and decimals as JSON numbers."""
        data = _plain(self)
        assert isinstance(data, dict)  # noqa: S101 - narrows the type of the recursive helper
        return data


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(
        value, (Reading, Document, Annex, Node, Quantity, OpenTarget, Responsibility, Deadline, Issue, Doubt)
    ):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _number(value: Decimal) -> int | float:
    """JSON has no decimals: whole numbers stay exact, others take the nearest float, which prints the same digits."""
    return int(value) if value == value.to_integral_value() else float(value)
