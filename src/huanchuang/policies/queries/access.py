"""Whose decisions a person may see: those of organisations whose inside they see."""

from __future__ import annotations

from django.http import Http404

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.policies.queries.merged import standing_key
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.visibility import may_change_entry, sees_inside, visible

VIEW, KEEP, ANSWER = "policies.decision.view", "policies.decision.keep", "policies.answer.give"


def organisation_for(user: User, pk: int) -> Organisation:
    """An organisation whose policies a person may see, for a merged one that which stands for it; else Http404."""
    known = visible(user, ORGANISATION)
    found: Organisation | None = known.filter(pk=pk).first()
    if found is None or found.retired_on is not None:
        found = known.filter(pk=standing_key(pk)).first()
    if found is None or not sees_policies_of(user, found):
        raise Http404
    return found


def sees_policies_of(user: User, organisation: Organisation) -> bool:
    """Whether a person may see what an organisation can have."""
    return allows(user, VIEW) and sees_inside(user, organisation)


def may_keep(user: User, organisation: Organisation) -> bool:
    """Whether a person may put decisions about it on file."""
    return allows(user, KEEP) and may_change_entry(user, organisation)


def may_answer(user: User, organisation: Organisation) -> bool:
    """Whether a person may say what papers and people said about it."""
    return allows(user, ANSWER) and may_change_entry(user, organisation)
