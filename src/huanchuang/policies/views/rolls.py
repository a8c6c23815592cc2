"""免申即享 for the office: who can be proposed, the confirmation lists, the second person's word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.money.forms import PaidFromForm
from huanchuang.money.queries.budgets import budgets_for
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.policies.forms import CheckForm
from huanchuang.policies.models import Award, AwardState, Roll, RollState
from huanchuang.policies.queries.awards import awards_of, candidates_of, counts_of, merged_since
from huanchuang.policies.queries.awards import rolls as all_rolls
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.queries.outlook import decided_for
from huanchuang.policies.services.awards import changed_words
from huanchuang.policies.services.rolls import MOST, agree, propose_roll, send_back
from huanchuang.policies.views.push import keys_in
from huanchuang.policies.views.runs import PAGE, PROPOSE, VIEW, asked_of
from huanchuang.registry.models import Organisation

CHECK = "policies.roll.check"


@form_page
@requires(PROPOSE)
def propose(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """Candidates of a run, and a list made of those ticked."""
    run, one = asked_of(pk, policy)
    if one.without_application is None:
        raise Http404
    budgets = {str(budget.pk): budget for budget in budgets_for(policy, clock.today().year)}
    named = [
        (key, _("%(name)s（可用%(free)s）") % {"name": one, "free": one.free.text()})
        for key, one in budgets.items()
    ]
    form = PaidFromForm(request.POST or None, budgets=named)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_roll(
                signed_in(request), run, one, budgets[form.cleaned_data["budget"]], keys_in(request.POST)
            )
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("名单已提出，等另一位同事复核；复核通过后才会请企业确认"))
            return redirect("policies:roll", pk=made.pk)
    found = sorted(candidates_of(run, one), key=lambda row: bool(row.barred))
    page = Paginator(found, MOST).get_page(request.GET.get("page"))
    firms = Organisation.objects.in_bulk([row.organisation for row in page])
    context = {
        "run": run, "listed": one, "title": one.title(language()), "form": form, "budgets": budgets,
        "terms": one.without_application, "ticked": set(keys_in(request.POST)),
        "rows": [(firms[row.organisation], Money(row.fen), row.barred) for row in page if row.organisation in firms],
        "page": page,
        "total": Money(sum(row.fen for row in found if not row.barred)),
    }  # fmt: skip
    return render(request, "policies/roll_propose.html", context, status=422 if form.errors else 200)


@require_safe
@requires(VIEW)
def rolls(request: HttpRequest) -> HttpResponse:
    """All confirmation lists."""
    page = Paginator(all_rolls(), PAGE).get_page(request.GET.get("page"))
    return render(request, "policies/rolls.html", {"page": page})


@require_safe
@requires(VIEW)
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: who stands where, and whose facts have changed since."""
    return _roll(request, _stored(pk))


def _stored(pk: int) -> Roll:
    return get_object_or_404(Roll.objects.select_related("budget", "run"), pk=pk)


def _roll(request: HttpRequest, one: Roll, form: CheckForm | None = None) -> HttpResponse:
    user = signed_in(request)
    state = request.GET.get("state", "")
    page = Paginator(awards_of(one, state), PAGE).get_page(request.GET.get("page"))
    counts = counts_of(one)
    options: list[dict[str, Any]] = [
        {"value": "", "label": _("全部"), "count": sum(number for number, _fen in counts.values())}
    ]
    options += [
        {"value": value, "label": label, "count": counts[value][0]}
        for value, label in AwardState.choices
        if counts[value][0]
    ]
    changed = _changed(one, list(page))
    context = {
        "roll": one,
        "counts": counts,
        "total": Money(sum(fen for _number, fen in counts.values())),
        "given": Money(counts[AwardState.GIVEN][1]),
        "page": page,
        "rows": [(award, Money(award.fen), changed.get(award.organisation_id, "")) for award in page],
        "groups": [{"label": _("状态"), "name": "state", "default": "", "options": options}],
        "may_check": one.state == RollState.PROPOSED
        and allows(user, CHECK)
        and one.proposed_by != str(user.pk),
        "own": one.state == RollState.PROPOSED and one.proposed_by == str(user.pk),
        "form": form or CheckForm(initial={"version": one.version}),
    }
    return render(
        request, "policies/roll.html", context, status=422 if form is not None and form.errors else 200
    )


def _changed(one: Roll, awards: list[Award]) -> dict[int, str]:
    """What the facts of today say otherwise, of those who have not consented yet."""
    waiting = {
        award.organisation_id: award
        for award in awards
        if award.state in (AwardState.PROPOSED, AwardState.OPEN)
    }
    listed = policy_named(one.policy)
    if not waiting or listed is None:
        return {}
    merged = merged_since(list(waiting))
    firms = [award.organisation for key, award in waiting.items() if key not in merged]
    cards = decided_for(firms, listed, clock.today())
    return merged | {
        subject.organisation.pk: changed_words(waiting[subject.organisation.pk], card)
        for subject, card in cards
        if card.decision.fen != waiting[subject.organisation.pk].fen
    }


@require_POST
@requires(CHECK)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees or returns the list."""
    one, user = _stored(pk), signed_in(request)
    form = CheckForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            if request.POST.get("deed") == "return":
                send_back(user, one, said["version"], said["note"])
                messages.success(request, _("已退回，提出人可以看到理由"))
            else:
                agree(user, one, said["version"], said["note"])
                messages.success(request, _("已同意，已请各单位确认"))
            return redirect("policies:roll", pk=pk)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        except EditedMeanwhile:
            form.add_error(None, _("他人刚处理过这份名单，请看过最新状态再办"))
    return _roll(request, _stored(pk), form)
