"""The review desk: look, decide, correct, put in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.jobs.models import Job
from huanchuang.jobs.models import State as JobState
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number, whole_numbers
from huanchuang.steering.forms import CorrectionForm
from huanchuang.steering.models import Plan, PlanState, Review, Revision, Target
from huanchuang.steering.queries.desk import desk, last_deed, news
from huanchuang.steering.queries.document import marked_text, window_at
from huanchuang.steering.queries.plans import taking_of
from huanchuang.steering.services import review as services
from huanchuang.steering.services.taking import ask_to_take_place
from huanchuang.steering.views import attempt

VERDICTS = {"accept": Review.ACCEPTED, "reject": Review.REJECTED, "take-back": Review.PROPOSED}
TO_MERGE = "merge"


@require_safe
@requires("steering.reading.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The document left, the lines right, doubtful ones first. `?t=12` shows the text around line 12, `?at=…` around a place."""
    plan = get_object_or_404(Plan, pk=pk)
    taking = taking_of(plan) if hasattr(plan, "revision") else None
    if plan.state != PlanState.REVIEW:
        return _reviewed(request, plan, taking)
    if taking and not taking.is_finished:
        return render(request, "steering/taking.html", {"plan": plan, "job": taking})
    if request.headers.get("HX-Request"):  # the page that waits: it did not come about, the desk says why
        return HttpResponseClientRedirect(reverse("steering:review", args=[pk]))
    found = desk(plan, request.GET.get("show", "all"), request.GET.get("page", 1))
    first = found.lines[0].target.start if found.lines else 0
    context = {"plan": plan, "desk": found, "taking": taking, **shown_text(request, plan, first)}
    return render(request, "steering/review.html", context)


def _reviewed(request: HttpRequest, plan: Plan, taking: Job | None) -> HttpResponse:
    """Where the review leads when it is over: to the ledger for whoever waited for it, else to the plan. The page that
    waits may ask twice before it leaves, so the good news waits for the page that comes next."""
    if taking and request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(f"{reverse('steering:review', args=[plan.pk])}?waited=1")
    if not (taking and "waited" in request.GET):
        return redirect("steering:plan", pk=plan.pk)
    messages.success(request, _("台账已转到修订版；填报、佐证和数据都跟着原来的条目"))
    return redirect(f"{reverse('steering:ledger')}?plan={plan.pk}")


@require_safe
@requires("steering.reading.review")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the text around a line or a place, for the desk that has another part open."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state != PlanState.REVIEW or not request.headers.get("HX-Request"):
        return redirect(f"{reverse('steering:review', args=[pk])}?{request.GET.urlencode()}")
    return render(request, "steering/_window.html", {"plan": plan, **shown_text(request, plan, 0)})


def shown_text(request: HttpRequest, plan: Plan, place: int) -> dict[str, object]:
    """The window of the text that the address asks for, else the one around `place`."""
    asked, number = whole_number(request.GET.get("at")), whole_number(request.GET.get("t"))
    if number is not None:
        line = plan.targets.filter(pk=number).values_list("start", flat=True).first()
        place = place if line is None else line
    window = window_at(plan.text, place if asked is None else asked)
    rest = request.GET.copy()
    for name in ("at", "t"):
        rest.pop(name, None)
    keep = f"{rest.urlencode()}&" if rest else ""
    return {"window": window, "keep": keep, "paragraphs": marked_text(plan, window, everything=True)}


@require_safe
@requires("steering.reading.review")
def newcomers(request: HttpRequest, pk: int) -> HttpResponse:
    """What others did at the desk since the page was made; empty while nobody did anything."""
    plan = get_object_or_404(Plan, pk=pk)
    since = whole_number(request.GET.get("since")) or 0
    context = {"plan": plan, "deeds": news(plan, signed_in(request), since), "since": since}
    return render(request, "steering/_news.html", context)


@require_POST
@requires("steering.reading.review")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, reject or take back the ticked lines, or the one whose button was pressed; ticked ones may go on to merging."""
    plan = get_object_or_404(Plan, pk=pk)
    verb, _colon, one = request.POST.get("deed", "").partition(":")
    seen = _seen(request, [one] if one else request.POST.getlist("chosen"))
    if verb == TO_MERGE:
        chosen = "&".join(f"chosen={number}" for number in seen)
        return redirect(f"{reverse('steering:merge', args=[pk])}?{chosen}")
    if verb not in VERDICTS:
        raise Http404
    try:
        decided = services.decide(signed_in(request), plan, seen, VERDICTS[verb])
    except ProblemError as problem:
        messages.error(request, problem.text(language()))
        return redirect("steering:plan", pk=pk)
    done = ngettext("已处理 %(count)s 条", "已处理 %(count)s 条", decided.done) % {"count": decided.done}
    if decided.done or not decided.overtaken:
        messages.success(request, done)
    for line in decided.overtaken:
        messages.warning(request, _overtaken(line))
    return redirect(_back(request, pk))


def _seen(request: HttpRequest, chosen: list[str]) -> dict[int, int]:
    """The lines meant, with the version of each that the page showed; without one the line counts as seen."""
    numbers = whole_numbers(chosen)
    shown = {number: whole_number(request.POST.get(f"v{number}")) for number in numbers}
    known = dict(Target.objects.filter(pk__in=numbers).values_list("pk", "version"))
    return {
        number: known[number] if seen is None else seen for number, seen in shown.items() if number in known
    }


def _overtaken(line: Target) -> str:
    """What somebody else did to a line meanwhile, in one sentence."""
    deed = last_deed(line)
    if deed is None:
        return _("“%(name)s”刚被他人改过，您的操作没有用在它上面，请看最新内容。") % {"name": line.name}
    return _("“%(name)s”刚被%(who)s%(deed)s，您的操作没有用在它上面，请看最新内容。") % {
        "name": line.name,
        "who": deed.by.name,
        "deed": deed.get_verb_display(),
    }


def _back(request: HttpRequest, pk: int) -> str:
    """The page of the desk one came from."""
    words = {
        name: request.POST[f"back_{name}"] for name in ("show", "page") if request.POST.get(f"back_{name}")
    }
    address = reverse("steering:review", args=[pk])
    kept = [f"{name}={word}" for name, word in words.items() if word.isascii() and word.isalnum()]
    return f"{address}?{'&'.join(kept)}" if kept else address


@require_POST
@requires("steering.reading.review")
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """End the review; with `rest=accept` what was not looked at is accepted as a batch."""
    plan = get_object_or_404(Plan, pk=pk)
    accept_rest = request.POST.get("rest") == "accept"
    revision = Revision.objects.select_related("plan", "of").filter(plan=plan).first()
    if revision is None:
        done = _("台账已建立，责任单位现在可以填报进展")
        step = attempt(
            request, lambda: services.put_in_force(signed_in(request), plan, accept_rest=accept_rest), done
        )
    else:
        step = _take_place(request, revision, accept_rest=accept_rest)
    if not step:
        return redirect("steering:review", pk=pk)
    answer = redirect("steering:ledger")
    answer["Location"] += f"?plan={pk}"
    return answer


def _take_place(request: HttpRequest, revision: Revision, *, accept_rest: bool) -> bool:
    """A small revision is in force at once; of a large one the desk shows how far the job is."""
    if revision.plan.state != PlanState.IN_FORCE:
        job = ask_to_take_place(signed_in(request), revision, accept_rest=accept_rest)
        if job.state == JobState.FAILED:
            messages.error(request, job.problem_en if language() == "en" else job.problem_zh)
        if job.state != JobState.DONE:
            return False
    messages.success(request, _("台账已转到修订版；填报、佐证和数据都跟着原来的条目"))
    return True


@form_page
@requires("steering.reading.review")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one line right. Whoever comes second sees what the first one changed beside the own entries, and nothing is lost."""
    lines = Target.objects.select_related("plan", "item").prefetch_related("responsibilities")
    target = get_object_or_404(lines, pk=pk)
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm.of(target)
    context: dict[str, object] = {"target": target}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.correct(
                signed_in(request), target, given["version"], form.values(), given["lead"], given["co"]
            )
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        except EditedMeanwhile:
            form, context["theirs"] = form.against(target), last_deed(target)
        else:
            messages.success(request, _("已更正并采纳"))
            return redirect("steering:review", pk=target.plan_id)
    context["form"] = form
    return render(
        request, "steering/correct.html", context, status=422 if form.errors or form.differences else 200
    )
