"""How alike two headings are, and what the content of a column looks like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from huanchuang.engines.kernel.identifiers import PatentNumber, Uscc
from huanchuang.engines.kernel.problem import ProblemError

_PHONE = re.compile(r"(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,6})?)", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_MOSTLY = 0.7
_TAIL, _SAME_TAIL, _OTHER_TAIL = 0.4, 0.8, 0.85


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the mean of shared pairs of characters and of the longest common pieces; equal ends weigh more.

    The last word of a Chinese name says what it is: 联系人手机 is a telephone, not a person.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    pairs, others = _pairs(one), _pairs(other)
    shared = sum((pairs & others).values())
    total = sum(pairs.values()) + sum(others.values())
    dice = 2 * shared / total if total else 0.0
    pieces = SequenceMatcher(None, one, other, autojunk=False).ratio()
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and long.endswith(short) and len(short) >= _TAIL * len(long):
        return max(_SAME_TAIL, (dice + pieces) / 2)
    return (dice + pieces) / 2 * (1.0 if one[-1] == other[-1] else _OTHER_TAIL)


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _parses(read: Callable[[str], object]) -> Callable[[str], bool]:
    def is_one(text: str) -> bool:
        try:
            read(text)
        except ProblemError:
            return False
        return True

    return is_one


LOOKS: dict[str, Callable[[str], bool]] = {
    "uscc": _parses(Uscc.parse),
    "patent": _parses(PatentNumber.parse),
    "phone": lambda text: _PHONE.fullmatch(text.strip()) is not None,
    "email": lambda text: _EMAIL.fullmatch(text.strip()) is not None,
}
"""What the content of a column can be known by, whatever its heading says."""


def looks_like(kind: str, texts: Iterable[str]) -> bool:
    """Whether most of the texts are of a kind of LOOKS; False without texts."""
    given = [text for text in texts if text]
    test = LOOKS.get(kind)
    return bool(given) and test is not None and sum(map(test, given)) >= _MOSTLY * len(given)
