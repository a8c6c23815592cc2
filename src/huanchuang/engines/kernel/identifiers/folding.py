"""What all identifiers share: folding of input and the form of a refusal."""

from __future__ import annotations

from huanchuang.engines.kernel.numerals import fold
from huanchuang.engines.kernel.problem import ProblemError, refuse

LONGEST_SHOWN = 40


def folded(text: str) -> str:
    """Upper case, ASCII forms, without blanks."""
    return "".join(fold(text).split()).upper()


def refusal(
    code: str, names: tuple[str, str], text: str, what: tuple[str, str], remedy: tuple[str, str]
) -> ProblemError:
    """The error for an identifier: its names, what was given, what is wrong and what to do, in Chinese and English."""
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return refuse(
        code, (f"{names[0]}“{shown}”", what[0], remedy[0]), (f'{names[1]} "{shown}"', what[1], remedy[1])
    )
