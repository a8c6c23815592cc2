"""Meetings and visits; what was decided becomes lines of the ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.models import Meeting
from huanchuang.steering.services.meeting import (
    DecisionGiven,
    MeetingGiven,
    issue_minutes,
    note_decision,
    note_meeting,
    strike_decision,
)
from huanchuang.steering.views import attempt
from huanchuang.steering.views.oversight import keeps
from huanchuang.steering.views.oversight.forms import DecisionForm, MeetingForm


@require_safe
@requires("steering.dispatch.view")
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings and visits."""
    found = Meeting.objects.select_related("minutes").prefetch_related("decisions")
    return render(request, "steering/oversight/meetings.html", {"meetings": found, "keeps": keeps(request)})


@form_page
@requires("steering.oversight.keep")
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Note a meeting."""
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm.blank()
    if request.method == "POST" and isinstance(form, MeetingForm) and form.is_valid():
        made = note_meeting(signed_in(request), form.cleaned_data["token"], MeetingGiven(**form.values()))
        return redirect("steering:meeting", pk=made.pk)
    words = {"title": _("登记会议或调研"), "back": "steering:meetings", "back_title": _("会议调研")}
    return render(
        request, "steering/oversight/form.html", {"form": form, **words}, status=422 if form.errors else 200
    )


@form_page
@requires("steering.dispatch.view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its decisions, and the issue of its minutes."""
    user, found = signed_in(request), get_object_or_404(Meeting.objects.select_related("minutes"), pk=pk)
    form, may = DecisionForm(), keeps(request)
    if request.method == "POST":
        deed, _colon, one = request.POST.get("deed", "").partition(":")
        if deed == "issue":
            attempt(request, lambda: issue_minutes(user, found), _("纪要已印发，议定事项已进入台账"))
            return redirect("steering:meeting", pk=pk)
        if deed == "strike":
            number = whole_number(one) or 0
            attempt(request, lambda: strike_decision(user, found, number), _("议定事项已删除"))
            return redirect("steering:meeting", pk=pk)
        form = DecisionForm(request.POST)
        if form.is_valid():
            try:
                note_decision(user, found, DecisionGiven(**form.cleaned_data))
            except ProblemError as problem:
                form.add_error(None, problem.text(language()))
            else:
                return redirect("steering:meeting", pk=pk)
    context = {
        "meeting": found,
        "decisions": found.decisions.all(),
        "form": form,
        "keeps": may and found.minutes is None,
    }
    return render(request, "steering/oversight/meeting.html", context, status=422 if form.errors else 200)
