"""The demonstration's nine people and their profiles: each keeps the own one; only the manager still waits for a yes."""

from __future__ import annotations

from collections.abc import Iterable

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import Actor
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.services.claims import assign, claim, confirm_claim
from huanchuang.web.demo.district.persons import Human

CONFIRMED, WAITING = "demo-researcher", "demo-manager"
"""Those who claim by themselves; for the others the bureau says it."""
WORDS = "本人工作单位和职务与登记一致"


def claim_profiles(actor: Actor, people: Iterable[tuple[Human, Person]]) -> int:
    """Claim what was not claimed yet; returns how many claims are new. Accounts that are not there yet are left out."""
    persons = {human.account: person for human, person in people if human.account}
    claimed = set(Claim.objects.filter(user__username__in=persons).values_list("user_id", flat=True))
    users = User.objects.filter(username__in=persons).exclude(pk__in=claimed).order_by("pk")
    for user in users:
        person = persons[user.username]
        if user.username not in (CONFIRMED, WAITING):
            assign(actor, user, person, WORDS)
            continue
        asked = claim(actor_of(user), user, person, WORDS)
        if user.username == CONFIRMED:
            confirm_claim(actor, asked)
    return len(users)
