"""Deadlines: every phrase that binds something to a time, with its last day.

A year that the phrase does not say comes from the date of the paper, else from the deadlines that do say one, and is
marked as inferred. Starts (自…起, …以来) and dates of stock (截至…) are no deadlines; 每年 recurs and has no day.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from huanchuang.engines.reader.dates import last_day
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, TimeForm
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.values import Deadline

_EXPLICIT = re.compile(r"((?:19|20)\d\d)年(?:年?底|年?末|\d{1,2}月底|前)|(?:到|至)((?:19|20)\d\d)年")
_SPAN_OF_YEARS = re.compile(r"((?:19|20)\d\d)年?[—~至-]+(?:19|20)\d\d年")
_TITLE = re.compile(r"《[^《》\n]{1,200}》")
_CLAUSE_START = re.compile(r".*[,。;:!?\n]", re.DOTALL)
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_BARE_YEAR = re.compile(
    r"(?<=[。\n;,:])(?:在|其中)?((?:19|20)\d\d)年(?=,|力争|全面|全[市县区省]|达到|实现|完成|建成|新|启动|培育|引进)"
)


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A deadline and where it stands in the flow."""

    start: int
    end: int
    item: Deadline


@dataclass(frozen=True, slots=True)
class Year:
    """The paper's own year and where it was taken from; `firm` where the paper itself says it."""

    value: int | None
    basis: str = ""
    firm: bool = False

    def lies_behind(self, day: str | None) -> bool:
        """Is the day in a year before the paper's?"""
        return bool(day) and self.firm and self.value is not None and int((day or "")[:4]) < self.value


def base_year(flow: Flow, signed: str | None, title: str) -> Year:
    """The year that stands in where a phrase names none."""
    if signed:
        return Year(int(signed[:4]), "成文日期", firm=True)
    span = _SPAN_OF_YEARS.search(title)
    named = [span[1]] if span else _ANY_YEAR.findall(title)
    if named:
        return Year(max(map(int, named)), "标题", firm=True)
    explicit = [int(a or b) for a, b in _EXPLICIT.findall(flow.text)]
    if explicit:
        return Year(min(explicit), "文中写明年份的期限")
    years = Counter(int(year) for year in _ANY_YEAR.findall(flow.text))
    if years:
        return Year(max(years, key=lambda y: (years[y], y)), "文中最常出现的年份")
    return Year(None)


def deadlines_of(
    flow: Flow, grammar: Grammar, outline: Outline, year: Year, masked: list[tuple[int, int]]
) -> list[TimePhrase]:
    """All deadlines in the order of the text; spans of `masked` (header, signature) and titles in 《》 are left out."""
    taken = bytearray(len(flow.text) + 1)
    for start, end in [*masked, *(title.span() for title in _TITLE.finditer(flow.text))]:
        taken[start:end] = b"\x01" * (end - start)
    found: list[TimePhrase] = []
    for form in grammar.deadlines:
        for match in form.pattern.finditer(flow.text):
            if any(taken[match.start() : match.end()]) or not _binds(flow.text, match, grammar):
                continue
            phrase = _dated(flow, outline, form, match, year)
            if (
                phrase
                and not year.lies_behind(phrase.item.resolved)
                and not _passed(flow.text, form, match, outline, grammar)
            ):
                found.append(phrase)
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    found += _bare_years(flow, outline, year, taken)
    found += _recurring(flow, grammar, outline, taken)
    return sorted(found, key=lambda phrase: phrase.start)


def _passed(text: str, form: TimeForm, match: re.Match[str], outline: Outline, grammar: Grammar) -> bool:
    """Where the section tells of what was done, 年内 and a five-year plan only name a time; a plan also after 已."""
    told = outline.tense(match.start()) == "past"
    if form.form != "plan":
        return told and form.inferred
    before = _CLAUSE_START.sub("", text[max(0, match.start() - 30) : match.start()])
    return told or bool(grammar.words["achieved"].search(before))


def _binds(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 6]
    if before.endswith("(") and after.startswith(")"):
        return False
    return not grammar.not_after.search(before) and not grammar.not_before.match(after)


def _dated(
    flow: Flow, outline: Outline, form: TimeForm, match: re.Match[str], year: Year
) -> TimePhrase | None:
    day = last_day(form.form, match.groupdict(), year.value)
    if day is None and not form.inferred:
        return None
    why = f"“{match[0]}”取该时段的最后一天"
    if form.inferred:
        why += f"，年份按{year.basis}推定为{day.year}年" if day else "，文中没有可推定的年份"
    return _phrase(
        flow, outline, match.start(), match.end(), day.isoformat() if day else None, None, why, form.inferred
    )


def _bare_years(flow: Flow, outline: Outline, year: Year, taken: bytearray) -> list[TimePhrase]:
    """A year that opens a sentence and lies after the paper's own: 2027年，…达到…."""
    found = []
    for match in _BARE_YEAR.finditer(flow.text):
        end = match.end(1) + 1
        ahead = (
            year.firm
            and year.value is not None
            and int(match[1]) >= year.value + (outline.tense(match.start()) != "future")
        )
        if ahead and outline.tense(match.start()) != "past" and not any(taken[match.start() : end]):
            found.append(
                _phrase(
                    flow,
                    outline,
                    match.start(1),
                    end,
                    f"{match[1]}-12-31",
                    None,
                    "句首的年份不早于成文年份，取年末",
                )
            )
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
    flow: Flow,
    outline: Outline,
    start: int,
    end: int,
    day: str | None,
    every: str | None,
    why: str,
    inferred: bool = False,
) -> TimePhrase:
    first, last = flow.place(start, end)
    item = Deadline(
        flow.printed(start, end),
        first,
        last,
        day,
        every,
        outline.task(start),
        why,
        inferred,
        flow.repaired(start, end),
    )
    return TimePhrase(start, end, item)
