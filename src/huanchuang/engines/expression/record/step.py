"""The result of one operation with the results below it: what an explanation is told from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from huanchuang.engines.expression.operations import Node

Edge = int | Fraction | None


class Span(NamedTuple):
    """What a number can be: from `lo` to `hi`, None for an open end; a value where both are equal."""

    lo: Edge
    hi: Edge

    @property
    def value(self) -> int | Fraction | None:
        """The number, None where it is not known exactly."""
        return self.lo if self.lo is not None and self.lo == self.hi else None


OPEN_SPAN = Span(None, None)
Result = Span | bool | str | None


@dataclass(slots=True)
class Step:
    """An operation carried out: `value` is a span for numbers and dates; yes/no, text and code are themselves or None.

    `chosen` is the part that decided (the branch of an if, the row of a table), -1 where there is none;
    `left_out` are the parts of a sum over years that are not needed; `rows` the steps of related records.
    """

    node: Node
    value: Result
    parts: list[Step]
    chosen: int = -1
    left_out: tuple[int, ...] = ()
    found: tuple[int, int, int] = (0, 0, 0)
    """Related records: those that count, those that may, all."""
    provisional: bool = False
    met: tuple[bool | None, ...] = ()
    """Which of the related records count, in their order; None for one that may."""

    @property
    def span(self) -> Span:
        """The value of a number or date."""
        return self.value if isinstance(self.value, Span) else OPEN_SPAN

    @property
    def truth(self) -> bool | None:
        """The value of a condition."""
        return self.value if isinstance(self.value, bool) else None

    @property
    def text(self) -> str | None:
        """The value of a text or code."""
        return self.value if isinstance(self.value, str) else None

    @property
    def is_known(self) -> bool:
        """Whether there is a definite value."""
        return self.value.value is not None if isinstance(self.value, Span) else self.value is not None
