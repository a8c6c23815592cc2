"""免申即享 for an organisation: what is given, why, on which facts; confirm or leave it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.forms import AccountForm, WhyForm
from huanchuang.policies.models import Award, AwardState, RollState
from huanchuang.policies.queries.access import VIEW, organisation_for
from huanchuang.policies.queries.awards import (
    changes_between,
    inputs_of,
    matches_account,
    may_answer_award,
    merged_since,
    seal_of_facts,
)
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.words import RESULTS
from huanchuang.policies.services.awards import consent, decline, withdraw
from huanchuang.policies.views.runs import PROPOSE

ANSWER = "policies.award.answer"


def _award(request: HttpRequest, pk: int) -> Award:
    """One that the person may see; Http404 otherwise, and for the organisation before a second person has agreed."""
    user = signed_in(request)
    found = get_object_or_404(
        Award.objects.select_related("roll__budget", "organisation", "reservation", "decision"), pk=pk
    )
    organisation_for(user, found.organisation_id)
    if found.roll.state != RollState.OPEN and not allows(user, "policies.run.view"):
        raise Http404
    return found


@require_safe
@requires(VIEW)
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """What is given, why, on which facts; and what has changed since it was proposed."""
    return _page(request, _award(request, pk))


def _page(request: HttpRequest, one: Award, **forms: Any) -> HttpResponse:
    user, words = signed_in(request), language()
    found = found_for(one.organisation, one.policy, clock.today())
    inputs = inputs_of(found.subject, found.card) if found else []
    fen = found.card.decision.fen if found else None
    merged = merged_since([one.organisation_id]).get(one.organisation_id, "")
    waits = one.state == AwardState.OPEN and not merged
    context = {
        "award": one,
        "merged": merged,
        "roll": one.roll,
        "organisation": one.organisation,
        "amount": Money(one.fen),
        "lines": found.lines(words) if found else [],
        "inputs": found.inputs(words) if found else [],
        "result": RESULTS[found.card.result] if found else None,
        "amount_now": None if fen is None else Money(fen),
        "changed": changes_between(one.inputs, inputs) if waits else [],
        "differs": waits and fen != one.fen,
        "seal": seal_of_facts(inputs, fen),
        "may_answer": waits and allows(user, ANSWER) and may_answer_award(user, one),
        "may_withdraw": one.state in (AwardState.OPEN, AwardState.GIVEN) and allows(user, PROPOSE),
        "is_office": allows(user, "policies.run.view"),
        "account_form": AccountForm(),
        "why_form": WhyForm(),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "policies/award.html", context, status=422 if wrong else 200)


@require_POST
@requires(ANSWER)
def give_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm: the amount is reserved at once, or the page says what has changed."""
    one = _award(request, pk)
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            done = consent(
                signed_in(request), one, request.POST.get("seal", ""), form.cleaned_data["account"]
            )
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            if done.state == AwardState.GIVEN:
                messages.success(request, _("已确认，额度已为本单位预留；公示无异议后拨付"))
            else:
                messages.warning(request, done.reason)
            return redirect("policies:award", pk=pk)
    return _page(request, one, account_form=form)


@require_POST
@requires(ANSWER)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it, with the reason."""
    return _end(request, pk, decline, _("已记下：本单位放弃"))


@require_POST
@requires(PROPOSE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The office takes it back; what was reserved is let go."""
    return _end(request, pk, withdraw, _("已撤回，预留的额度回到预算"))


def _end(request: HttpRequest, pk: int, end: Callable[[User, Award, str], Award], done: str) -> HttpResponse:
    """The award ends for a reason that one side gives; without a reason, or where it is too late, the page says so."""
    one = _award(request, pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            end(signed_in(request), one, form.cleaned_data["reason"])
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, done)
            return redirect("policies:award", pk=pk)
    return _page(request, one, why_form=form)


@require_POST
@requires(PROPOSE)
def check_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a number is the account that was confirmed; the number is not kept."""
    one = _award(request, pk)
    form = AccountForm(request.POST)
    if form.is_valid():
        number = "".join(form.cleaned_data["account"].split()).replace("-", "")
        if matches_account(one, number):
            messages.success(request, _("与企业确认的账户一致"))
        else:
            messages.error(request, _("与企业确认的账户不一致，请勿拨付，先向企业核实"))
        return redirect("policies:award", pk=pk)
    return _page(request, one, account_form=form)
