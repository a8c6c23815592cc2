"""Remind units of letters whose days run out, and the office of those that are late."""

from __future__ import annotations

import datetime as dt

from huanchuang.packs.vocabulary import letter_handling, work_calendar
from huanchuang.steering.models import Handling, HandlingState, Letter, LetterState
from huanchuang.steering.queries.letters.lists import WITH_UNITS
from huanchuang.steering.queries.letters.standing import Rulebook, is_near
from huanchuang.steering.services.letters import news
from huanchuang.steering.services.news import officers

OPEN = (LetterState.HANDLING, LetterState.SIGNING, LetterState.SIGNED)


def remind_letters(as_of: dt.date) -> int:
    """Tell of replies, acceptances and opinions that fall due soon or are late; calling it again tells nobody twice.

    Returns how many people were told.
    """
    book = Rulebook(work_calendar(), letter_handling())
    told = 0
    for letter in Letter.objects.filter(state__in=OPEN, due_on__isnull=False):
        assert letter.due_on is not None  # noqa: S101  (the query asks for it)
        told += _remind(letter, letter.lead_id, letter.due_on, "答复", (as_of, book))
    waiting = Handling.objects.filter(
        state=HandlingState.WAITING, sign_by__lt=as_of, letter__state__in=WITH_UNITS
    ).select_related("letter")
    for one in waiting:
        assert one.sign_by is not None  # noqa: S101
        told += _remind(one.letter, one.organisation_id, one.sign_by, "签收", (as_of, book))
    silent = Handling.objects.filter(
        state=HandlingState.ACCEPTED,
        opinion_on__isnull=True,
        opinion_by__isnull=False,
        letter__state__in=OPEN[:1],
    )
    for one in silent.select_related("letter"):
        assert one.opinion_by is not None  # noqa: S101
        told += _remind(one.letter, one.organisation_id, one.opinion_by, "会办意见", (as_of, book))
    return told


def _remind(letter: Letter, unit: int | None, last: dt.date, what: str, now: tuple[dt.date, Rulebook]) -> int:
    as_of, book = now
    users = news.reporters_of(unit)
    if as_of > last:
        return news.overdue(letter, [*users, *officers()], last, (as_of - last).days, what)
    if is_near(last, as_of, book):
        return news.near_due(letter, users, last, book.days.workdays_between(as_of, last), what)
    return 0
