"""Split, merge and add lines at the review desk; each works by plain forms too."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number, whole_numbers
from huanchuang.steering.forms import AdditionForm, PassageForm, SplitForm
from huanchuang.steering.models import Plan, PlanState, Target
from huanchuang.steering.queries.desk import last_deed, lines_to_merge
from huanchuang.steering.queries.shapes import addition, offered, parts_of, passage_in, suggested_parts
from huanchuang.steering.services import shaping as services
from huanchuang.steering.views import attempt


@form_page
@requires("steering.reading.review")
def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """Make several lines of one."""
    target = get_object_or_404(Target.objects.select_related("plan", "item"), pk=pk)
    if target.plan.state != PlanState.REVIEW:
        return redirect("steering:plan", pk=target.plan_id)
    form = (
        SplitForm(request.POST) if request.method == "POST" else SplitForm.of(target, suggested_parts(target))
    )
    context: dict[str, object] = {"target": target}
    if request.method == "POST" and form.is_valid():
        try:
            parts = parts_of(target, form.passages())
            made = services.divide(signed_in(request), target, form.cleaned_data["version"], parts)
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        except EditedMeanwhile:
            form = form.against(target)
            context["theirs"] = last_deed(target)
        else:
            done = ngettext("已拆成 %(count)s 条，请逐条复核", "已拆成 %(count)s 条，请逐条复核", len(made))
            messages.success(request, done % {"count": len(made)})
            return redirect("steering:review", pk=target.plan_id)
    context["form"] = form
    return render(request, "steering/divide.html", context, status=422 if form.errors else 200)


@form_page
@requires("steering.reading.review")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which of the ticked lines stays; the others become further places of it."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state != PlanState.REVIEW:
        return redirect("steering:plan", pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    lines = lines_to_merge(plan, whole_numbers(sent.getlist("chosen")))
    if request.method == "POST":
        seen = {line.target.pk: whole_number(request.POST.get(f"v{line.target.pk}")) or 0 for line in lines}
        keep = whole_number(request.POST.get("keep")) or 0
        if attempt(
            request,
            lambda: services.merge(signed_in(request), plan, keep, seen),
            _("已合并；撤回被并入的条目即可复原"),
        ):
            return redirect("steering:review", pk=pk)
    return render(request, "steering/merge.html", {"plan": plan, "lines": lines})


@form_page
@requires("steering.reading.review")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line for a passage: by its place (`?start=…&end=…`, selected in the text), or copied by hand."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state != PlanState.REVIEW:
        return redirect("steering:plan", pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    start, end = whole_number(sent.get("start")), whole_number(sent.get("end"))
    if start is None or end is None:
        return _by_passage(request, plan)
    try:
        place = addition(plan, start, end)
    except ProblemError as problem:
        messages.error(request, problem.text(language()))
        return redirect("steering:review", pk=pk)
    form = (
        AdditionForm(request.POST)
        if request.method == "POST"
        else AdditionForm.of(place, offered(plan, place))
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        values = form.values()
        done = attempt(
            request,
            lambda: services.add(
                signed_in(request), plan, place, given["token"], values, given["lead"], given["co"]
            ),
            _("已添加并采纳"),
        )
        if done:
            return redirect("steering:review", pk=pk)
    context = {"plan": plan, "form": form, "place": place}
    return render(request, "steering/add.html", context, status=422 if form.errors else 200)


def _by_passage(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The way without selecting: the passage is copied, its place found."""
    form = PassageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            start, end = passage_in(plan, form.cleaned_data["passage"])
        except ProblemError as problem:
            form.add_error("passage", problem.text(language()))
        else:
            answer = redirect("steering:add", pk=plan.pk)
            answer["Location"] += f"?start={start}&end={end}"
            return answer
    return render(
        request, "steering/add.html", {"plan": plan, "form": form}, status=422 if form.errors else 200
    )
