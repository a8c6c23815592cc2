"""What went wrong, said so that a person can put it right.

A problem has three parts, in this order: where it is, what is wrong there, and what to do now. All three are asked for,
because a message without a remedy only moves the work to the help desk. Chinese is the first language; the English
text is optional and falls back to the Chinese one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The three parts of a problem in one language."""

    where: str
    what: str
    remedy: str

    def sentence(self, stop: str, colon: str, gap: str = "") -> str:
        """The parts joined by the punctuation of a language."""
        return f"{self.where}{colon}{self.what}{stop}{gap}{self.remedy}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input: where, what, what to do; `code` is stable for programs, such as "money.parse"."""

    where: str
    what: str
    remedy: str
    code: str = ""
    en: ProblemText | None = None

    def text(self, language: str = "zh") -> str:
        """The problem as one line; English where it is asked for and known."""
        if language.startswith("en") and self.en is not None:
            return self.en.sentence(stop=".", colon=": ", gap=" ")
        return ProblemText(self.where, self.what, self.remedy).sentence(stop="。", colon="：")

    def at(self, place: str, place_en: str = "") -> Problem:
        """The same problem with its place put before it, such as 第3行 before 注册资本."""
        english = self.en and ProblemText(
            f"{place_en or place}, {self.en.where}", self.en.what, self.en.remedy
        )
        return Problem(f"{place}，{self.where}", self.what, self.remedy, self.code, english)


class ProblemError(Exception):
    """Raised for bad input; carries one or more problems. Its text is the Chinese one, a line per problem."""

    problems: tuple[Problem, ...]

    def __init__(self, *problems: Problem | Iterable[Problem]) -> None:
        flat: list[Problem] = []
        for entry in problems:
            flat.extend([entry] if isinstance(entry, Problem) else entry)
        self.problems = tuple(flat)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "zh") -> str:
        """All problems, a line each."""
        return "\n".join(problem.text(language) for problem in self.problems)


def refuse(code: str, zh: tuple[str, str, str], en: tuple[str, str, str]) -> ProblemError:
    """The error for one mistake, from its three parts in Chinese and in English."""
    return ProblemError(Problem(*zh, code=code, en=ProblemText(*en)))
