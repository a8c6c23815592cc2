"""督查 and the list of problems."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import Role
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Campaign, Shortcoming
from huanchuang.steering.queries.choices import shortcoming_chips
from huanchuang.steering.queries.dispatch import visible_shortcomings
from huanchuang.steering.queries.ledger import PAGE
from huanchuang.steering.services.oversight import (
    CampaignGiven,
    ShortcomingGiven,
    finish_campaign,
    look_again,
    plan_campaign,
    raise_shortcoming,
    submit_rectification,
)
from huanchuang.steering.views import attempt
from huanchuang.steering.views.oversight import keeps
from huanchuang.steering.views.oversight.forms import AnswerForm, CampaignForm, ShortcomingForm


@require_safe
@requires("steering.dispatch.view")
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns."""
    keeps = allows(signed_in(request), "steering.oversight.keep")
    context = {"campaigns": Campaign.objects.select_related("lead"), "keeps": keeps, "today": clock.today()}
    return render(request, "steering/oversight/campaigns.html", context)


@form_page
@requires("steering.oversight.keep")
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Plan a campaign."""
    form = CampaignForm(request.POST) if request.method == "POST" else CampaignForm.blank()
    if request.method == "POST" and isinstance(form, CampaignForm) and form.is_valid():
        try:
            made = plan_campaign(
                signed_in(request), form.cleaned_data["token"], CampaignGiven(**form.values())
            )
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            return redirect("steering:campaign", pk=made.pk)
    words = {"title": _("新建督查"), "back": "steering:campaigns", "back_title": _("督查")}
    return render(
        request, "steering/oversight/form.html", {"form": form, **words}, status=422 if form.errors else 200
    )


@form_page
@requires("steering.dispatch.view")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign with what it found; ending it."""
    user, found = signed_in(request), get_object_or_404(Campaign.objects.select_related("lead"), pk=pk)
    may = keeps(request)
    if request.method == "POST":
        attempt(request, lambda: finish_campaign(user, found), _("督查已结束"))
        return redirect("steering:campaign", pk=pk)
    findings = visible_shortcomings(user).filter(campaign=found)
    context = {"campaign": found, "findings": findings, "keeps": may, "today": clock.today()}
    return render(request, "steering/oversight/campaign.html", context)


@require_safe
@requires("steering.shortcoming.view")
def shortcomings(request: HttpRequest) -> HttpResponse:
    """The list of problems."""
    user, today = signed_in(request), clock.today()
    found, state = visible_shortcomings(user), request.GET.get("state", "")
    if state in Shortcoming.State.values:
        found = found.filter(state=state)
    if request.GET.get("late") == "1":
        found = found.exclude(state=Shortcoming.State.SETTLED).filter(due_on__lt=today)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "count": found.count(),
        "chips": shortcoming_chips(),
        "may_raise": allows(user, "steering.shortcoming.report"),
        "today": today,
    }
    return render(request, "steering/oversight/shortcomings.html", context)


@form_page
@requires("steering.shortcoming.report")
def new_shortcoming(request: HttpRequest) -> HttpResponse:
    """Put a problem on the list; `?campaign=3` makes it a finding of that campaign."""
    user = signed_in(request)
    campaign = Campaign.objects.filter(pk=whole_number(request.GET.get("campaign")) or 0).first()
    form = ShortcomingForm(request.POST) if request.method == "POST" else ShortcomingForm.blank()
    if user.role == Role.REPORTER:
        form.fields["organisation"].queryset = organisations_of(user)  # type: ignore[attr-defined]  # a choice of models
    if request.method == "POST" and isinstance(form, ShortcomingForm) and form.is_valid():
        given = ShortcomingGiven(**form.values(), campaign=campaign)
        try:
            made = raise_shortcoming(user, form.cleaned_data["token"], given)
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            return redirect("steering:shortcoming", pk=made.pk)
    words = {"title": _("登记问题"), "back": "steering:shortcomings", "back_title": _("问题清单")}
    return render(
        request, "steering/oversight/form.html", {"form": form, **words}, status=422 if form.errors else 200
    )


@require_safe
@requires("steering.shortcoming.view")
def shortcoming(request: HttpRequest, pk: int) -> HttpResponse:
    """One problem: measure, rectification, re-check."""
    user = signed_in(request)
    found = get_object_or_404(
        visible_shortcomings(user).select_related("raised_by", "answered_by", "settled_by", "proof"), pk=pk
    )
    speaks = user.role == Role.OFFICER or (
        user.role == Role.REPORTER and organisations_of(user).filter(pk=found.organisation_id).exists()
    )
    context = {
        "found": found,
        "today": clock.today(),
        "answers": speaks and found.state == Shortcoming.State.OPEN,
        "judges": found.state == Shortcoming.State.SUBMITTED and allows(user, "steering.oversight.keep"),
        "second": found.answered_by_id != user.pk,
        "form": AnswerForm(initial={"version": found.version}),
    }
    return render(request, "steering/oversight/shortcoming.html", context)


@require_POST
@requires("steering.shortcoming.report")
def answer_shortcoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a problem was put right; or, for the bureau, look at it again."""
    user = signed_in(request)
    found = get_object_or_404(visible_shortcomings(user), pk=pk)
    version, deed = whole_number(request.POST.get("version")) or 0, request.POST.get("deed")
    if deed in {"settle", "return"}:
        keeps(request)
        opinion = request.POST.get("opinion", "")
        attempt(
            request, lambda: look_again(user, found, version, deed == "settle", opinion), _("复查结果已保存")
        )
        return redirect("steering:shortcoming", pk=pk)
    proof = request.FILES.get("proof")
    given = (proof.name or "file", proof) if proof is not None else None
    words = request.POST.get("answer", "")
    attempt(
        request,
        lambda: submit_rectification(user, found, version, words, given),
        _("整改情况已提交，等待复查"),
    )
    return redirect("steering:shortcoming", pk=pk)
