"""A draft put to one organisation before it is published; nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import no_right, requires
from huanchuang.definitions.models import LIVING, Draft
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.policies.queries.access import VIEW, organisation_for, sees_policies_of
from huanchuang.policies.queries.decided import Found
from huanchuang.policies.queries.drafted import VIEW as SEE_DRAFTS
from huanchuang.policies.queries.drafted import drafts_of_policies, may_see_drafts
from huanchuang.policies.queries.library import KIND, Listed
from huanchuang.policies.queries.tried import tried
from huanchuang.policies.queries.words import RESULTS
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.organisations import find
from huanchuang.registry.queries.visibility import visible

MOST = 10


@require_safe
@requires(VIEW)
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft gives an organisation, requirement by requirement."""
    user = signed_in(request)
    if not may_see_drafts(user):
        return no_right(request, SEE_DRAFTS)
    draft = get_object_or_404(Draft, pk=pk, kind=KIND, state__in=LIVING)
    readable = drafts_of_policies(draft.pk).readable
    listed = readable[0].listed if readable else None
    choices, found = _found(user, listed, request.GET) if listed else ([], None)
    asked = request.GET.get("q", "").strip()[:80]
    context = {
        "draft": draft, "listed": listed, "asked": asked or (found.organisation.name if found else ""),
        "choices": choices, "day": _day(listed, request.GET), "found": found, **(_shown(found) if found else {}),
    }  # fmt: skip
    return render(request, "policies/trial.html", context)


def _day(listed: Listed | None, given: Mapping[str, str]) -> dt.date:
    """The day asked for; today, or the first day of a draft that begins later."""
    begins = None if listed is None else listed.policy.valid_from
    return clock.day_in(given.get("as_of", "")) or max(clock.today(), begins or clock.today())


def _found(user: User, listed: Listed, given: Mapping[str, str]) -> tuple[list[Organisation], Found | None]:
    """The organisations that a text may mean, where it may mean several; and the draft decided for the one."""
    key, text = whole_number(given.get("firm", "")), given.get("q", "").strip()[:80]
    if key is not None:
        return [], tried(listed, organisation_for(user, key), _day(listed, given))
    if not text:
        return [], None
    known = find(text, visible(user, ORGANISATION)).filter(retired_on=None).order_by("name_key", "id")
    seen = [one for one in known[: MOST * 5] if sees_policies_of(user, one)][:MOST]
    return ([], tried(listed, seen[0], _day(listed, given))) if len(seen) == 1 else (seen, None)


def _shown(found: Found) -> dict[str, Any]:
    words, decision = language(), found.card.decision
    return {
        "organisation": found.organisation,
        "card": found.card,
        "decision": decision,
        "result": RESULTS[found.card.result],
        "gaps": [gap.text(words) for gap in decision.distance],
        "lines": found.lines(words),
        "inputs": found.inputs(words),
    }
