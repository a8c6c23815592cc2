"""Policy papers: bring one in, decide what is proposed of it, make a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, no_right, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.orm.numbers import whole_number
from huanchuang.policies.forms import PackForm, PaperForm
from huanchuang.policies.models import PaperState, PolicyPaper
from huanchuang.policies.queries import papers as known
from huanchuang.policies.queries.papers import draft_of
from huanchuang.policies.queries.words import WAYS
from huanchuang.policies.services.drafting import make_draft
from huanchuang.policies.services.papers import decide, take_sure, upload_paper

VIEW, READ, WRITE = "policies.paper.view", "policies.paper.read", "definitions.draft.write"
PAGE = 30
FIELDS = ("by", "text", "when", "papers", "is", "opens", "closes", "rule", "limit", "title", "number", "issuer", "valid_from", "valid_to", "office", "budget", "once")  # fmt: skip


@form_page
@requires(VIEW)
def papers(request: HttpRequest) -> HttpResponse:
    """All papers; a form brings in another."""
    user = signed_in(request)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not allows(user, READ):
            return no_right(request, READ)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                return redirect("policies:paper", pk=upload_paper(user, file, file.name).pk)
            except ProblemError as error:
                form.add_error("file", error.text(language()))
    page = Paginator(known.papers(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_read": allows(user, READ)}
    return render(request, "policies/papers.html", context, status=422 if form.errors else 200)


def _paper(pk: int) -> PolicyPaper:
    return get_object_or_404(PolicyPaper.objects.select_related("file", "job"), pk=pk)


@require_safe
@requires(VIEW)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper on the left, what is proposed of it on the right; or how far the reading is."""
    found = _paper(pk)
    if found.state in (PaperState.READING, PaperState.FAILED):
        return render(request, "policies/paper_reading.html", {"paper": found})
    if request.headers.get("HX-Request"):  # the page that waits for the reading asks: it is done
        return HttpResponseClientRedirect(reverse("policies:paper", args=[pk]))
    return render(request, "policies/paper.html", _context(request, found))


def _context(request: HttpRequest, found: PolicyPaper) -> dict[str, Any]:
    user, review = signed_in(request), known.review_of(found)
    shown = request.GET.get("show", "")
    regions = settings.HUANCHUANG_REGIONS
    words = language()
    return {
        "paper": found,
        "review": review,
        "paragraphs": known.marked(review),
        "lines": [(line, line.item.reason(words)) for line in review.shown(shown)],
        "shown": shown if shown in known.SHOWN else "",
        "may_read": allows(user, READ),
        "may_draft": allows(user, READ) and allows(user, WRITE),
        "ways": WAYS,
        "pack_form": PackForm(
            initial={"pack": found.pack or f"{regions[-1] if regions else 'own'}.policy-{found.pk}"}
        ),
        "draft": draft_of(found),
    }


@require_POST
@requires(READ)
def verdict(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """Take a proposal as the form says it, or drop it; the answer is the proposal as it stands now."""
    found = _paper(pk)
    given = {name: request.POST[name] for name in FIELDS if name in request.POST}
    is_dropped = request.POST.get("deed") == "drop"
    problem = ""
    try:
        decide(
            signed_in(request),
            found,
            item,
            whole_number(request.POST.get("version")) or 0,
            None if is_dropped else given,
        )
    except ProblemError as error:
        problem = error.text(language())
    except EditedMeanwhile:
        problem = _("别人刚刚改过这一条，下面是现在的样子。")
    if not request.headers.get("HX-Request") and not problem:
        return redirect(f"{reverse('policies:paper', args=[pk])}#{item}")
    review = known.review_of(found)
    line = review.line(item)
    if line is None or not request.headers.get("HX-Request"):
        return render(
            request, "policies/paper.html", {**_context(request, found), "refused": problem}, status=422
        )
    context = {
        "paper": found, "review": review, "line": line, "why": line.item.reason(language()), "problem": problem,
        "typed": given if problem and not is_dropped else {}, "may_read": True, "ways": WAYS, "is_answer": True,
    }  # fmt: skip
    return render(request, "policies/_proposal.html", context)


@require_POST
@requires(READ)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything that was read word by word."""
    try:
        take_sure(signed_in(request), _paper(pk))
    except ProblemError as error:
        return render(
            request,
            "policies/paper.html",
            {**_context(request, _paper(pk)), "refused": error.text(language())},
            status=422,
        )
    return redirect("policies:paper", pk=pk)


@require_POST
@requires(READ)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the language makes of a condition as it is typed, and the cases on its threshold."""
    _paper(pk)
    found = known.checked(request.POST.get("when", "")[:2000], clock.today(), language())
    return render(request, "policies/_checked.html", {"checked": found})


@require_POST
@requires(READ)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of what was taken and go on writing it."""
    if not allows(signed_in(request), WRITE):
        return no_right(request, WRITE)
    found = _paper(pk)
    form = PackForm(request.POST)
    if form.is_valid():
        try:
            made = make_draft(signed_in(request), found, form.cleaned_data["pack"])
        except ProblemError as error:
            form.add_error("pack", error.text(language()))
        else:
            return redirect("definitions:draft", pk=made.pk)
    return render(request, "policies/paper.html", {**_context(request, found), "pack_form": form}, status=422)
