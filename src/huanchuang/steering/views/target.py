"""One line: its page, its reasons, its reports, its steps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.steering.forms import BasisForm, EvidenceForm, NodeForm, ReportForm, StepForm
from huanchuang.steering.models import Evidence, PlanState, Target
from huanchuang.steering.queries.course import course_of
from huanchuang.steering.queries.record import baseline_words, target_record
from huanchuang.steering.queries.visibility import visible_targets
from huanchuang.steering.services.closing import request_close, return_for_more, verify
from huanchuang.steering.services.evidence import add_evidence, withdraw_evidence
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.views import attempt


def line(request: HttpRequest, pk: int) -> Target:
    """The line if the person may see it, else 404: whether it exists is nobody else's business."""
    return get_object_or_404(
        visible_targets(signed_in(request)).select_related("plan", "item", "parent"), pk=pk
    )


@require_safe
@requires("steering.target.view")
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a line and what may be done with it now."""
    found = line(request, pk)
    record = target_record(signed_in(request), found, clock.today())
    context = {
        "record": record,
        "course": None if found.split_way else course_of(record.standing, record.reports, clock.today()),
        "row": record.row,
        "target": found,
        "step": StepForm.of(found),
        "evidence_form": EvidenceForm(),
        "today": clock.today(),
        "node_form": NodeForm(found),
        "basis_form": BasisForm(initial={"unit": found.unit}),
    }
    return render(request, "steering/target.html", context)


@require_safe
@requires("steering.target.view")
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """For the why panel, or as a page of its own: the sentence, why it was read so, units, deadline, the light with the facts used.

    Lines under review have reasons too, for whoever reviews."""
    user = signed_in(request)
    found = Target.objects.select_related("plan", "item", "parent").filter(pk=pk).first()
    under_review = (
        found is not None and found.plan.state == PlanState.REVIEW and allows(user, "steering.reading.review")
    )
    shown = found if under_review and found is not None else line(request, pk)
    template = "steering/_why.html" if request.headers.get("HX-Request") else "steering/why.html"
    return render(request, template, {"record": target_record(user, shown, clock.today()), "target": shown})


@form_page
@requires("steering.target.report")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report progress, with evidence if there is any."""
    found, user = line(request, pk), signed_in(request)
    record = target_record(user, found, clock.today())
    baseline = baseline_words(found, clock.today())
    form = (
        ReportForm(found, request.POST, request.FILES, baseline=baseline)
        if request.method == "POST"
        else ReportForm.blank(found, baseline)
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        token, files = given.pop("token"), given.pop("evidence")
        try:
            report_progress(user, found, ProgressGiven(**given), token, [(file.name, file) for file in files])
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            return _back(request, found, _("进展已提交，责任单位和主管科室都能看到"))
    context = {"form": form, "target": found, "record": record, "row": record.row}
    return render(request, "steering/report.html", context, status=422 if form.errors else 200)


@require_POST
@requires("steering.target.report")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach files to a line."""
    found = line(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        files = [(file.name, file) for file in form.cleaned_data["evidence"]]
        attempt(
            request,
            lambda: add_evidence(
                signed_in(request), found, files, form.cleaned_data["note"], form.cleaned_data["valid_until"]
            ),
            _("佐证材料已上传"),
        )
    else:
        attempt(request, lambda: add_evidence(signed_in(request), found, []), "")
    return redirect("steering:target", pk=pk)


@require_POST
@requires("steering.target.report")
def withdraw(request: HttpRequest, evidence: int) -> HttpResponse:
    """Say that a file proves nothing any more, with the reason."""
    chosen = get_object_or_404(Evidence.objects.select_related("target"), pk=evidence)
    found, reason = line(request, chosen.target_id), request.POST.get("reason", "")
    done = _("佐证已撤回；已销号的任务会重新打开")
    attempt(request, lambda: withdraw_evidence(signed_in(request), chosen, reason), done)
    return redirect("steering:target", pk=found.pk)


@require_POST
@requires("steering.target.request_close")
def close_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says that it is done."""
    return step(request, pk, request_close, _("已申请销号，等待核验"))


@require_POST
@requires("steering.target.verify")
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person closes the line, or sends it back with a reason."""
    if request.POST.get("deed") == "return":
        return step(request, pk, return_for_more, _("已退回，责任单位会收到原因"))
    return step(request, pk, verify, _("已销号"))


def step(request: HttpRequest, pk: int, service: Callable[..., object], done: str) -> HttpResponse:
    """Take a step of a line with what its small form says."""
    found = line(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    attempt(
        request,
        lambda: service(signed_in(request), found, given["token"], given["version"], given["reason"]),
        done,
    )
    return redirect("steering:target", pk=pk)


def _back(request: HttpRequest, found: Target, done: str) -> HttpResponse:
    attempt(request, lambda: None, done)
    return redirect("steering:target", pk=found.pk)
