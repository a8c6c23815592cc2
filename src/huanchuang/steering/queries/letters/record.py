"""One letter with everything about it, and what a person may do with it now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import allows, users_with_role
from huanchuang.orm.masking import mask_name, mask_phone
from huanchuang.packs.vocabulary import letter_handling, organisation_kinds
from huanchuang.packs.vocabulary.handling import Term
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import (
    Draft,
    DraftState,
    Duty,
    Extension,
    Feedback,
    Handling,
    HandlingState,
    Letter,
    LetterState,
    LetterStep,
    Proposer,
    Talk,
)
from huanchuang.steering.queries.letters.lists import WITH_UNITS, LetterRow, rows_of
from huanchuang.steering.queries.letters.rendering import covered
from huanchuang.steering.queries.letters.terms import named
from huanchuang.steering.queries.letters.visibility import leads, may_act, may_look

WRITING = (LetterState.HANDLING, LetterState.SIGNING)
TALKING = (*WRITING, LetterState.SIGNED, LetterState.SENT)


@dataclass(frozen=True)
class Shown:
    """A proposer as the page shows one: in part, until somebody looked."""

    name: str
    unit: str
    phone: str


@dataclass(frozen=True)
class HandlingRow:
    """A unit that was given the letter, with what the person may do for it."""

    handling: Handling
    accepts: bool
    decides: bool
    takes_back: bool
    """The office may take it back although the unit did not ask."""
    gives_opinion: bool


@dataclass(frozen=True)
class LetterDoings:
    """What the person may do with the letter now; the buttons follow it, the services ask again."""

    assign: bool
    change: bool
    talk: bool
    ask_longer: bool
    draft: bool
    send: bool
    feedback: bool
    again: bool
    publicity: bool
    close: bool
    look: bool


@dataclass(frozen=True)
class LetterRecord:
    """A letter as its page shows it."""

    row: LetterRow
    contents: str
    """What is proposed; names and numbers of the proposers masked until somebody looked."""
    proposers: list[Shown]
    units: list[HandlingRow]
    gone: list[Handling]
    talks: list[tuple[Talk, str]]
    extensions: list[Extension]
    decides_longer: bool
    drafts: QuerySet[Draft]
    draft: Draft | None
    feedbacks: list[tuple[Feedback, str]]
    steps: QuerySet[LetterStep]
    again: Term
    doings: LetterDoings


def letter_record(
    user: User, letter: Letter, as_of: dt.date, clear: list[Proposer] | None = None
) -> LetterRecord:
    """Everything about one letter; `clear`: the proposers that somebody has just looked at with a purpose."""
    rules = letter_handling()
    row = rows_of([letter], as_of)[0]
    given = list(letter.handlings.select_related("organisation", "opinion_from").order_by("-duty", "pk"))
    extensions = list(letter.extensions.select_related("asked_by", "decided_by"))
    drafts = letter.drafts.select_related("signer").order_by("-round")
    office = user.role == Role.OFFICER
    proposers = list(letter.proposers.all())
    return LetterRecord(
        row=row,
        contents=letter.contents
        if clear is not None
        else covered(letter.contents, [one.name for one in proposers]),
        proposers=[_shown(one, clear is not None) for one in proposers],
        units=[_unit(user, letter, one, office) for one in given if one.state != HandlingState.GONE],
        gone=[one for one in given if one.state == HandlingState.GONE],
        talks=[(one, _way(one.way)) for one in letter.talks.select_related("by")],
        extensions=extensions,
        decides_longer=office
        and any(one.decision == "asked" and one.asked_by_id != user.pk for one in extensions),
        drafts=drafts,
        draft=next((one for one in drafts if one.round == letter.round), None),
        feedbacks=[
            (one, named(rules.answers[one.verdict])) for one in letter.feedbacks.select_related("entered_by")
        ],
        steps=letter.steps.select_related("by", "organisation"),
        again=rules.term("again"),
        doings=_doings(user, letter, extensions),
    )


def _shown(proposer: Proposer, clear: bool) -> Shown:
    if clear:
        return Shown(proposer.name, proposer.unit, proposer.phone)
    return Shown(mask_name(proposer.name), "", mask_phone(proposer.phone))


def _unit(user: User, letter: Letter, handling: Handling, office: bool) -> HandlingRow:
    acts = may_act(user, handling) and allows(user, "steering.letter.handle")
    working = letter.state in (LetterState.ASSIGNED, LetterState.HANDLING)
    taken = handling.state == HandlingState.ACCEPTED
    return HandlingRow(
        handling,
        accepts=acts and letter.state in WITH_UNITS and handling.state == HandlingState.WAITING,
        decides=office and handling.state == HandlingState.ASKED_BACK,
        takes_back=office and working and handling.state in (HandlingState.WAITING, HandlingState.ACCEPTED),
        gives_opinion=acts and working and taken and handling.duty == Duty.CO,
    )


def _way(code: str) -> str:
    found = letter_handling().ways.get(code)
    return named(found) if found else code


def _doings(user: User, letter: Letter, extensions: list[Extension]) -> LetterDoings:
    answers, office = leads(user, letter), user.role == Role.OFFICER
    state = letter.state
    verdict = letter_handling().answers.get(letter.verdict)
    asked = any(one.decision == "asked" for one in extensions)
    return LetterDoings(
        assign=office and state == LetterState.RECEIVED,
        change=office and state != LetterState.CLOSED,
        talk=answers and state in TALKING,
        ask_longer=answers and state == LetterState.HANDLING and not asked,
        draft=answers and state == LetterState.HANDLING,
        send=answers and state == LetterState.SIGNED,
        feedback=office and state == LetterState.SENT,
        again=office and state == LetterState.ANSWERED and verdict is not None and verdict.again,
        publicity=office and state in (LetterState.SENT, LetterState.ANSWERED, LetterState.CLOSED),
        close=office and state in (LetterState.SENT, LetterState.ANSWERED),
        look=may_look(user, letter),
    )


def assignable_units() -> list[Organisation]:
    """The organisations that letters are given to: those of government, then those that work for it."""
    kinds = organisation_kinds()
    units = Organisation.objects.filter(retired_on__isnull=True).order_by("name")
    return [one for one in units if one.kind in kinds and kinds.is_within(one.kind, "government")]


def leaders() -> list[User]:
    """Who can be asked to sign."""
    return list(users_with_role(Role.LEADER))


def public_draft(letter: Letter) -> Draft | None:
    """The newest reply that was sent."""
    return letter.drafts.filter(state=DraftState.SENT).select_related("letter").order_by("-round").first()
