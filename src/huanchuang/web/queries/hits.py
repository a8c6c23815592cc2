"""What a search brings: things found, in groups; how well a title fits; the passage around a word."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

SHOWN = 10
AROUND = 30
EXACT, BEGINS, SAYS_ALL, ELSEWHERE = range(4)


@dataclass(frozen=True)
class Hit:
    """One thing found; `before`, `match` and `after` are the passage around a word, `more` a second way: word and address."""

    title: str
    note: str
    url: str
    before: str = ""
    match: str = ""
    after: str = ""
    more: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Group:
    """Things of one sort: the best few, how many there are in all, where all of them are listed, how well the best fits."""

    title: str
    icon: str
    count: int
    hits: list[Hit]
    all_url: str
    best: int = ELSEWHERE


def fit(title: str, words: list[str]) -> int:
    """How well a title fits: it is the words, begins with them, says all of them, or they stand elsewhere."""
    plain, wanted = title.lower(), [word.lower() for word in words]
    if plain == "".join(wanted) or plain == " ".join(wanted):
        return EXACT
    if all(word in plain for word in wanted):
        return BEGINS if wanted and plain.startswith(wanted[0]) else SAYS_ALL
    return ELSEWHERE


def address_with(name: str, query: str) -> str:
    """The list where everything that fits stands."""
    return f"{reverse(name)}?{urlencode({'q': query})}"


def passage(text: str, words: list[str]) -> tuple[str, str, str]:
    """The text around the first of `words` that occurs: before, the word as it stands there, after; empty for none."""
    lower = text.lower()
    for word in words:
        start = lower.find(word.lower())
        if start >= 0:
            end = start + len(word)
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND * 2]
            return (
                "…" * (start > AROUND) + before,
                text[start:end],
                after + "…" * (end + AROUND * 2 < len(text)),
            )
    return ("", "", "")
