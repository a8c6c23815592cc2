"""Who claims to be whom: open claims, who may decide them, and what one person may do with a profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import allows, users_with_role
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.queries.kinds import PERSON
from huanchuang.registry.queries.organisations import current_memberships
from huanchuang.registry.queries.visibility import changeable


@dataclass(frozen=True)
class Standing:
    """What stands about a profile for one reader."""

    own: Claim | None
    """The reader's own open claim of it."""
    may_claim: bool
    to_decide: Sequence[Claim]
    """Open claims of it that the reader may decide."""
    holder: User | None
    """The account it belongs to, for those who may decide about it."""


def open_claims(user: User) -> QuerySet[Claim]:
    """The open claims that a person may decide: of people whose records they may change, never their own."""
    if not allows(user, "registry.claim.decide"):
        return Claim.objects.none()
    mine = changeable(user, PERSON).values("pk")
    found = Claim.objects.filter(state=Claim.State.OPEN, person__in=mine).exclude(user=user)
    return found.select_related("person__unit", "user").order_by("id")


def standing(user: User, person: Person) -> Standing:
    """What a reader may do about the account of a profile."""
    decides = allows(user, "registry.claim.decide") and changeable(user, PERSON).filter(pk=person.pk).exists()
    own = Claim.objects.filter(user=user, person=person, state=Claim.State.OPEN).first()
    return Standing(
        own=own,
        may_claim=own is None and may_claim(user, person),
        to_decide=list(open_claims(user).filter(person=person)) if decides else [],
        holder=person.user if decides else None,
    )


def may_claim(user: User, person: Person) -> bool:
    """Whether this account may say “this is me”: the profile is nobody's yet, and the account has none."""
    if person.user_id is not None or person.retired_on is not None:
        return False
    if not allows(user, "registry.person.claim"):
        return False
    taken = Person.objects.filter(user=user).exists()
    return not taken and not Claim.objects.filter(user=user, state=Claim.State.OPEN).exists()


def deciders(person: Person) -> Sequence[User]:
    """Who is asked: the reporters and clerks of the person's unit; the bureau where the unit has none."""
    seats = current_memberships().filter(organisation=person.unit_id, user__is_active=True)
    asked = seats.filter(user__role__in=(Role.REPORTER, Role.CLERK)).select_related("user")
    return [seat.user for seat in asked] or list(users_with_role(Role.OFFICER))
