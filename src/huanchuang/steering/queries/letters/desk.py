"""The writing desk of a paper: how it reads, what it cites, which records have changed, which figures have none."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import User
from huanchuang.steering.models import Citation, Draft, DraftState, HandFigure, Target
from huanchuang.steering.queries.letters import text
from huanchuang.steering.queries.letters.citations import (
    Now,
    Offer,
    changed,
    fact_offers,
    line_offers,
    link_of,
    offered_lines,
)
from huanchuang.steering.queries.letters.rendering import Sheet, is_whole, masked, sheet_of
from huanchuang.steering.queries.letters.visibility import visible_drafts

CHOSEN = 6
"""Lines that are ticked beforehand for a first draft: the nearest to the letter."""


@dataclass(frozen=True)
class Cited:
    """A citation in use, with what its record says now where that differs."""

    citation: Citation
    link: str
    now: Now | None


@dataclass(frozen=True)
class Desk:
    """All that the page of a paper shows."""

    sheet: Sheet
    cited: list[Cited]
    unanswered: list[text.Bare]
    hand_figures: list[HandFigure]
    offers: list[Offer]
    facts: list[Offer]
    lines: list[Target]
    chosen: set[int]
    whole: bool | None
    """Whether the sealed paper still is what its seal says; None before it is sealed."""
    asked: bool
    """Whether this person was asked to sign."""

    @property
    def changed(self) -> list[Cited]:
        """Citations whose record no longer says what is cited."""
        return [one for one in self.cited if one.now is not None]

    @property
    def renewable(self) -> int:
        """How many of them can be replaced by what the record says now."""
        return sum(one.now is not None and one.now.offer is not None for one in self.cited)


def draft_desk(user: User, draft: Draft, words: str, *, writes: bool) -> Desk:
    """The desk of a paper; offers of figures and lines only where the person writes on it."""
    used = {number for _, number in text.tokens(draft.body)}
    citations = [one for one in draft.citations.all() if one.number in used]
    sealed = draft.sealed is not None
    news = changed(draft, citations)
    hand = list(draft.hand_figures.select_related("by"))
    known = {one.digest for one in hand}
    bare = text.bare_figures(draft.body, {one.number: one.text for one in citations})
    composes = writes and draft.letter is not None
    lines = offered_lines(user, draft) if composes else []
    return Desk(
        sheet=masked(sheet_of(draft)),
        cited=[Cited(one, link_of(one), news.get(one.number)) for one in citations],
        unanswered=[] if sealed else [one for one in bare if one.digest not in known],
        hand_figures=[one for one in hand if one.digest in {figure.digest for figure in bare}],
        offers=line_offers(user, draft, words) if writes else [],
        facts=fact_offers(user, words) if writes else [],
        lines=lines,
        chosen={one.pk for one in lines[:CHOSEN]},
        whole=is_whole(draft) if sealed else None,
        asked=draft.state == DraftState.SIGNING and draft.signer_id == user.pk,
    )


def reports_of(user: User) -> QuerySet[Draft]:
    """Half-year reports that a person may read, the newest first."""
    return (
        visible_drafts(user)
        .filter(plan__isnull=False)
        .select_related("plan", "signer")
        .order_by("-period", "-pk")
    )
