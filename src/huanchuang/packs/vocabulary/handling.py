"""Vocabularies of the shape ``handling``: terms, marks and answers of handling proposals (建议提案办理) in one place.

A term whose ``amount`` is left out is not laid down anywhere: whoever sets the clock has to name the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import (
    Field,
    Located,
    Words,
    list_of,
    located,
    one_of,
    optional,
    record,
    required,
    text,
    whole,
    yes_no,
)
from huanchuang.packs.tree import Mapping

UNITS = {"workday": "个工作日", "day": "日", "month": "个月"}
"""What a term counts in."""


@dataclass(frozen=True, slots=True)
class Term:
    """A time allowed; `amount` None: no rule found. `source` says who laid it down."""

    code: str
    zh: str
    en: str
    amount: int | None
    unit: str | None
    source: str
    source_en: str = ""

    def name(self, language: str = "zh") -> str:
        """The name in a language."""
        return Words(self.zh, self.en).text(language)

    def grounds(self, language: str = "zh") -> str:
        """Who laid it down, in a language."""
        return Words(self.source, self.source_en).text(language)


@dataclass(frozen=True, slots=True)
class Mark:
    """A result printed at the top right of a reply (A, B, C)."""

    code: str
    zh: str
    en: str

    def name(self, language: str = "zh") -> str:
        """The meaning in a language."""
        return Words(self.zh, self.en).text(language)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a proposer may say of a reply; whether it counts as satisfied, and whether the reply is to be done again."""

    code: str
    zh: str
    en: str
    satisfied: bool
    again: bool

    def name(self, language: str = "zh") -> str:
        """The words on the slip, in a language."""
        return Words(self.zh, self.en).text(language)


@dataclass(frozen=True, slots=True)
class Handling:
    """What one pack lays down."""

    vocabulary: str
    shape: str
    terms: tuple[Located[Term], ...]
    marks: tuple[Located[Mark], ...]
    answers: tuple[Located[Answer], ...]
    ways: tuple[Located[Mark], ...]


class HandlingRules:
    """The rules of several packs; an entry of a later pack takes the place of one with the same code."""

    def __init__(self, parts: Iterable[Handling]) -> None:
        self._terms: dict[str, Term] = {}
        self.marks: dict[str, Mark] = {}
        self.answers: dict[str, Answer] = {}
        self.ways: dict[str, Mark] = {}
        for part in parts:
            self._terms |= {entry.value.code: entry.value for entry in part.terms}
            self.marks |= {entry.value.code: entry.value for entry in part.marks}
            self.answers |= {entry.value.code: entry.value for entry in part.answers}
            self.ways |= {entry.value.code: entry.value for entry in part.ways}

    def term(self, code: str) -> Term:
        """The term of a code; one that no pack speaks of is unknown, as if its amount were left out."""
        return self._terms.get(code) or Term(code, code, code, None, None, "")

    def terms(self) -> tuple[Term, ...]:
        """All terms in the order of the packs."""
        return tuple(self._terms.values())


_CODE = text(30)
_NAMED: dict[str, Field[Any]] = {
    "code": required(_CODE),
    "zh": required(text(60)),
    "en": required(text(120)),
}
_TERM: dict[str, Field[Any]] = {
    **_NAMED,
    "amount": optional(whole(0, 400)),
    "unit": optional(one_of(UNITS)),
    "source": required(text(200)),
    "source_en": required(text(300)),
}
_ANSWER: dict[str, Field[Any]] = {**_NAMED, "satisfied": required(yes_no), "again": required(yes_no)}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "terms": optional(list_of(located(record(Term, _TERM))), default=()),
    "marks": optional(list_of(located(record(Mark, _NAMED))), default=()),
    "answers": optional(list_of(located(record(Answer, _ANSWER))), default=()),
    "ways": optional(list_of(located(record(Mark, _NAMED))), default=()),
}


def read(body: Mapping, folder: PackFolder) -> Handling:
    """Returns the rules of one pack, checked: no code twice, no amount without a unit."""
    found = record(Handling, _FIELDS, elsewhere=HEADER_KEYS)(body)
    gather = Gather()
    groups: tuple[tuple[Located[Any], ...], ...] = (found.terms, found.marks, found.answers, found.ways)
    for group in groups:
        _refuse_twice(group, gather)
    for term in found.terms:
        if term.value.amount is not None and term.value.unit is None:
            gather.add("missing-key", term.place, key="unit")
    gather.settle()
    return found


def _refuse_twice(group: tuple[Located[Any], ...], gather: Gather) -> None:
    seen: dict[str, Located[Any]] = {}
    for entry in group:
        first = seen.setdefault(entry.value.code, entry)
        if first is not entry:
            place = first.place
            gather.add(
                "duplicate-code", entry.place, code=entry.value.code, first=place.zh, first_en=place.en
            )


def answer(part: Handling, case: Case) -> str:
    """Answers the questions of example cases: ``term``, ``mark``, ``satisfied`` and ``again`` of a code."""
    rules = HandlingRules((part,))
    if case.ask == "term":
        term = rules.term(case.of)
        return "未知" if term.amount is None else f"{term.amount}{UNITS[term.unit or '']}"
    told = {
        "mark": {code: mark.zh for code, mark in rules.marks.items()},
        "satisfied": {code: _yes_no(one.satisfied) for code, one in rules.answers.items()},
        "again": {code: _yes_no(one.again) for code, one in rules.answers.items()},
    }.get(case.ask, {})
    if case.of not in told:
        raise refusal(
            "bad-question", case.place, ask=f"{case.ask} {case.of}", known="term、mark、satisfied、again"
        )
    return told[case.of]


def _yes_no(truth: bool) -> str:
    return "是" if truth else "否"
