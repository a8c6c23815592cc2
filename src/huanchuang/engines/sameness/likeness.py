"""How the cores of two names stand to each other, in a word that the definition gives a weight."""

from __future__ import annotations

import re
from collections.abc import Callable

from huanchuang.engines.sameness.parts import NameParts
from huanchuang.engines.sameness.rules import NameWords

_FIGURES = re.compile(r"\d+")
SHORTEST_BRAND = 2
SHORTEST_MISTYPED = 3


def likeness(one: NameParts, other: NameParts, words: NameWords, weigh: Callable[[str], float]) -> str:
    """The outcome that says most for one name among the readings of both cores."""
    if set(one.cores) & set(other.cores):
        return "same-bare" if one.bare or other.bare else "same"
    if sorted(one.whole) == sorted(other.whole):  # before long words were shortened
        return "reordered"
    found = {_likeness(a, b, one, other, words) for a in one.cores for b in other.cores}
    return max(sorted(found), key=weigh)


def _likeness(a: str, b: str, one: NameParts, other: NameParts, words: NameWords) -> str:
    if _FIGURES.findall(a) != _FIGURES.findall(b):
        return "number" if _FIGURES.sub("#", a) == _FIGURES.sub("#", b) else "other"
    if one.bare or other.bare:
        return "other"
    return _worded(a, b, one, other, words)


def _worded(a: str, b: str, one: NameParts, other: NameParts, words: NameWords) -> str:
    """The likeness of two different cores with the same figures."""
    stripped = words.common.sub("", a), words.common.sub("", b)
    if stripped[0] == stripped[1] and len(stripped[0]) >= SHORTEST_BRAND:
        return "alike" if one.is_finished and other.is_finished else "short"
    (short, of_short), (long, _) = sorted([(a, one), (b, other)], key=lambda pair: len(pair[0]))
    if not of_short.is_finished and is_short_for(short, long):
        return "short"
    if sorted(a) == sorted(b):
        return "reordered"
    if min(len(a), len(b)) >= SHORTEST_MISTYPED and one_sign_apart(a, b):
        return "near"
    if is_short_for(short, long):
        return "longer"
    return "trade" if a[:SHORTEST_BRAND] == b[:SHORTEST_BRAND] else "other"


def is_short_for(short: str, long: str) -> bool:
    """Whether the signs of `short` stand in `long` in their order, from its first sign on."""
    if len(short) < SHORTEST_BRAND or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)


def one_sign_apart(a: str, b: str) -> bool:
    """Whether one sign was exchanged, left out or added."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next(
        (place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if len(a) == len(b):
        return a[start + 1 :] == b[start + 1 :]
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return long[start + 1 :] == short[start:]


def shared_pairs(a: str, b: str) -> float:
    """The share of pairs of neighbouring signs that two texts have in common (Dice), from 0 to 1."""
    pairs = {a[place : place + 2] for place in range(len(a) - 1)}
    others = {b[place : place + 2] for place in range(len(b) - 1)}
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else float(a == b)
