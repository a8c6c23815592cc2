"""How a mistake in an expression is said: where (line, column, the words), what is wrong, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from huanchuang.engines.expression.messages import MESSAGES
from huanchuang.engines.kernel.problem import Problem, ProblemError, ProblemText

Place = tuple[int, int]
"""First and last character (excluded) of a part in the text of the expression."""
SHOWN = 24
LIKENESS = 0.5
"""Half of the characters: 研发支出 reminds of 研发费用."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an expression, to name places in it."""

    text: str

    def part(self, place: Place) -> str:
        """The words at a place, shortened."""
        words = " ".join(self.text[place[0] : place[1]].split())
        return words if len(words) <= SHOWN else words[:SHOWN] + "…"

    def where(self, place: Place) -> tuple[str, str]:
        """Line, column and words, in Chinese and English."""
        before = self.text[: place[0]]
        line, column = before.count("\n") + 1, place[0] - (before.rfind("\n") + 1) + 1
        words = self.part(place)
        if not words:
            return f"第{line}行第{column}列（末尾）", f"line {line}, column {column} (at the end)"
        return f"第{line}行第{column}列“{words}”", f'line {line}, column {column} "{words}"'

    def problem(self, message: str, place: Place, **values: object) -> Problem:
        """The problem of a message of the table, at a place."""
        what, remedy, what_en, remedy_en = MESSAGES[message]
        where, where_en = self.where(place)
        shown = {**{name: str(value) for name, value in values.items()}, "part": self.part(place)}
        english = ProblemText(where_en, what_en.format_map(shown), remedy_en.format_map(shown))
        return Problem(
            where, what.format_map(shown), remedy.format_map(shown), f"expression.{message}", english
        )

    def refuse(self, message: str, place: Place, **values: object) -> ProblemError:
        """The error with one problem."""
        return ProblemError(self.problem(message, place, **values))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that is written most like a word, or ""."""
    candidates = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word, candidates, 1, LIKENESS)
    if close:
        return close[0]
    parts = [
        name for name in candidates if len(word) > 1 and (word in name or name in word) and len(name) > 1
    ]
    return min(parts, key=len, default="")


def hint(word: str, known: Iterable[str], otherwise: tuple[str, str]) -> dict[str, str]:
    """The values `hint` and `hint_en` of a message: the nearest name, or a general word of advice."""
    near = nearest(word, known)
    if near:
        return {"hint": f"是不是“{near}”？请改写", "hint_en": f'Did you mean "{near}"?'}
    return {"hint": otherwise[0], "hint_en": otherwise[1]}
