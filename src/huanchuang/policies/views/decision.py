"""One policy for one organisation: every requirement with its reasons; other figures supposed; kept on file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, no_right, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.forms import AnswerForm, Box, SupposeForm
from huanchuang.policies.models import Decision, Supposition
from huanchuang.policies.queries.access import ANSWER, KEEP, may_answer, may_keep, organisation_for
from huanchuang.policies.queries.decided import Found, found_for, kept_decisions
from huanchuang.policies.queries.library import policy_with
from huanchuang.policies.queries.merged import brought_by
from huanchuang.policies.queries.outlook import Card, card_of
from huanchuang.policies.queries.suppositions import suppositions_of
from huanchuang.policies.queries.words import RESULTS
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.keep import keep
from huanchuang.policies.services.suppositions import drop_supposition, keep_supposition


def _found(request: HttpRequest, pk: int, policy: str) -> Found:
    organisation = organisation_for(signed_in(request), pk)
    found = found_for(organisation, policy, clock.day_in(request.GET.get("as_of", "")) or clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
@requires("policies.decision.view")
def decision(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """The answer with its reasons."""
    user, found = signed_in(request), _found(request, pk, policy)
    return render(request, "policies/decision.html", {
        **_context(found),
        "lines": found.lines(language()),
        "inputs": found.inputs(language()),
        "may_reserve": found.as_of == clock.today() and allows(user, "money.reservation.make"),
        "may_keep": may_keep(user, found.organisation),
        "may_answer": may_answer(user, found.organisation),
        "kept": kept_decisions(found.organisation, policy),
    })  # fmt: skip


def _context(found: Found) -> dict[str, Any]:
    words = language()
    card = found.card
    return {
        "organisation": found.organisation,
        "found": found,
        "card": card,
        "decision": card.decision,
        "title": card.listed.title(words),
        "result": RESULTS[card.result],
        "coverage": card.decision.coverage,
        "gaps": [gap.text(words) for gap in card.decision.distance],
        "missing": [one.name(words) for one in card.decision.missing],
        "quickest": [one.name(words) for one in card.decision.quickest],
        "working": card.decision.grant.working(words) if card.decision.grant else "",
        "day": found.as_of,
        "is_today": found.as_of == clock.today(),
    }


@form_page
@requires("policies.decision.view")
def suppose(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """The same with other figures: what would change. The address can be handed on; the result can be kept under a name."""
    found, user = _found(request, pk, policy), signed_in(request)
    boxes = [Box(key, period, shown) for key, period, shown in found.figures(language())]
    given = request.POST if request.method == "POST" else request.GET
    form = SupposeForm(given or None, boxes=boxes)
    other = None
    if given and form.is_valid() and (supposed := form.supposed()):
        other = card_of(found.card.listed, found.subject, found.as_of, found.answers, supposed)
    if request.method == "POST":
        if not may_keep(user, found.organisation):
            return no_right(request, KEEP)
        try:
            kept = keep_supposition(
                actor_of(request), found.organisation, request.POST.get("name", ""), found.card, other or found.card, form.changes() if other else []
            )  # fmt: skip
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已保存推演“%(name)s”，数据没有改动") % {"name": kept.name})
            return redirect("policies:suppose", pk=pk, policy=policy)
    context = {
        **_context(found),
        "form": form,
        "other": other,
        "other_result": RESULTS[other.result] if other else None,
        "kept": suppositions_of(found.organisation, policy),
        "may_keep": may_keep(user, found.organisation),
        "changed": _changed(found, other) if other else [],
    }
    return render(request, "policies/suppose.html", context, status=422 if form.errors else 200)


def _changed(found: Found, other: Card) -> list[tuple[str, str, bool | None]]:
    """Requirements whose outcome would be another."""
    words = language()
    before = {one.requirement.id: one.outcome for one in found.card.decision.findings}
    return [
        (one.requirement.text.text(words), one.why(words), one.outcome)
        for one in other.decision.findings
        if one.outcome is not before.get(one.requirement.id)
    ]


@require_POST
@requires(KEEP)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a supposition away."""
    one = get_object_or_404(Supposition.objects.select_related("organisation"), pk=pk)
    organisation = organisation_for(signed_in(request), one.organisation_id)
    if not may_keep(signed_in(request), organisation):
        return no_right(request, KEEP)
    drop_supposition(actor_of(request), one)
    messages.success(request, _("已删去推演“%(name)s”") % {"name": one.name})
    return redirect("policies:suppose", pk=organisation.pk, policy=one.policy)


@require_POST
@requires(KEEP)
def keep_decision(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """Put the decision of today on file."""
    found = _found(request, pk, policy)
    if not may_keep(signed_in(request), found.organisation):
        return no_right(request, KEEP)
    made = keep(actor_of(request), found.subject, found.card)
    messages.success(request, _("已存档：政策版本、基准日、所用数据、结论和推理过程都已保存"))
    return redirect("policies:kept", pk=made.pk)


@form_page
@requires(ANSWER)
def answer_requirement(request: HttpRequest, pk: int, policy: str, requirement: str) -> HttpResponse:
    """Say what a paper or a person said about one requirement."""
    found = _found(request, pk, policy)
    if not may_answer(signed_in(request), found.organisation):
        return no_right(request, ANSWER)
    asked = next((one for one in found.card.listed.policy.requirements if one.id == requirement), None)
    if asked is None or asked.condition is not None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(actor_of(request), found.organisation, policy, requirement, **form.cleaned_data)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已记下，结论已重新计算"))
            return redirect("policies:decision", pk=pk, policy=policy)
    context = {**_context(found), "form": form, "asked": asked, "text": asked.text.text(language())}
    return render(request, "policies/answer.html", context, status=422 if form.errors else 200)


@require_safe
@requires("policies.decision.view")
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision on file, exactly as it was."""
    one = get_object_or_404(Decision.objects.select_related("organisation"), pk=pk)
    organisation = organisation_for(signed_in(request), one.organisation_id)
    return render(
        request,
        "policies/kept.html",
        {
            "one": one,
            "organisation": organisation,
            "brought": brought_by(Decision, organisation).get(one.pk, ""),
            "result": RESULTS[one.result],
            "definition": policy_with(one.digest),
        },
    )
