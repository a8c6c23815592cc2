"""Telling organisations of a policy: who would get it, then who got it and has opened it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_numbers
from huanchuang.policies.forms import PushForm
from huanchuang.policies.models import Push, Segment, TellingState
from huanchuang.policies.queries.letter import Letter, letter_of
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import cards_of
from huanchuang.policies.queries.push import preview_of, reach_of, tellings_of, with_openings
from huanchuang.policies.queries.segments import belongs
from huanchuang.policies.queries.words import RESULTS
from huanchuang.policies.services.push import SEND, begin_push, chosen_of
from huanchuang.policies.views.runs import PAGE, VIEW, asked_of
from huanchuang.registry.models import Organisation


@form_page
@requires(SEND)
def new(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """How many people would get it, who cannot, what they would read; then begin."""
    run, one = asked_of(pk, policy)
    given = request.POST if request.method == "POST" else request.GET
    segment, chosen = given.get("result", "yes"), keys_in(given)
    context: dict[str, Any] = {"run": run, "listed": one, "title": one.title(language()), "segment": segment}
    try:
        keys = chosen_of(run, one, segment, chosen)
    except ProblemError as error:
        return render(
            request, "policies/push_new.html", {**context, "refused": error.text(language())}, status=422
        )
    preview = preview_of(one.id, one.policy.version, keys)
    form = PushForm(request.POST or None, with_again=bool(preview.before))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        because = said["because"] if said.get("again") else ""
        try:
            made = begin_push(
                signed_in(request), run, one, segment, chosen, message=said["message"], again_because=because
            )
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            return redirect("policies:push", pk=made.pk)
    context |= {
        "form": form, "chosen": chosen, "part": Segment(segment).label, "preview": preview,
        "letter": _letter(one, segment, [*preview.reached, *preview.before]),
        "others": preview.nobody_count - len(preview.nobody),
    }  # fmt: skip
    return render(request, "policies/push_new.html", context, status=422 if form.errors else 200)


def keys_in(given: QueryDict) -> list[int]:
    """The keys that were ticked; what is no key is left out."""
    return whole_numbers(given.getlist("chosen"))


TRIED = 10
"""Organisations tried for the example of the notice: the figures of the first few may have changed since the run."""


def _letter(one: Listed, segment: str, keys: Sequence[int]) -> Letter | None:
    firms = list(Organisation.objects.filter(pk__in=keys[:TRIED]))
    cards = cards_of(firms, one, clock.today())
    shown = next((firm for firm in firms if belongs(cards[firm.pk], segment)), None)
    return letter_of(shown, cards[shown.pk], segment) if shown else None


@require_safe
@requires(VIEW)
def push(request: HttpRequest, pk: int) -> HttpResponse:
    """A push: under way, or organisation by organisation."""
    one = get_object_or_404(Push.objects.select_related("run", "job"), pk=pk)
    state = request.GET.get("state", "")
    page = Paginator(tellings_of(one, state), PAGE).get_page(request.GET.get("page"))
    reach = reach_of(one)
    options: list[dict[str, Any]] = [{"value": "", "label": _("全部"), "count": None}]
    options += [
        {"value": value, "label": label, "count": reach.states[value]}
        for value, label in TellingState.choices
    ]
    context = {
        "push": one,
        "reach": reach,
        "page": page,
        "rows": [(told, RESULTS[told.telling.result]) for told in with_openings(page)],
        "groups": [{"label": _("状态"), "name": "state", "default": "", "options": options}],
    }
    return render(request, "policies/push.html", context)
