"""What one organisation can have."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.orm import clock
from huanchuang.packs.policies import criteria
from huanchuang.policies.queries.access import organisation_for
from huanchuang.policies.queries.awards import waiting_for
from huanchuang.policies.queries.outlook import outlook_of
from huanchuang.policies.queries.words import BENEFITS, language
from huanchuang.registry.views.answers import day_in

WANTED = 3


@require_safe
@requires("policies.decision.view")
def outlook(request: HttpRequest, pk: int) -> HttpResponse:
    """What it can have, nearly can have, and what has to be found out; on a day."""
    user = signed_in(request)
    organisation = organisation_for(user, pk)
    day = day_in(request.GET.get("as_of", "")) or clock.today()
    found, words = outlook_of(organisation, day), language()
    combination = found.combination
    due = sum(card.decision.fen or 0 for card in found.of("yes"))
    titles = {card.listed.id: card.listed.title(words) for card in found.cards}
    context = {
        "organisation": organisation,
        "outlook": found,
        "day": day,
        "is_today": day == clock.today(),
        "words": words,
        "benefits": BENEFITS,
        "yes": found.of("yes"),
        "near": found.near,
        "unknown": found.of("unknown"),
        "far": found.far,
        "wanted": [(one, count, _fill(one, organisation.subject)) for one, count in found.wanted[:WANTED]],
        "may_record": allows(user, "facts.fact.record"),
        "together": [(titles[name], fen) for name, fen in combination.chosen],
        "total": combination.fen,
        "due": due,
        "taken": due - combination.fen,
        "left": [(titles[one.policy], [titles[other] for other in one.instead]) for one in combination.left],
        "stale": found.subject.stale,
        "waiting": waiting_for(organisation),
    }
    return render(request, "policies/outlook.html", context)


def _fill(one: object, subject: str) -> str:
    """Where a fact that is wanted can be entered; "" where it is none."""
    kind, key = getattr(one, "kind", ""), getattr(one, "key", "")
    period = getattr(one, "period", None)
    if kind != "fact" or criteria().vocabulary.fact(key) is None:
        return ""
    if period is None:
        return f"{reverse('facts:place', kwargs={'subject': subject})}?key={key}"
    return reverse("facts:enter", kwargs={"subject": subject, "key": key, "period": period.code})
