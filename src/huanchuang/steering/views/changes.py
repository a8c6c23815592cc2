"""Asking for an adjustment or an end, deciding on it; taking a line up again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.forms import AdjustForm, StepForm
from huanchuang.steering.models import Change
from huanchuang.steering.queries.visibility import may_answer_for
from huanchuang.steering.services.asking import Wanted, ask_change, decide_change, withdraw_change
from huanchuang.steering.services.changes import reopen
from huanchuang.steering.views import attempt
from huanchuang.steering.views.target import line, step

ASKED = gettext_lazy("申请已提交，由主管科室另一位工作人员审批；审批前任务不变")


@form_page
@requires("steering.change.ask")
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another deadline or figure, with the reason; or for the end of the line."""
    found, user = line(request, pk), signed_in(request)
    if not may_answer_for(user, found):
        raise PermissionDenied
    has_figure = found.value is not None
    initial = {**StepForm.of(found).initial, "due_on": found.due_on, "value": found.value}
    given_form = request.POST if request.method == "POST" else None
    form = AdjustForm(given_form, initial=initial, has_figure=has_figure)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = Wanted(Change.Wish.ADJUST, given["reason"], given["due_on"], given.get("value"))
        if attempt(request, lambda: ask_change(user, found, given["token"], wanted), str(ASKED)):
            return redirect("steering:target", pk=pk)
    context = {"form": form, "target": found}
    return render(request, "steering/adjust.html", context, status=422 if form.errors else 200)


@require_POST
@requires("steering.change.ask")
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the end of a line; or take a closed or ended one up again."""
    if request.POST.get("deed") == "reopen":
        if not allows(signed_in(request), "steering.target.adjust"):
            raise PermissionDenied
        return step(request, pk, reopen, _("已重新打开"))
    return step(
        request,
        pk,
        lambda user, found, token, version, reason: ask_change(
            user, found, token, Wanted(Change.Wish.END, reason)
        ),
        str(ASKED),
    )


@require_POST
@requires("steering.change.ask")
def decide(request: HttpRequest, change: int) -> HttpResponse:
    """Agree, refuse with an opinion, or take one's own request back."""
    asked = get_object_or_404(Change.objects.select_related("target"), pk=change)
    found, user = line(request, asked.target_id), signed_in(request)
    deed, opinion = request.POST.get("deed"), request.POST.get("reason", "")
    if deed == "withdraw":
        attempt(request, lambda: withdraw_change(user, asked), _("申请已撤回"))
    elif not allows(user, "steering.change.decide"):
        raise PermissionDenied
    else:
        version, agreed = whole_number(request.POST.get("version")) or 0, deed == "approve"
        done = _("已同意，任务已按申请修改") if agreed else _("已退回申请，申请人会收到意见")
        attempt(request, lambda: decide_change(user, asked, version, agreed, opinion), done)
    return redirect("steering:target", pk=found.pk)
