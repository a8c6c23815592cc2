"""How far a task is, from its parts. Pure.

    progress = Σ wᵢ pᵢ ÷ Σ wᵢ        over the parts that were not ended

pᵢ is how much of its way part i has behind it (0 to 1; a closed part has all of it), wᵢ its weight, 1 where nobody set
another. Weights are normalised, so only their ratios count; where all are 0 they count as equal. A part nobody knows is
no zero: the progress then lies between what it is if the unknown parts stand at nothing and if they are done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NONE, ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Piece:
    """A part: its weight and how much of its way is done; None where that is not known."""

    weight: Decimal | Fraction | int
    done: Fraction | None


@dataclass(frozen=True)
class Rolled:
    """Progress of the whole: the least and the most it can be, equal where every part is known."""

    low: Fraction
    high: Fraction
    unknown: int
    """Parts that are not known."""

    @property
    def value(self) -> Fraction | None:
        """The progress, None while it is only known between bounds."""
        return self.low if self.low == self.high else None


def weights(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """The normalised weights: none below zero, one together; equal where nobody gave any."""
    given = [max(NONE, Fraction(piece.weight)) for piece in pieces]
    total = sum(given, NONE)
    if total == 0:
        return tuple(Fraction(1, len(pieces)) for _piece in pieces)
    return tuple(weight / total for weight in given)


def roll_up(pieces: Sequence[Piece]) -> Rolled | None:
    """The progress of a whole; None where it has no parts."""
    if not pieces:
        return None
    shares = list(zip(weights(pieces), pieces, strict=True))
    low = sum((weight * _clamped(piece.done) for weight, piece in shares if piece.done is not None), NONE)
    open_weight = sum((weight for weight, piece in shares if piece.done is None), NONE)
    return Rolled(low, low + open_weight, sum(1 for piece in pieces if piece.done is None))


def _clamped(share: Fraction) -> Fraction:
    return max(NONE, min(ALL, share))
