"""Which lines speak of the same thing as a letter: by the pairs of signs they share, rare pairs weighing more. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

SIGNS = re.compile(r"[^\u3400-\u9fffA-Za-z]+")


def closest(told: str, lines: Mapping[int, str], most: int) -> list[int]:
    """The keys of the lines nearest to a text, the nearest first; lines that share nothing are left out."""
    pairs = {key: _pairs(text) for key, text in lines.items()}
    common = Counter(pair for each in pairs.values() for pair in each)
    wanted = _pairs(told)
    scores = {
        key: sum(math.log(1 + len(lines) / common[pair]) for pair in each & wanted)
        / math.sqrt(len(each) or 1)
        for key, each in pairs.items()
    }
    near = [key for key, score in scores.items() if score > 0]
    return sorted(near, key=lambda key: (-scores[key], key))[:most]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[place : place + 2] for run in SIGNS.split(text) for place in range(len(run) - 1))
