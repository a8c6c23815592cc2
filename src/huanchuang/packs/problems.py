"""Where a mistake stands in a pack and how it is told: file, line, what is wrong, what to do, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.packs.messages import MESSAGES

T = TypeVar("T")
_BEGUN = 3
"""Characters after which a word counts as begun."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of a pack, written from the kind down (``vocabulary/national.regions/codes.csv``), and its line."""

    file: str
    line: int | None = None

    @property
    def zh(self) -> str:
        return self.file if self.line is None else f"{self.file} 第{self.line}行"

    @property
    def en(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Returns the problem that the catalogue knows as ``code``; ``values`` fill the blanks of its sentences."""
    message = MESSAGES[code]
    return Problem(
        where=place.zh,
        what=message.what.format(**values),
        remedy=message.remedy.format(**values),
        code=f"packs.{code}",
        en=ProblemText(
            where=place.en,
            what=message.what_en.format(**values),
            remedy=message.remedy_en.format(**values),
        ),
    )


def refusal(code: str, place: Place, /, **values: object) -> ProblemError:
    """Returns the error to raise for one problem of the catalogue."""
    return ProblemError(problem(code, place, **values))


class Gather:
    """Collects the problems of several steps, so that an author sees all mistakes of a pack at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, step: Callable[[], T]) -> T | None:
        """Returns what ``step`` gives, or None after keeping the problems it raised."""
        try:
            return step()
        except ProblemError as error:
            self.problems.extend(error.problems)
            return None

    def add(self, code: str, place: Place, /, **values: object) -> None:
        self.problems.append(problem(code, place, **values))

    def settle(self) -> None:
        """Raises everything collected so far; does nothing when there was no problem."""
        if self.problems:
            raise ProblemError(*self.problems)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Returns the known word an author most likely meant: one begun but not ended, else the most similar; or nothing."""
    words = sorted(known)
    begun = [candidate for candidate in words if len(word) >= _BEGUN and candidate.startswith(word)]
    close = begun or get_close_matches(word, words, n=1, cutoff=0.6)
    return close[0] if close else ""
