"""Deadlines: every phrase that binds something to a time, with its last day.

A year that the phrase does not say comes from the date of the paper, else from the deadlines that do say one, and is
marked as inferred. Starts (自…起, …以来) and dates of stock (截至…) are no deadlines; 每年 recurs and has no day.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from huanchuang.engines.reader.dates import last_day, number
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, TimeForm
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Deadline

_EXPLICIT = re.compile(r"((?:19|20)\d\d)年(?:年?底|年?末|\d{1,2}月底|前)|(?:到|至)((?:19|20)\d\d)年")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_BARE_YEAR = re.compile(r"(?<=[。\n;])(?:在)?((?:19|20)\d\d)年(?:,|(?=[力全达实完建]))")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A deadline and where it stands in the flow."""

    start: int
    end: int
    item: Deadline


def base_year(flow: Flow, signed: str | None) -> tuple[int | None, str]:
    """The year of a phrase without one, and where it was taken from."""
    if signed:
        return int(signed[:4]), "成文日期"
    explicit = [int(a or b) for a, b in _EXPLICIT.findall(flow.text)]
    if explicit:
        return min(explicit), "文中写明年份的期限"
    years = Counter(int(year) for year in _ANY_YEAR.findall(flow.text))
    if years:
        return max(years, key=lambda y: (years[y], y)), "文中最常出现的年份"
    return None, ""


def deadlines_of(
    flow: Flow, grammar: Grammar, outline: Outline, signed: str | None, masked: list[tuple[int, int]]
) -> list[TimePhrase]:
    """All deadlines in the order of the text; spans of `masked` (titles, header, signature) are left out."""
    year, basis = base_year(flow, signed)
    taken = bytearray(len(flow.text) + 1)
    for start, end in masked:
        taken[start:end] = b"\x01" * (end - start)
    found: list[TimePhrase] = []
    for form in grammar.deadlines:
        for match in form.pattern.finditer(flow.text):
            if not any(taken[match.start() : match.end()]) and _binds(flow.text, match.start(), match.end(), grammar):
                phrase = _dated(flow, outline, form, match, year, basis)
                if phrase:
                    found.append(phrase)
                    taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    found += _bare_years(flow, outline, year if signed else None, taken)
    found += _recurring(flow, grammar, outline, taken)
    return sorted(found, key=lambda phrase: phrase.start)


def _binds(text: str, start: int, end: int, grammar: Grammar) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 3]
    return not grammar.not_after.search(before) and not grammar.not_before.match(after)


def _dated(
    flow: Flow, outline: Outline, form: TimeForm, match: re.Match[str], year: int | None, basis: str
) -> TimePhrase | None:
    day = last_day(form.form, match.groupdict(), year)
    if day is None and not form.inferred:
        return None
    why = f"“{match[0]}”取该时段的最后一天"
    if form.inferred:
        why += f"，年份按{basis}推定为{year}年" if day else "，文中没有可推定的年份"
    return _phrase(flow, outline, match.start(), match.end(), day.isoformat() if day else None, None, why, form.inferred)


def _bare_years(flow: Flow, outline: Outline, signed: int | None, taken: bytearray) -> list[TimePhrase]:
    """A year that opens a sentence and lies after the paper's own: 2027年，…达到…."""
    found = []
    for match in _BARE_YEAR.finditer(flow.text):
        end = match.end(1) + 1
        if signed and number(match[1]) > signed and not any(taken[match.start() : end]):
            found.append(_phrase(flow, outline, match.start(), end, f"{match[1]}-12-31", None, "句首的年份晚于成文年份，取年末"))
    return found


def _recurring(flow: Flow, grammar: Grammar, outline: Outline, taken: bytearray) -> list[TimePhrase]:
    found = []
    for every, pattern in grammar.recurring:
        for match in pattern.finditer(flow.text):
            if not any(taken[match.start() : match.end()]):
                why = f"“{match[0]}”是重复的时限，没有到期日"
                found.append(_phrase(flow, outline, match.start(), match.end(), None, every, why))
    return found


def _phrase(
    flow: Flow, outline: Outline, start: int, end: int, day: str | None, every: str | None, why: str, inferred: bool = False
) -> TimePhrase:
    first, last = flow.place(start, end)
    item = Deadline(
        flow.printed(start, end), first, last, day, every, outline.task(start), why, inferred, flow.repaired(start, end)
    )
    return TimePhrase(start, end, item)
