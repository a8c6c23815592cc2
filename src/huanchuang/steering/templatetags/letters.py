"""Small parts of the pages of letters."""

from __future__ import annotations

from fractions import Fraction

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.packs.vocabulary.handling import Term
from huanchuang.steering.models import DraftState, LetterState
from huanchuang.steering.queries.letters import statistics, terms
from huanchuang.steering.queries.letters.standing import Standing
from huanchuang.steering.queries.words import COLOURS

register = template.Library()

TONES = {
    LetterState.RECEIVED: "grey", LetterState.ASSIGNED: "amber", LetterState.ASKED_BACK: "amber",
    LetterState.HANDLING: "blue", LetterState.SIGNING: "amber", LetterState.SIGNED: "blue", LetterState.SENT: "blue",
    LetterState.ANSWERED: "green", LetterState.CLOSED: "green",
}  # fmt: skip
DRAFT_TONES = {
    DraftState.WRITING: "blue", DraftState.SIGNING: "amber", DraftState.SEALED: "green", DraftState.SENT: "green",
}  # fmt: skip


@register.simple_tag
def letter_lamp(standing: Standing) -> SafeString:
    """The light of a letter with its word."""
    values = {"state": standing.colour.value, "word": str(COLOURS[standing.colour])}
    return SafeString(render_to_string("ui/light.html", values).strip())


@register.simple_tag
def letter_state(state: str, word: str) -> SafeString:
    """Where a letter stands in its life."""
    values = {"word": word, "tone": TONES[LetterState(state)]}
    return SafeString(render_to_string("ui/status.html", values).strip())


@register.simple_tag
def draft_state(state: str, word: str) -> SafeString:
    """Where a paper stands in its life."""
    values = {"word": word, "tone": DRAFT_TONES[DraftState(state)]}
    return SafeString(render_to_string("ui/status.html", values).strip())


@register.filter
def percent(share: Fraction | None) -> str:
    """83.3%; a dash for unknown."""
    return statistics.percent(share)


@register.filter
def mark_name(code: str) -> str:
    """A 已经解决或基本解决."""
    mark = letter_handling().marks.get(code)
    return f"{code} {terms.named(mark)}" if mark else code


@register.filter
def named(entry: terms.Named) -> str:
    """The name of an entry of the rules, in the reader's language."""
    return terms.named(entry)


@register.filter
def grounds(term: Term) -> str:
    """Who laid a term down, in the reader's language."""
    return term.grounds(language())


@register.filter
def term_words(term: Term) -> str:
    """3个工作日; 没有规定 where no rule says."""
    return terms.spoken(term)
