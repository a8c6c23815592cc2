"""年度考核: preview and what-if of today, publication, scores with reasons, appeals."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.models import Role
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.orm import clock
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Appeal, Assessment
from huanchuang.steering.queries.assessment import figure_names, preview, visible_scores, what_if
from huanchuang.steering.queries.dispatch import dispatch
from huanchuang.steering.services.assessment import answer_appeal, appeal, make_final, publish
from huanchuang.steering.views import attempt
from huanchuang.steering.views.oversight import keeps


@form_page
@requires("steering.assessment.view")
def assessment(request: HttpRequest) -> HttpResponse:
    """What each unit would get today; `?unit=3&green=9` asks what if. Posting publishes the year."""
    user, today, may = signed_in(request), clock.today(), keeps(request)
    rows = preview(dispatch(user, today))
    if request.method == "POST":
        attempt(request, lambda: publish(user, today.year, rows), _("考核结果已公布，各单位可以申诉"))
        return redirect("steering:assessment")
    chosen = next((row for row in rows if str(row.organisation.pk) == request.GET.get("unit")), None)
    asked = what_if(chosen.figures, request.GET, today) if chosen else None
    context = {
        "rows": rows,
        "chosen": chosen,
        "asked": asked,
        "names": figure_names(),
        "published": Assessment.objects.all(),
        "may_publish": may and not Assessment.objects.filter(year=today.year).exists(),
        "today": today,
    }
    return render(request, "steering/oversight/assessment.html", context)


@form_page
@requires("steering.assessment.view")
def scores(request: HttpRequest, year: int) -> HttpResponse:
    """The published scores of a year; posting makes them final."""
    user, may = signed_in(request), keeps(request)
    found = get_object_or_404(Assessment, year=year)
    if request.method == "POST":
        attempt(request, lambda: make_final(user, found), _("考核结果已确定"))
        return redirect("steering:scores", year=year)
    context = {"assessment": found, "scores": visible_scores(user).filter(assessment=found), "keeps": may}
    return render(request, "steering/oversight/scores.html", context)


@form_page
@requires("steering.assessment.view")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One score with its reasons; the unit appeals, the bureau answers."""
    user = signed_in(request)
    found = get_object_or_404(visible_scores(user), pk=pk)
    own = user.role == Role.REPORTER and organisations_of(user).filter(pk=found.organisation_id).exists()
    if request.method == "POST":
        _act(request, pk, own)
        return redirect("steering:score", pk=pk)
    waiting = found.appeals.filter(state=Appeal.State.OPEN).first()
    context = {
        "score": found,
        "final": found.assessment.final_on,
        "appeals": found.appeals.select_related("asked_by", "decided_by"),
        "names": figure_names(),
        "may_appeal": own and waiting is None and found.assessment.final_on is None,
        "waiting": waiting if allows(user, "steering.oversight.keep") else None,
        "second": found.assessment.published_by_id != user.pk,
    }
    return render(request, "steering/oversight/score.html", context)


def _act(request: HttpRequest, pk: int, own: bool) -> None:
    user = signed_in(request)
    found = get_object_or_404(visible_scores(user), pk=pk)
    if own:
        attempt(request, lambda: appeal(user, found, request.POST.get("text", "")), _("申诉已提交，等待答复"))
        return
    if not allows(user, "steering.oversight.keep"):
        raise PermissionDenied
    waiting = get_object_or_404(Appeal, score=found, state=Appeal.State.OPEN)
    seen = whole_number(request.POST.get("version")) or 0
    change, words = _points(request.POST.get("points", "")), request.POST.get("answer", "")
    attempt(request, lambda: answer_appeal(user, waiting, seen, change, words), _("申诉已答复"))


def _points(text: str) -> Decimal:
    try:
        value = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and abs(value) < 1000 else Decimal(0)
