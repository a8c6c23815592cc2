"""Words looked for in what policies say: title, papers, clauses, conditions, rules, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huanchuang.policies.queries.library import Listed

MOST = 3
LONGEST = 120


@dataclass(frozen=True)
class Passage:
    """A place where the words stand: the anchor on the page of the policy, its clause, and its text."""

    anchor: str
    clause: str
    text: str


def fits(one: Listed, text: str) -> bool:
    """Whether every word stands somewhere in a policy."""
    said = " ".join(_everything(one)).casefold()
    return all(word in said for word in text.casefold().split())


def passages(one: Listed, text: str, words: str) -> Sequence[Passage]:
    """The first places below the title where the words stand, those with more of them first."""
    asked = text.casefold().split()
    if not asked:
        return ()
    counted = [
        (sum(word in f"{found.clause} {found.text}".casefold() for word in asked), found)
        for found in _passages(one, words)
    ]
    best = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])
    return [Passage(found.anchor, found.clause, _short(found.text, asked)) for _count, found in best[:MOST]]


def _passages(one: Listed, words: str) -> Iterator[Passage]:
    written, english = one.written, words == "en"
    for asked in written.requirements:
        said = asked.text_en if english else asked.text
        yield Passage(asked.id.value, asked.clause, said)
        if asked.when is not None:
            yield Passage(asked.id.value, asked.clause, asked.when.text.strip())
    for figure in written.parameters:
        values = "、".join(value.value.value.value for value in figure.values if value.value.value)
        yield Passage(
            "parameters", figure.clause, f"{figure.name_en if english else figure.name.value} {values}"
        )
    for formula in written.formulas:
        yield Passage("asked", formula.clause, f"{formula.name.value} {formula.text.text.strip()}")
    if written.amount is not None:
        said = written.amount.text_en if english else written.amount.text
        yield Passage("amount", written.amount.clause, said)
        yield Passage("amount", written.amount.clause, written.amount.formula.text.strip())


def _everything(one: Listed) -> Iterator[str]:
    written = one.written
    yield from (one.id, one.policy.title.zh, one.policy.title.en, written.summary.zh, written.summary.en)
    yield from (written.office.zh, written.office.en)
    for source in one.pack.sources:
        yield f"{source.title}{source.number or ''} {source.clause or ''}"
    for words in ("zh", "en"):
        for found in _passages(one, words):
            yield f"{found.clause} {found.text}"


def _short(text: str, asked: Sequence[str]) -> str:
    """The text around the first of the words."""
    flat = " ".join(text.split())
    places = [place for word in asked if (place := flat.casefold().find(word)) >= 0]
    first = max(0, min(places, default=0) - LONGEST // 3)
    shown = flat[first : first + LONGEST]
    return ("…" if first else "") + shown + ("…" if first + LONGEST < len(flat) else "")
