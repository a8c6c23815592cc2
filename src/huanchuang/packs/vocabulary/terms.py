"""Vocabularies of the shape ``glossary``: the words of the field, each with one English form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from huanchuang.packs.cases import Case
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.pack import HEADER_KEYS
from huanchuang.packs.problems import Gather, refusal
from huanchuang.packs.schema import Field, Located, list_of, located, optional, record, required, text
from huanchuang.packs.tree import Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field, its one English form, what it means, and other words for the same thing."""

    zh: str
    en: str
    meaning: str
    meaning_en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one pack."""

    vocabulary: str
    shape: str
    terms: tuple[Located[Term], ...]


class Glossary:
    """All terms, found by Chinese word, alias or English form."""

    def __init__(self, lists: Iterable[Terms]) -> None:
        self._terms: list[Term] = []
        self._chinese: dict[str, Located[Term]] = {}
        self._english: dict[str, Located[Term]] = {}
        gather = Gather()
        for entry in (entry for terms in lists for entry in terms.terms):
            self._terms.append(entry.value)
            for name in (entry.value.zh, *entry.value.aliases):
                self._enter_chinese(name, entry, gather)
            self._enter_english(entry, gather)
        gather.settle()

    def _enter_chinese(self, name: str, entry: Located[Term], gather: Gather) -> None:
        first = self._chinese.setdefault(name, entry)
        if first is not entry:
            place = first.place
            gather.add(
                "duplicate-name",
                entry.place,
                name=name,
                other=first.value.zh,
                first=place.zh,
                first_en=place.en,
            )

    def _enter_english(self, entry: Located[Term], gather: Gather) -> None:
        first = self._english.setdefault(entry.value.en.casefold(), entry)
        if first is not entry:
            place = first.place
            gather.add(
                "duplicate-english",
                entry.place,
                en=entry.value.en,
                other=first.value.zh,
                first=place.zh,
                first_en=place.en,
            )

    def get(self, word: str) -> Term | None:
        """Returns the term a Chinese or English word stands for, or None."""
        found = self._chinese.get(word.strip()) or self._english.get(word.strip().casefold())
        return found.value if found else None

    def english(self, zh: str) -> str | None:
        """Returns the one English form of a Chinese word, or None."""
        term = self.get(zh)
        return term.en if term else None

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


_TERM: dict[str, Field[Any]] = {
    "zh": required(text(40)),
    "en": required(text(80)),
    "meaning": required(text(300)),
    "meaning_en": required(text(500)),
    "aliases": optional(list_of(text(40)), default=()),
}
_FIELDS: dict[str, Field[Any]] = {
    "vocabulary": required(text(60)),
    "shape": required(text(20)),
    "terms": required(list_of(located(record(Term, _TERM)), least=1)),
}


def read(body: Mapping, folder: PackFolder) -> Terms:
    """Returns the terms of one pack, checked: no word twice, one English form for one term."""
    found = record(Terms, _FIELDS, elsewhere=HEADER_KEYS)(body)
    Glossary((found,))
    return found


def answer(terms: Terms, case: Case) -> str:
    """Answers the questions of example cases."""
    term = Glossary((terms,)).get(case.of)
    questions = {"english": term.en if term else "无", "chinese": term.zh if term else "无"}
    if case.ask not in questions:
        raise refusal("bad-question", case.place, ask=case.ask, known="、".join(questions))
    return questions[case.ask]
