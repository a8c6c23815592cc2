"""Deadlines: every phrase that binds something to a time, with its last day.

A year that the phrase does not say comes from the date of the paper, else from the deadlines that do say one, and is
marked as inferred. Starts (自…起, …以来) and dates of stock (截至…) are no deadlines; 每年 recurs and has no day, 30日内
depends on an event. 今年 dates the figures behind it, and is a deadline of its own where its clause says what is to be done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from huanchuang.engines.reader.dates import last_day
from huanchuang.engines.reader.flow import Flow
from huanchuang.engines.reader.grammar import Grammar, TimeForm
from huanchuang.engines.reader.outline import Outline
from huanchuang.engines.reader.respectively import years_of
from huanchuang.engines.reader.tables import Cell, Tables
from huanchuang.engines.reader.values import Deadline, Document

_EXPLICIT = re.compile(r"((?:19|20)\d\d)年(?:年?底|年?末|\d{1,2}月底|前)|(?:到|至)((?:19|20)\d\d)年")
_SPAN_OF_YEARS = re.compile(r"((?:19|20)\d\d)年?[—~至-]+(?:19|20)\d\d年")
_TITLE = re.compile(r"《[^《》\n]{1,200}》")
_CLAUSE_START = re.compile(r".*[,。;:!?\n]", re.DOTALL)
_CLAUSE = re.compile(r",?[^,。;:!?\n]{1,60}")
_GOAL = re.compile(r"(?:经济社会)?(?:发展|工作)?的?(?:主要)?(?:预期|工作|发展)?目标(?:任务)?[是为:]")
_FIGURE = re.compile(r"\d[\d.]*(?![\d.]*[年月日])")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_BARE_YEAR = re.compile(
    r"(?<=[。\n;,:])(?:在|其中)?((?:19|20)\d\d)年(?=,(?=[^。\n]{0,80}?(?:\d|达|实现|完成|建成|形成|建立|力争|确保|启动|基本|突破|新增|培育))|覆盖|普及|开工|竣工|投产|投用|通车|淘汰|退出|力争|全面|全[市县区省]|达到|实现|完成|建成|新|启动|培育|引进)"
)
_YEAR_OF_NUMBER = re.compile(r"[〔\[【(]((?:19|20)\d\d)[〕\]】)]")
_LABEL = "完成时限:"
_LONGEST_CELL = 60
_STAGE = re.compile(r"阶段|时间|步骤|环节")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time and where it stands in the flow. `listed` is False for one that only dates what follows it (今年)."""

    start: int
    end: int
    item: Deadline
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """The paper's own year and where it was taken from; `firm` where the paper itself says it; the day it was signed on."""

    value: int | None
    basis: str = ""
    firm: bool = False
    day: str | None = None

    @property
    def late(self) -> bool:
        """Was the paper signed in the second half of the year?"""
        return bool(self.day) and (self.day or "")[5:7] > "06"

    def lies_behind(self, day: str | None) -> bool:
        """Is the day in a year before the paper's?"""
        return bool(day) and self.firm and self.value is not None and int((day or "")[:4]) < self.value


def base_year(flow: Flow, document: Document, title: str) -> Year:
    """The year that stands in where a phrase names none."""
    if document.date:
        return Year(int(document.date[:4]), "成文日期", firm=True, day=document.date)
    numbered = _YEAR_OF_NUMBER.search(document.number or "")
    if numbered:
        return Year(int(numbered[1]), "发文字号", firm=True)
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
    flow: Flow,
    grammar: Grammar,
    outline: Outline,
    tables: Tables,
    year: Year,
    masked: list[tuple[int, int]],
) -> list[TimePhrase]:
    """All times in the order of the text; spans of `masked` (header, signature) and titles in 《》 are left out."""
    reader = _Reader(flow, grammar, outline, year, bytearray(len(flow.text) + 1))
    for start, end in [*masked, *(title.span() for title in _TITLE.finditer(flow.text))]:
        reader.take(start, end)
    found = [
        *reader.recurring(),
        *reader.dated(),
        *reader.bare_years(),
        *reader.cells(tables),
        *reader.relative(),
        *reader.soft(),
    ]
    return sorted(found, key=lambda phrase: phrase.start)


@dataclass(frozen=True, slots=True)
class _Reader:
    """The text, what is known of it, and the characters that belong to a phrase already."""

    flow: Flow
    grammar: Grammar
    outline: Outline
    year: Year
    taken: bytearray

    def take(self, start: int, end: int) -> None:
        """Mark a span as read."""
        self.taken[start:end] = b"\x01" * (end - start)

    def _free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def recurring(self) -> Iterator[TimePhrase]:
        """每年, 每季度末前: what comes again."""
        for every, pattern in self.grammar.times.recurring:
            for match in pattern.finditer(self.flow.text):
                if self._free(*match.span()):
                    self.take(*match.span())
                    yield self._phrase(*match.span(), None, every, f"“{match[0]}”是重复的时限，没有到期日")

    def dated(self) -> Iterator[TimePhrase]:
        """Phrases with a date, some of them with the year inferred."""
        for form in self.grammar.times.forms:
            for match in form.pattern.finditer(self.flow.text):
                if self._free(*match.span()) and self._binds(form, match):
                    phrase = self._dated(form, match)
                    passed = phrase and self._passed(form, match, phrase.item.resolved)
                    if phrase and (form.window or not passed):
                        self.take(*match.span())
                    if phrase and not passed:
                        yield phrase

    def _binds(self, form: TimeForm, match: re.Match[str]) -> bool:
        text, times = self.flow.text, self.grammar.times
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 6]
        if before.endswith("(") and after.startswith(")"):
            heading = text[max(0, match.start() - 16) : match.start()]
            return form.window and form.form != "window" and bool(_STAGE.search(heading))
        return not times.not_after.search(before) and not times.not_before.match(after)

    def _dated(self, form: TimeForm, match: re.Match[str]) -> TimePhrase | None:
        year = self.year
        day = last_day(form.form, match.groupdict(), year.value, late=year.late)
        if day is None and not form.inferred:
            return None
        why = f"“{match[0]}”取该时段的最后一天"
        if form.inferred:
            why += f"，年份按{year.basis}推定为{day.year}年" if day else "，文中没有可推定的年份"
        return self._phrase(*match.span(), day.isoformat() if day else None, None, why, form.inferred)

    def _passed(self, form: TimeForm, match: re.Match[str], day: str | None) -> bool:
        """Where the section tells of what was done, 年内 and a five-year plan only name a time; a plan also after 已.
        A window that ended before the paper was signed, or came up to its year, is told and not set."""
        year = self.year
        if year.lies_behind(day):
            return True
        told = self.outline.tense(match.start()) == "past"
        if form.window and day and year.firm:
            begins = match.groupdict().get("y0") or ""
            grown = begins.isdigit() and int(begins) < int(day[:4]) == year.value
            return grown or bool(year.day and day < year.day) or (told and form.inferred)
        if form.form != "plan":
            return told and form.inferred
        text = self.flow.text
        before = _CLAUSE_START.sub("", text[max(0, match.start() - 30) : match.start()])
        return told or bool(self.grammar.words["achieved"].search(before))

    def bare_years(self) -> Iterator[TimePhrase]:
        """A year that opens a sentence and lies after the paper's own: 2027年，…达到…."""
        year, outline = self.year, self.outline
        for match in _BARE_YEAR.finditer(self.flow.text):
            start, end = match.start(1), match.end(1) + 1
            tense = outline.tense(match.start())
            ahead = year.firm and year.value is not None and int(match[1]) >= year.value + (tense != "future")
            if ahead and tense != "past" and self._free(start, end):
                self.take(start, end)
                why = "句首的年份不早于成文年份，取年末"
                yield self._phrase(start, end, f"{match[1]}-12-31", None, why)
        for _, years in years_of(self.flow.text):
            for found in years:
                start, end = found.start(), found.end() + 1
                behind = year.firm and year.value is not None and int(found[0]) < year.value
                if not behind and outline.tense(start) != "past" and self._free(start, end):
                    self.take(start, end)
                    yield self._phrase(start, end, f"{found[0]}-12-31", None, "“分别”前列出的年份，取年末")

    def cells(self, tables: Tables) -> Iterator[TimePhrase]:
        """Cells of a column that says until when are read as if its label stood before them."""
        for table in tables.all:
            for row in table.rows:
                for cell in table.cells(row, "deadline"):
                    if cell.text and len(cell.text) <= _LONGEST_CELL and self._free(cell.start, cell.end):
                        yield from self._cell(cell)

    def _cell(self, cell: Cell) -> Iterator[TimePhrase]:
        labelled = f"{_LABEL}{cell.text}"
        for form in self.grammar.times.forms:
            for match in form.pattern.finditer(labelled, len(_LABEL)):
                start = cell.start + match.start() - len(_LABEL)
                end = start + len(match[0])
                day = (
                    last_day(form.form, match.groupdict(), self.year.value)
                    if self._free(start, end)
                    else None
                )
                if day:
                    self.take(start, end)
                    why = "表中时限一栏，取该时段的最后一天"
                    yield self._phrase(start, end, day.isoformat(), None, why, form.inferred)
        for every, pattern in self.grammar.times.recurring:
            again = pattern.match(labelled, len(_LABEL))
            if again and self._free(cell.start, cell.end):
                self.take(cell.start, cell.end)
                yield self._phrase(cell.start, cell.end, None, every, f"“{again[0]}”是重复的时限，没有到期日")

    def relative(self) -> Iterator[TimePhrase]:
        """自受理之日起30日内, 5年内: counted from an event; the day cannot be told from the paper."""
        for match in self.grammar.times.relative.finditer(self.flow.text):
            if self._free(*match.span()):
                self.take(*match.span())
                why = f"“{match[0]}”从某个事项起算，文中没有到期日"
                yield self._phrase(*match.span(), None, None, why)

    def soft(self) -> Iterator[TimePhrase]:
        """今年, 全年: the paper's own year, in sections on what is to be done; listed where something is to be done in it."""
        if self.year.value is None or not self.year.firm:
            return
        for match in self.grammar.times.soft.finditer(self.flow.text):
            if (
                self._free(*match.span())
                and self.outline.tense(match.start()) != "past"
                and (
                    _GOAL.match(self.flow.text, match.end())
                    or not self.grammar.times.not_before.match(self.flow.text, match.end())
                )
            ):
                why = f"“{match[0]}”是{self.year.basis}所在的年份"
                listed = self._sets(match.end())
                yield self._phrase(*match.span(), f"{self.year.value}-12-31", None, why, True, listed=listed)

    def _sets(self, at: int) -> bool:
        """Does the clause behind 今年 say what is to be done: a word of will, or in a section on that an act?"""
        clause = _CLAUSE.match(self.flow.text, at)
        said, times = clause[0] if clause else "", self.grammar.times
        if "了" in said or self.grammar.words["achieved"].search(said):
            return False
        if times.purpose.match(self.flow.text, at):
            return True
        if times.will.search(said) or self.outline.tense(at) != "future":
            return bool(times.will.search(said))
        counted = times.counted_act.search(said) and _FIGURE.search(said)
        return bool(counted or times.ending_act.search(said))

    def _phrase(
        self,
        start: int,
        end: int,
        day: str | None,
        every: str | None,
        why: str,
        inferred: bool = False,
        *,
        listed: bool = True,
    ) -> TimePhrase:
        first, last = self.flow.place(start, end)
        item = Deadline(
            self.flow.printed(start, end), first, last, day, every, self.outline.task(start), why, inferred,
            self.flow.repaired(start, end),
        )  # fmt: skip
        return TimePhrase(start, end, item, listed)
