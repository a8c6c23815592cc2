"""Two of the demonstration's people and their profiles: the researcher keeps the own one, the manager waits for a yes."""

from __future__ import annotations

from collections.abc import Iterable

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import Actor
from huanchuang.registry.models import Claim, Person
from huanchuang.registry.services.claims import claim, confirm_claim
from huanchuang.web.demo.district.persons import Human

CONFIRMED, WAITING = "demo-researcher", "demo-manager"


def claim_profiles(actor: Actor, people: Iterable[tuple[Human, Person]]) -> int:
    """Claim what was not claimed yet; returns how many claims are new. Accounts that are not there yet are left out."""
    persons = {human.account: person for human, person in people if human.account}
    made = 0
    for user in User.objects.filter(username__in=(CONFIRMED, WAITING)):
        person = persons[user.username]
        if Claim.objects.filter(user=user).exists():
            continue
        asked = claim(actor_of(user), user, person, "本人工作单位和职务与登记一致")
        if user.username == CONFIRMED:
            confirm_claim(actor, asked)
        made += 1
    return made
