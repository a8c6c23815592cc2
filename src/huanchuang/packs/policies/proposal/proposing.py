"""Goes through the sentences of a paper and gathers what each proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from huanchuang.engines.reader import Grammar, Paper
from huanchuang.engines.reader.flow import flow_of
from huanchuang.engines.reader.head import head_of
from huanchuang.packs.library import Library
from huanchuang.packs.policies.criteria import criteria_of
from huanchuang.packs.policies.proposal import frame
from huanchuang.packs.policies.proposal.amounts import Amounts, Given
from huanchuang.packs.policies.proposal.bands import banded
from huanchuang.packs.policies.proposal.conditions import Conditions, Part
from huanchuang.packs.policies.proposal.names import names_of, places_of
from huanchuang.packs.policies.proposal.passages import Block, blocks_of
from huanchuang.packs.policies.proposal.reasons import why
from huanchuang.packs.policies.proposal.values import LIKELY, OPEN, SURE, Item, Proposal
from huanchuang.packs.policies.proposal.words import Words

_ASKING = ("conditions", "barred", "either")
_BY_CASE = re.compile(r"[^,;]+的(?:企业|单位|项目)?,")
"""销售收入低于5000万元的，不低于6%: each line for its own case."""
_SHOWN = (*_ASKING, "amounts", "times")
"""Sections whose sentences are never passed over in silence."""


class Proposer:
    """One paper on its way."""

    def __init__(self, paper: Paper, grammar: Grammar, words: Words, packs: Library) -> None:
        self.words = words
        self.flow = flow_of(paper.text, grammar, markdown=paper.kind == "md")
        self.head = head_of(self.flow, grammar)
        document = self.head.document
        criteria, names = criteria_of(packs), names_of(packs, words)
        places = places_of(packs, f"{document.title} {document.issuer or ''}")
        self.conditions = Conditions(words, criteria, names, places)
        self.amounts = Amounts(words, criteria, names)
        self.blocks = blocks_of(self.flow, grammar, words, self.head.title[1])
        self.items: list[Item] = []
        self.counts: dict[str, int] = {}
        self.taken: set[int] = set()
        """Numbers of blocks that a block before them spoke for."""
        self.asked: set[str] = set()
        """Clauses that have set a condition: what follows in them goes on with it."""

    def proposal(self) -> Proposal:
        """Everything, the frame first."""
        self._head()
        for number, block in enumerate(self.blocks):
            if number not in self.taken and block.end > block.start:
                self._block(number, block)
        self._terms()
        order = {"frame": 0}
        return Proposal(
            tuple(sorted(self.items, key=lambda item: (order.get(item.kind, 1), item.start, item.end)))
        )

    def text(self, block: Block) -> str:
        """A block as the forms are matched."""
        return self.flow.text[block.start : block.end]

    def _add(
        self,
        kind: str,
        block: Block,
        start: int,
        end: int,
        confidence: str,
        reason: dict[str, str],
        **value: str,
    ) -> None:
        """An item on a part of a block."""
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        first, last = self.flow.place(block.start + start, block.start + end)
        text = self.flow.original[first:last]
        self.items.append(
            Item(kind, f"{kind[0]}{number}", first, last, text, block.clause, value, confidence, **reason)
        )

    def _head(self) -> None:
        document = self.head.document
        start, end = self.flow.place(*self.head.title)
        given = {"title": document.title, "number": document.number, "issuer": document.issuer}
        for name, value in given.items():
            if value:
                at = self.flow.original.find(value)
                first, last = (at, at + len(value)) if at >= 0 else (start, end)
                self._frame(name, value, first, last, "", SURE, why("head"))

    def _frame(
        self,
        name: str,
        value: str,
        start: int,
        end: int,
        clause: str,
        confidence: str,
        reason: dict[str, str],
    ) -> None:
        if not any(item.kind == "frame" and name in item.value for item in self.items):
            text = self.flow.original[start:end]
            self.items.append(
                Item("frame", f"f-{name}", start, end, text, clause, {name: value}, confidence, **reason)
            )

    def _block(self, number: int, block: Block) -> None:
        text = self.text(block)
        framed = self._framing(block, text)
        if block.opens is not None:
            self._lead(number, block, text)
            return
        if block.context == "papers":
            paper = text.rstrip(";,。:")
            self._add(
                "requirement",
                block,
                0,
                len(paper),
                LIKELY,
                why("document"),
                by="document",
                papers=paper[:100],
            )
            return
        is_listed = block.context in _ASKING and block.within is not None
        given = () if is_listed else self.amounts.given(text)
        for one in given:
            self._amount(block, text, one if len(given) == 1 else replace(one, formula=""))
        if given or (framed and block.context not in _ASKING):
            return
        goes_on = bool(block.clause) and block.clause in self.asked and self.conditions.one(text) is not None
        if block.context in _ASKING or goes_on or self.words.one["asks"].search(text):
            self._requirements(block, text)
        elif block.context in _SHOWN or (block.context != "other" and re.search(r"\d", text)):
            self._add(
                "left", block, 0, len(text), OPEN, why("one-time" if block.context == "times" else "left")
            )

    def _lead(self, number: int, block: Block, text: str) -> None:
        """A sentence that opens a list: its items may make one condition; its own words may set one."""
        below = [at for at, one in enumerate(self.blocks) if one.within == block.opens and one.opens is None]
        lines = [self.text(self.blocks[at]) for at in below]
        part = banded(self.conditions, text, lines)
        if part is not None:
            end = self.blocks[below[-1]].end - block.start
            self.taken.update(below)
            self._add(
                "requirement",
                block,
                0,
                end,
                SURE if part.sure else LIKELY,
                why("band"),
                by="coded",
                when=part.when,
            )
        elif block.context == "either" and len(below) > 1:
            self._either(block, below, lines)
        elif block.context in _ASKING and sum(bool(_BY_CASE.match(line)) for line in lines) > 1:
            self.taken.update(below)
            end = self.blocks[below[-1]].end - block.start
            self._add("requirement", block, 0, end, OPEN, why("cases"), by="human")
        elif block.context in _ASKING and re.search(r"\d", text):
            self._requirements(block, text.rstrip(":"))

    def _either(self, block: Block, below: list[int], lines: list[str]) -> None:
        """One of the following: computed where every item can be, else one requirement for a person."""
        parts = [self.conditions.one(line.strip(";,。")) for line in lines]
        known = [part for part in parts if part is not None]
        end = self.blocks[below[-1]].end - block.start
        self.taken.update(below)
        if len(known) == len(parts):
            when = " 或 ".join(f"({part.when})" if " 且 " in part.when else part.when for part in known)
            sure = SURE if all(part.sure for part in known) else LIKELY
            self._add("requirement", block, 0, end, sure, why("either"), by="coded", when=when)
        else:
            self._add("requirement", block, 0, end, OPEN, why("either"), by="human")

    def _requirements(self, block: Block, text: str, offset: int = 0) -> None:
        """What each part between semicolons asks."""
        barred = block.context == "barred"
        self.asked.add(block.clause)
        for piece in re.finditer(r"[^;]+", text):
            bare = piece[0].strip(",。、")
            skipped = piece.start() + (piece[0].find(bare) if bare else 0)
            for part in self.conditions.parts(bare, barred=barred):
                self._requirement(block, bare, part, skipped + offset, barred)

    def _requirement(self, block: Block, text: str, part: Part, offset: int, barred: bool) -> None:
        start, end = part.start + offset, part.end + offset
        piece = text[part.start : part.end]
        if not piece.strip("的,;、"):
            return
        if part.when:
            when = (
                f"非 ({part.when})"
                if barred and " " in part.when
                else f"非 {part.when}"
                if barred
                else part.when
            )
            reason = why("barred") if barred else why("read" if part.sure else "near")
            self._add(
                "requirement", block, start, end, SURE if part.sure else LIKELY, reason, by="coded", when=when
            )
        elif self.words.one["not_asked"].search(piece) and not part.is_document:
            self._add("left", block, start, end, OPEN, why("not-asked"))
        elif part.is_document and not barred:
            self._add(
                "requirement",
                block,
                start,
                end,
                LIKELY,
                why("document"),
                by="document",
                papers="、".join(part.papers),
            )
        else:
            hedge = self.words.one["bound_together"].search(piece)
            reason = why("together", word=hedge[0]) if hedge else why("open")
            self._add("requirement", block, start, end, OPEN, reason, by="human")

    def _amount(self, block: Block, text: str, given: Given) -> None:
        if given.who is not None:
            start, end = given.who
            self._requirements(block, text[start:end], offset=start)
        code = (
            "amount-open"
            if not given.formula
            else "tiers"
            if given.form == "tiers"
            else "amount"
            if given.sure
            else "amount-near"
        )
        confidence = OPEN if not given.formula else SURE if given.sure else LIKELY
        value = {"is": given.formula, "cap": given.cap}
        self._add("amount", block, given.start, given.end, confidence, why(code), **value)

    def _framing(self, block: Block, text: str) -> bool:
        """Times, budget, office and combination that a sentence names; whether there was any."""
        before = len(self.items)
        window = frame.window_of(text, self.words)
        if window:
            self._add(
                "window", block, window[0], window[1], SURE, why("stated"), opens=window[2], closes=window[3]
            )
        for start, end, rule, limit in frame.groups_of(text, self.words):
            self._add("group", block, start, end, SURE, why("stated"), rule=rule, limit=limit)
        for name, found in self._named(text):
            first, last = self.flow.place(block.start + found[0], block.start + found[1])
            self._frame(name, found[2], first, last, block.clause, SURE, why("stated"))
        return len(self.items) > before or bool(self._days(text))

    def _named(self, text: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
        once = self.words.one["once"].search(text)
        found = {
            "office": frame.office_of(text, self.words),
            "budget": frame.budget_of(text, self.words),
            "once": (*once.span(), "yes") if once else None,
        }
        yield from ((name, one) for name, one in found.items() if one is not None)

    def _days(self, text: str) -> dict[str, re.Match[str]]:
        found = {
            name: self.words.one[name].search(text)
            for name in ("from_day", "from_issue", "to_day", "for_years")
        }
        known = {name: match for name, match in found.items() if match}
        return (
            known if known.keys() & {"from_day", "from_issue"} or "有效期" in text or "试行期" in text else {}
        )

    def _terms(self) -> None:
        """The first and the last day in force."""
        for block in self.blocks:
            found = self._days(self.text(block))
            if not found:
                continue
            first = self._first_day(block, found)
            last = frame.day_of(found["to_day"]["day"]) if "to_day" in found else None
            if last is not None:
                self._day(block, "valid_to", last, found["to_day"], "stated")
            elif first is not None and "for_years" in found:
                end = frame.last_day(first, found["for_years"]["span"])
                if end is not None:
                    self._day(block, "valid_to", end, found["for_years"], "term")

    def _first_day(self, block: Block, found: dict[str, re.Match[str]]) -> date | None:
        document = self.head.document
        issued = document.date_published or document.date_signed or document.date
        if "from_day" in found:
            first = frame.day_of(found["from_day"]["day"])
            if first is not None:
                self._day(block, "valid_from", first, found["from_day"], "stated")
            return first
        if "from_issue" in found and issued:
            first = date.fromisoformat(issued)
            self._day(block, "valid_from", first, found["from_issue"], "head")
            return first
        return None

    def _day(self, block: Block, name: str, day: date, found: re.Match[str], code: str) -> None:
        first, last = self.flow.place(block.start + found.start(), block.start + found.end())
        self._frame(
            name, day.isoformat(), first, last, block.clause, SURE if code == "stated" else LIKELY, why(code)
        )
