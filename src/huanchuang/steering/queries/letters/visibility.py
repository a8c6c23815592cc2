"""Who sees and does what with a letter. The one place that decides; pages, API and export all start here.

The assigning office (officers), leaders, auditors and administrators see every letter; the reporters of a unit see those
their unit leads or helps with, until it was taken back from them. Everyone sees what was published, and only that.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Draft, DraftState, Duty, Handling, HandlingState, Letter, Publicity
from huanchuang.steering.queries.visibility import visible_plans

WHOLE = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})


def sees_every_letter(user: User) -> bool:
    """Whether a person's role shows every letter."""
    return user.role in WHOLE


def own_letters(user: User) -> Exists:
    """The condition that a unit of the person was given the letter."""
    mine = organisations_of(user).values("pk")
    given = Handling.objects.filter(letter=OuterRef("pk"), organisation__in=mine)
    return Exists(given.exclude(state=HandlingState.GONE))


def visible_letters(user: User) -> QuerySet[Letter]:
    """The letters that a person may see with all that belongs to them."""
    if sees_every_letter(user):
        return Letter.objects.all()
    if user.role == Role.REPORTER:
        return Letter.objects.filter(own_letters(user))
    return Letter.objects.none()


def published_letters() -> QuerySet[Letter]:
    """The letters whose reply anybody may read."""
    return Letter.objects.filter(publicity=Publicity.OPEN, published_on__isnull=False)


def handling_of(user: User, letter: Letter) -> Handling | None:
    """What the person's unit has to do with a letter; leading comes first. None for the assigning office."""
    if user.role != Role.REPORTER:
        return None
    mine = organisations_of(user).values("pk")
    found = letter.handlings.filter(organisation__in=mine).exclude(state=HandlingState.GONE)
    return found.select_related("organisation").order_by("-duty", "pk").first()


def may_act(user: User, handling: Handling) -> bool:
    """Whether a person may act for a unit that was given a letter: its reporters, and the assigning office for it."""
    if user.role == Role.OFFICER:
        return True
    own = organisations_of(user).filter(pk=handling.organisation_id)
    return user.role == Role.REPORTER and own.exists()


def leads(user: User, letter: Letter) -> bool:
    """Whether a person may act for the unit that answers the letter."""
    if user.role == Role.OFFICER:
        return letter.lead_id is not None
    given = handling_of(user, letter)
    return given is not None and given.duty == Duty.LEAD and given.state == HandlingState.ACCEPTED


def may_look(user: User, letter: Letter) -> bool:
    """Whether a person may ask for the proposers' names and numbers: who assigns, who answers, who signs."""
    return user.role == Role.LEADER or leads(user, letter) or user.role == Role.OFFICER


def visible_drafts(user: User) -> QuerySet[Draft]:
    """Papers that a person may read: replies of their letters; reports of plans, while unsigned for the office alone."""
    reports = Q(plan__in=visible_plans(user).values("pk"))
    if user.role not in (Role.OFFICER, Role.LEADER, Role.AUDITOR):
        reports &= Q(state=DraftState.SEALED)
    return Draft.objects.filter(Q(letter__in=visible_letters(user).values("pk")) | reports)


def writes_on(user: User, draft: Draft) -> bool:
    """Whether a paper is this person's to write: of a reply, who answers the letter; of a report, the office."""
    return leads(user, draft.letter) if draft.letter else user.role == Role.OFFICER


def may_write(user: User, draft: Draft) -> bool:
    """Whether a person may write on a paper now."""
    return draft.state == DraftState.WRITING and writes_on(user, draft)


def may_read_letter_file(user: User, subject: str) -> bool:
    """For the download of the proposal as it came, which names the proposer: the office and the unit that answers."""
    letter = visible_letters(user).filter(pk=key_of_subject(subject) or 0).first()
    return letter is not None and may_look(user, letter)
