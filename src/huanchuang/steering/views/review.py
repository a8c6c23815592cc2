"""The review desk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huanchuang.accounts.views.gate import requires
from huanchuang.steering.forms import CorrectionForm
from huanchuang.steering.models import Plan, PlanState, Review, Target
from huanchuang.steering.queries.desk import desk
from huanchuang.steering.queries.document import marked_text
from huanchuang.steering.services import review as services
from huanchuang.steering.views import attempt, person

VERDICTS = {"accept": Review.ACCEPTED, "reject": Review.REJECTED, "take-back": Review.PROPOSED}


@require_safe
@requires("steering.reading.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The document left, the lines right, doubtful ones first."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state != PlanState.REVIEW:
        return redirect("steering:plan", pk=pk)
    found = desk(plan)
    context = {"plan": plan, "desk": found, "paragraphs": marked_text(plan, found.targets)}
    return render(request, "steering/review.html", context)


@require_POST
@requires("steering.reading.review")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, reject or take back the ticked lines, or the one whose button was pressed."""
    plan = get_object_or_404(Plan, pk=pk)
    verb, _colon, one = request.POST.get("deed", "").partition(":")
    if verb not in VERDICTS:
        raise Http404
    chosen = [one] if one else request.POST.getlist("chosen")
    ids = [int(number) for number in chosen if number.isascii() and number.isdigit() and len(number) < 16]
    done = ngettext("已处理 %(count)s 条", "已处理 %(count)s 条", len(ids)) % {"count": len(ids)}
    attempt(request, lambda: services.decide(person(request), plan, ids, VERDICTS[verb]), done)
    return redirect("steering:review", pk=pk)


@require_POST
@requires("steering.reading.review")
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """End the review; with `rest=accept` what was not looked at is accepted as a batch."""
    plan = get_object_or_404(Plan, pk=pk)
    accept_rest = request.POST.get("rest") == "accept"
    step = attempt(
        request,
        lambda: services.put_in_force(person(request), plan, accept_rest=accept_rest),
        _("台账已建立，责任单位现在可以填报进展"),
    )
    if not step:
        return redirect("steering:review", pk=pk)
    answer = redirect("steering:ledger")
    answer["Location"] += f"?plan={pk}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires("steering.reading.review")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one line right."""
    lines = Target.objects.select_related("plan", "item").prefetch_related("responsibilities")
    target = get_object_or_404(lines, pk=pk)
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm.of(target)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            lambda: services.correct(
                person(request), target, given["version"], form.values(), given["lead"], given["co"]
            ),
            _("已更正并采纳"),
        )
        if done:
            return redirect("steering:review", pk=target.plan_id)
    return render(
        request, "steering/correct.html", {"form": form, "target": target}, status=422 if form.errors else 200
    )
