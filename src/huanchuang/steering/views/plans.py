"""Plans: the list, bringing one in, its text with marks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.forms import UploadForm
from huanchuang.steering.models import Plan, PlanState
from huanchuang.steering.queries.document import contents, marked_text, window_at
from huanchuang.steering.queries.plans import job_of, plan_list
from huanchuang.steering.queries.record import passage_of
from huanchuang.steering.queries.revisions import open_revision, versions_of
from huanchuang.steering.queries.visibility import visible_plans, visible_targets
from huanchuang.steering.services.plan import upload_plan


@require_safe
@requires("steering.plan.view")
def plans(request: HttpRequest) -> HttpResponse:
    """All plans that the person may open, with how far each is."""
    user = signed_in(request)
    found = {"plans": plan_list(user), "may_upload": allows(user, "steering.plan.upload")}
    return render(request, "steering/plans.html", found)


@form_page
@requires("steering.plan.upload")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; the plan's page then shows how far the reading is."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("steering:plan", pk=upload_plan(signed_in(request), file, file.name).pk)
        except ProblemError as problem:
            form.add_error("file", problem.text(language()))
    return render(request, "steering/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@requires("steering.plan.view")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a plan with its marks, or how far the reading is. `?t=12` lights the sentence of line 12; of a long
    text the part around it is shown, or around the place `?at=…`."""
    user = signed_in(request)
    found = get_object_or_404(visible_plans(user).select_related("file", "accepted_by"), pk=pk)
    if found.state in (PlanState.READING, PlanState.FAILED):
        return render(request, "steering/reading.html", {"plan": found, "job": job_of(found)})
    may_review = found.state == PlanState.REVIEW and allows(user, "steering.reading.review")
    if request.headers.get(
        "HX-Request"
    ):  # the page that waits for the reading asks: it is done, show the text
        return HttpResponseClientRedirect(reverse("steering:plan", args=[pk]))
    chosen, words = _chosen(request, found)
    window = window_at(found.text, words[0] if words else whole_number(request.GET.get("at")) or 0)
    context = {
        "plan": found,
        "window": window,
        "paragraphs": marked_text(found, window, everything=found.state == PlanState.REVIEW, chosen=words),
        "chosen": chosen,
        "outline": contents(found, window),
        "may_review": may_review,
        "versions": (versions := versions_of(found)),
        "may_revise": found.state == PlanState.IN_FORCE
        and allows(user, "steering.plan.revise")
        and open_revision(versions, found) is None,
    }
    return render(request, "steering/plan.html", context)


def _chosen(request: HttpRequest, plan: Plan) -> tuple[object, tuple[int, int] | None]:
    """The line named in the address and where its sentence stands."""
    number = whole_number(request.GET.get("t"))
    if number is None:
        return None, None
    user = signed_in(request)
    among = plan.targets.all() if plan.state == PlanState.REVIEW else visible_targets(user).filter(plan=plan)
    target = among.select_related("plan", "item").filter(pk=number).first()
    if target is None:
        return None, None
    passage = passage_of(target)
    return target, (passage.start, passage.end)
