"""What is promised twice because two organisations turned out to be one: found again each time, never settled silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Money
from huanchuang.money.models import Reservation, State, sure
from huanchuang.policies.models import Award, AwardState, Decision
from huanchuang.policies.queries.awards import bar_of
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.merged import PREFIX, brought_by, parts_of
from huanchuang.registry.models import Organisation

KEPT = re.compile(r"/policies/kept/([0-9]{1,18})/")
"""The page of a kept decision, to which a reservation leads."""


@dataclass(frozen=True)
class Doubled:
    """An amount that is reserved although another stands against it."""

    title: str
    money: Money
    holder: str
    """For whom it was reserved, as it was called then."""
    why: str
    reservation: Reservation
    award: Award | None


def doubled_of(organisation: Organisation) -> list[Doubled]:
    """What an organisation that stands for itself and those merged into it have reserved against the rules, the later ones.

    Without a merge there is nothing: consent and reservation refuse it one by one.
    """
    family = [organisation.pk, *parts_of([organisation.pk])]
    if len(family) < 2:
        return []
    given = list(
        Award.objects.filter(
            organisation__in=family, state=AwardState.GIVEN, reservation__state=State.HELD
        ).select_related("reservation", "roll").order_by("answered_at", "pk")
    )  # fmt: skip
    found = list(_awards(given))
    awarded = {award.reservation.pk for award in given if award.reservation}
    held = Reservation.objects.filter(holder__in=[f"{PREFIX}:{key}" for key in family], state=State.HELD)
    others = held.exclude(pk__in=awarded).select_related("budget").order_by("created_at", "pk")
    return found + list(_reservations(others, brought_by(Reservation, organisation)))


def _awards(given: Sequence[Award]) -> Iterator[Doubled]:
    for place, award in enumerate(given):
        listed, reservation = policy_named(award.policy), award.reservation
        if listed is None or reservation is None:
            continue
        others = [
            one
            for one in given[:place]
            if one.year == award.year or (listed.policy.is_once and one.policy == award.policy)
        ]
        why = bar_of(listed, award.fen, others)
        if why:
            yield Doubled(
                award.roll.title, Money(award.fen), reservation.holder_name, why, reservation, award
            )


def _reservations(held: Iterable[Reservation], origin: Mapping[int, str]) -> Iterator[Doubled]:
    """Kept for the same thing and year, or for what one can have once, for each of two that are one now."""
    earlier: list[Reservation] = []
    for one in held:
        before = next(
            (
                each
                for each in earlier
                if _same_thing(each, one) and _side(each, origin) != _side(one, origin)
            ),
            None,
        )
        earlier.append(one)
        if before is not None:
            why = _("为“%(name)s”的同一事由也预留了%(amount)s") % {
                "name": before.holder_name,
                "amount": sure(before.amount).text(),
            }
            yield Doubled(one.reason, sure(one.amount), one.holder_name, why, one, None)


def _same_thing(one: Reservation, other: Reservation) -> bool:
    return one.reason == other.reason and (one.budget.year == other.budget.year or _is_once(one))


def _is_once(one: Reservation) -> bool:
    """Whether the decision that it rests on is of a policy that one can have once in a life."""
    found = KEPT.search(one.link)
    decision = Decision.objects.filter(pk=int(found[1])).first() if found else None
    listed = policy_named(decision.policy) if decision else None
    return listed is not None and listed.policy.is_once


def _side(one: Reservation, origin: Mapping[int, str]) -> tuple[str, str]:
    """With which of the two it came: moved, stayed behind, or always the kept one's."""
    return str(one.holder), origin.get(one.pk, "")
