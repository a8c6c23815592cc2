"""分别: 2026年、2027年和2028年分别达到20家、30家和40家 gives each year its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huanchuang.engines.reader.values import Quantity

_WORD = "分别"
_SENTENCE_END = re.compile(r"[。;!?\n|]")
_YEARS = re.compile(r"(?<!\d)(?:(?:19|20)\d\d年?(?:底|末)?[、和,]?到?){2,8}(?=[^。\n]{0,60}分别)")
_WINDOW = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:—{1,2}|-|~|至|到)((?:19|20)\d\d)年(?=[^。\n]{0,60}分别)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_JOINT = re.compile(r"[、和及与,]{1,2}")
_FEWEST, _MOST = 2, 8
Place = tuple[int, int]


def years_of(text: str) -> list[tuple[int, list[re.Match[str]]]]:
    """Lists of years that 分别 hands out later in the sentence: where the list ends, and its years."""
    lists = []
    for found in _YEARS.finditer(text):
        years = list(_YEAR.finditer(text, found.start(), found.end() + 1))
        if len(years) >= _FEWEST:
            lists.append((found.end(), years))
    return lists


def dated_respectively(text: str, items: Sequence[Quantity], places: Sequence[Place]) -> list[Quantity]:
    """Items in the order of the text, each with the year that belongs to it where 分别 says so."""
    out = list(items)
    spans = [(end, [year[0] for year in years]) for end, years in years_of(text)]
    for found in _WINDOW.finditer(text):
        first, last = int(found[1]), int(found[2])
        if _FEWEST <= last - first + 1 <= _MOST:
            spans.append((found.end(), [str(year) for year in range(first, last + 1)]))
    for end, years in spans:
        group = _group(text, places, text.find(_WORD, end))
        if len(group) != len(years):
            continue
        for index, year in zip(group, years, strict=True):
            why = f"{out[index].why}；“分别”按年份一一对应"
            out[index] = replace(out[index], period=f"{year}年", resolved=f"{year}-12-31", why=why)
    return out


def _group(text: str, places: Sequence[Place], at: int) -> list[int]:
    """The figures after 分别 that follow each other, joined by 、 or 和."""
    group: list[int] = []
    for index, (start, end) in enumerate(places):
        if start < at:
            continue
        if not group:
            if _SENTENCE_END.search(text, at, start):
                break
            group.append(index)
        elif _JOINT.fullmatch(text, places[group[-1]][1], start):
            group.append(index)
        else:
            break
        if end < at:
            break
    return group
