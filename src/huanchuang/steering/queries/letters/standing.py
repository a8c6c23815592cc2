"""The light of a letter: computed from its days as of a date, with the reason; never stored.

Red after the last day, amber within the reminder's days before it, grey where no day is laid down, else green. What
has been answered is green; amber where the answer came late.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.packs.vocabulary.handling import HandlingRules
from huanchuang.steering.models import Duty, Handling, HandlingState, Letter, LetterState
from huanchuang.steering.queries.letters.terms import due
from huanchuang.steering.queries.light import Colour

ANSWERED = (LetterState.SENT, LetterState.ANSWERED, LetterState.CLOSED)
LONGEST_HOLIDAY = 20


@dataclass(frozen=True)
class Standing:
    """A colour with its reason; `due` is the day of the clock that runs now."""

    colour: Colour
    reason: str
    due: dt.date | None


@dataclass(frozen=True)
class Rulebook:
    """What the light depends on besides the letter."""

    days: WorkCalendar
    rules: HandlingRules


def standing(letter: Letter, handlings: list[Handling], as_of: dt.date, book: Rulebook) -> Standing:
    """How a letter stands on a day; `handlings` are all of its units."""
    if letter.state in ANSWERED:
        return _answered(letter)
    if letter.state in (LetterState.RECEIVED, LetterState.ASKED_BACK):
        return _with_the_office(letter, as_of, book)
    if letter.state == LetterState.ASSIGNED:
        lead = next((one for one in handlings if _leads_now(one)), None)
        last = lead.sign_by if lead else None
        return _towards(
            last, _("签收"), as_of, book, warn=last == as_of
        )  # three days in all: the last is near
    return _towards(letter.due_on, _("答复"), as_of, book)


def _leads_now(handling: Handling) -> bool:
    return handling.duty == Duty.LEAD and handling.state != HandlingState.GONE


def _answered(letter: Letter) -> Standing:
    assert letter.replied_on is not None  # noqa: S101  (a reply has been sent in these states)
    on = {"day": letter.replied_on.isoformat()}
    if letter.due_on and letter.replied_on > letter.due_on:
        late = {**on, "days": (letter.replied_on - letter.due_on).days}
        return Standing(Colour.AMBER, _("%(day)s答复，超期%(days)d天") % late, None)
    return Standing(Colour.GREEN, _("%(day)s答复") % on, None)


def _with_the_office(letter: Letter, as_of: dt.date, book: Rulebook) -> Standing:
    """No rule says how soon the office assigns; what it takes longer than the units have to accept is marked."""
    waited = book.rules.term("sign-in")
    last = due(waited, letter.received_on, book.days)
    if letter.state == LetterState.RECEIVED and last and as_of > last.day:
        told = _("收到已%(days)d天，还没有交办") % {"days": (as_of - letter.received_on).days}
        return Standing(Colour.AMBER, told, None)
    return Standing(Colour.GREY, _("等主管科室处理"), None)


def _towards(last: dt.date | None, what: str, as_of: dt.date, book: Rulebook, warn: bool = True) -> Standing:
    if last is None:
        return Standing(Colour.GREY, _("没有规定期限，无法判断"), None)
    words = {"what": what, "day": last.isoformat()}
    if as_of > last:
        told = _("%(what)s已超期%(days)d天（期限%(day)s）") % {**words, "days": (as_of - last).days}
        return Standing(Colour.RED, told, last)
    if warn and is_near(last, as_of, book):
        left = book.days.workdays_between(as_of, last)
        told = _("离%(what)s期限还有%(days)d个工作日（%(day)s）") % {**words, "days": left}
        return Standing(Colour.AMBER, told, last)
    return Standing(Colour.GREEN, _("%(what)s期限%(day)s") % words, last)


def is_near(last: dt.date, as_of: dt.date, book: Rulebook) -> bool:
    """Whether a last day lies within the reminder's days, today included."""
    near = book.rules.term("near").amount
    if near is None or last < as_of or (last - as_of).days > 2 * near + LONGEST_HOLIDAY:
        return False
    return book.days.workdays_between(as_of, last) <= near
