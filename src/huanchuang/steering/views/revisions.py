"""修订: upload a corrected version, compare it clause by clause, keep what did not change, give it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.steering.forms import RevisionForm
from huanchuang.steering.models import Plan, PlanState, Revision
from huanchuang.steering.queries.revisions import comparison_page
from huanchuang.steering.queries.visibility import visible_plans
from huanchuang.steering.services import revision as services
from huanchuang.steering.views import attempt


@form_page
@requires("steering.plan.revise")
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a corrected version of a plan in force, with the reason."""
    plan = get_object_or_404(Plan, pk=pk)
    form = RevisionForm(request.POST, request.FILES) if request.method == "POST" else RevisionForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            new = services.revise(signed_in(request), plan, file, file.name, form.cleaned_data["reason"])
        except ProblemError as problem:
            form.add_error("file", problem.text(language()))
        else:
            return redirect("steering:plan", pk=new.pk)
    context = {"form": form, "plan": plan}
    return render(request, "steering/revise.html", context, status=422 if form.errors else 200)


@require_safe
@requires("steering.plan.view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Both versions side by side, by the plan that is the corrected one; for whoever may open that plan."""
    user = signed_in(request)
    plan = get_object_or_404(visible_plans(user), pk=pk)
    revision = Revision.objects.select_related("plan", "of", "by").filter(plan=plan).first()
    if revision is None or plan.state in (PlanState.READING, PlanState.FAILED):
        return redirect("steering:plan", pk=pk)
    context = {
        "plan": plan,
        "revision": revision,
        "comparison": comparison_page(revision, request.GET.get("show", ""), request.GET.get("page", 1)),
        "may_review": plan.state == PlanState.REVIEW and allows(user, "steering.reading.review"),
    }
    return render(request, "steering/compare.html", context)


@require_POST
@requires("steering.reading.review")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the lines of clauses that did not change, as a batch."""
    revision = get_object_or_404(Revision.objects.select_related("plan", "of"), plan=pk)
    try:
        count = services.keep_unchanged(signed_in(request), revision)
    except ProblemError as problem:
        messages.error(request, problem.text(language()))
        return redirect("steering:plan", pk=pk)
    done = ngettext("条款未变的 %(count)s 条已沿用原版", "条款未变的 %(count)s 条已沿用原版", count)
    messages.success(request, done % {"count": count})
    return redirect("steering:review", pk=pk)


@require_POST
@requires("steering.plan.revise")
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded plan is no corrected version: it stands for itself."""
    revision = get_object_or_404(Revision.objects.select_related("plan", "of"), plan=pk)
    attempt(
        request,
        lambda: services.give_up(signed_in(request), revision),
        _("已放弃修订，这份文件改作单独的方案；原方案照旧执行"),
    )
    return redirect("steering:plan", pk=pk)
