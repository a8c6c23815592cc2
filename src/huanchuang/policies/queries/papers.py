"""Policy papers and what is proposed of them, beside what a person has said so far."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from huanchuang.definitions.models import LIVING, Draft
from huanchuang.engines.expression import Situation, read
from huanchuang.engines.expression.explain import phrase
from huanchuang.engines.kernel import ProblemError
from huanchuang.packs.policies import criteria
from huanchuang.packs.policies.proposal import Item
from huanchuang.packs.policies.proposal.draft import Suggested, suggested_cases
from huanchuang.policies.models import PaperState, PolicyPaper, Verdict

SURE = "high"
SHOWN = ("left", "taken", "dropped")
"""What a list of proposals can be narrowed to: not looked at yet, taken, dropped."""


@dataclass(frozen=True)
class Line:
    """A proposed item and what was said of it."""

    item: Item
    verdict: Verdict | None

    @property
    def value(self) -> Mapping[str, str]:
        """What holds: as it was confirmed, else as it is proposed."""
        return self.verdict.value if self.verdict and self.verdict.is_taken else self.item.value

    @property
    def state(self) -> str:
        """left, taken or dropped."""
        if self.verdict is None:
            return "left"
        return "taken" if self.verdict.is_taken else "dropped"

    @property
    def version(self) -> int:
        """The version of what was said; 0 where nothing was."""
        return self.verdict.version if self.verdict else 0

    @property
    def way(self) -> str:
        """coded, document or human, of a requirement."""
        return self.value.get("by", "human")

    @property
    def asks(self) -> bool:
        """Whether it is a requirement, or a sentence left over that was made one."""
        return self.item.kind == "requirement" or (self.item.kind == "left" and "by" in self.value)


@dataclass(frozen=True)
class Review:
    """All lines of a paper and how many are decided."""

    paper: PolicyPaper
    lines: Sequence[Line]

    def count(self, state: str) -> int:
        """How many lines are left, taken or dropped; sentences left over need no answer."""
        return sum(line.state == state for line in self.lines if line.item.kind != "left" or state != "left")

    @cached_property
    def left(self) -> int:
        """Proposals that nobody has decided."""
        return self.count("left")

    @cached_property
    def taken(self) -> int:
        """Confirmed ones."""
        return self.count("taken")

    @cached_property
    def dropped(self) -> int:
        """Dropped ones."""
        return self.count("dropped")

    @cached_property
    def total(self) -> int:
        """All that wait for a decision or have one."""
        return self.left + self.taken + self.dropped

    @cached_property
    def sure(self) -> int:
        """Proposals read word by word that nobody has decided."""
        return len(sure_lines(self))

    def line(self, item: str) -> Line | None:
        """One line by the id of its item."""
        return next((line for line in self.lines if line.item.id == item), None)

    def shown(self, state: str) -> list[Line]:
        """The lines of a state, all where none is named."""
        return [line for line in self.lines if state not in SHOWN or line.state == state]


def papers() -> QuerySet[PolicyPaper]:
    """All papers, newest first, without their texts."""
    return PolicyPaper.objects.select_related("file", "job").defer("text", "items")


def review_of(paper: PolicyPaper) -> Review:
    """What is proposed of a paper and what was said of it."""
    said = {one.item: one for one in paper.verdicts.all()}
    return Review(paper, [Line(item, said.get(item.id)) for item in items_of(paper)])


def items_of(paper: PolicyPaper) -> list[Item]:
    """The proposed items, their passages taken from the text."""
    return [Item(text=paper.text[one["start"] : one["end"]], **one) for one in paper.items]


def sure_lines(review: Review) -> list[Line]:
    """What was read word by word and waits; of several amounts none, since a policy has one."""
    waiting = [one for one in review.lines if one.state == "left" and one.item.confidence == SURE]
    amounts = [one for one in review.lines if one.item.kind == "amount"]
    return [one for one in waiting if one.item.kind != "amount" or len(amounts) == 1]


@dataclass(frozen=True)
class Checked:
    """What the language makes of a condition: its meaning in words, or what is wrong; cases on its threshold."""

    said: str = ""
    problem: str = ""
    cases: Sequence[Suggested] = ()


def checked(when: str, day: dt.date, language: str) -> Checked:
    """A condition as it is typed."""
    try:
        bound = read(when, criteria().vocabulary, "condition").at(Situation(day))
    except ProblemError as error:
        return Checked(problem=error.text(language))
    return Checked(phrase(bound.node, language), cases=suggested_cases("", "", when, criteria(), day))


@dataclass(frozen=True)
class Piece:
    """Words of the paper between two borders; `item` is the innermost proposal that rests on them."""

    text: str
    item: Item | None = None
    state: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One line of the paper."""

    pieces: Sequence[Piece]


def marked(review: Review) -> list[Paragraph]:
    """The paper line by line, cut at every border of a proposal."""
    text, lines = review.paper.text, sorted(review.lines, key=lambda line: line.item.start - line.item.end)
    found: list[Paragraph] = []
    begin, seen = 0, set[str]()
    for row in text.splitlines(keepends=True):
        end = begin + len(row)
        over = [line for line in lines if line.item.start < end and line.item.end > begin]
        borders = {begin, end}
        for line in over:
            borders |= {max(begin, line.item.start), min(end, line.item.end)}
        places = sorted(borders)
        pieces = [_piece(text, a, b, over, seen) for a, b in itertools.pairwise(places)]
        if row.strip():
            found.append(Paragraph(pieces))
        begin = end
    return found


def _piece(text: str, start: int, end: int, over: Sequence[Line], seen: set[str]) -> Piece:
    covering = [line for line in over if line.item.start <= start and line.item.end >= end]
    words = text[start:end].rstrip("\r\n")
    if not covering:
        return Piece(words)
    line = covering[-1]
    is_first = line.item.id not in seen
    seen.add(line.item.id)
    return Piece(words, line.item, line.state, is_first)


def is_open(paper: PolicyPaper) -> bool:
    """Whether proposals of it can be decided."""
    return paper.state in (PaperState.REVIEW, PaperState.DRAFTED)


def draft_of(paper: PolicyPaper) -> Draft | None:
    """The draft that was made of a paper and is still being written."""
    if not paper.pack:
        return None
    return Draft.objects.filter(kind="policies", pack=paper.pack, state__in=LIVING).first()
