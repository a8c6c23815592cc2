"""The facts of a subject, and the reasons of one fact for the why panel."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.facts.forms import DatesForm
from huanchuang.facts.models import Fact
from huanchuang.facts.queries.access import Reader, reader_of
from huanchuang.facts.queries.compare import compared
from huanchuang.facts.queries.table import table_of
from huanchuang.facts.queries.why import why_of
from huanchuang.orm import clock
from huanchuang.registry.queries.sameness.judged import kept_for

LAST = 91
"""Days that a comparison reaches back when nobody says how far."""


def reader_or_404(request: HttpRequest, subject: str) -> Reader:
    """The reader of a subject; 404 where it does not exist for this person."""
    reader = reader_of(signed_in(request), subject)
    if reader is None:
        raise Http404
    return reader


def fact_or_404(request: HttpRequest, pk: int) -> tuple[Fact, Reader]:
    """A fact that this person may see, with what they may do; 404 otherwise."""
    fact = get_object_or_404(Fact, pk=pk)
    reader = reader_or_404(request, fact.subject)
    if not reader.reads_key(fact.key):
        raise Http404
    return fact, reader


@require_safe
@requires("facts.fact.view")
def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """All facts of a subject, key by period; with `?known=2026-03-31` as they were known at the end of that day."""
    if (kept := kept_for(subject)) != subject:
        return redirect("facts:subject", subject=kept)
    reader = reader_or_404(request, subject)
    day = clock.day_in(request.GET.get("known", ""))
    context = {
        "reader": reader,
        "table": table_of(reader, known_at=clock.end_of(day) if day else None),
        "known": day,
    }
    return render(request, "facts/subject.html", context)


@require_safe
@requires("facts.fact.view")
def compare(request: HttpRequest, subject: str) -> HttpResponse:
    """What became known of a subject between the ends of two days; without dates the last quarter."""
    reader = reader_or_404(request, subject)
    asked = {"earlier": "", "later": ""} | request.GET.dict()
    today = clock.today()
    start = {"earlier": today - dt.timedelta(days=LAST), "later": today}
    form = DatesForm({name: asked[name] or day for name, day in start.items()})
    context = {"reader": reader, "form": form}
    if form.is_valid():
        one, other = (clock.end_of(form.cleaned_data[name]) for name in ("earlier", "later"))
        context["compared"] = compared(reader, one, other)
    return render(request, "facts/compare.html", context, status=200 if form.is_valid() else 422)


@require_safe
@requires("facts.fact.view")
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: source, person, moment, earlier values and what other sources say."""
    fact, reader = fact_or_404(request, pk)
    may_withdraw = allows(signed_in(request), "facts.fact.withdraw", fact.subject) and reader.corrects(fact)
    reasons = why_of(fact)
    context = {
        "why": reasons,
        "fact": fact,
        "reader": reader,
        "may_correct": reader.corrects(fact),
        "may_withdraw": may_withdraw,
        "may_choose": reader.chooses and reasons.differs and fact.current_until is None,
    }
    return render(
        request, "facts/_why.html" if request.headers.get("HX-Request") else "facts/why.html", context
    )
