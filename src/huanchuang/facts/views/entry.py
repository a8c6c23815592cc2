"""Forms that enter, correct and withdraw a figure."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import form_page, no_right, requires
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.forms import FigureForm, PlaceForm, ReasonForm
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.access import Reader
from huanchuang.facts.queries.values import differing
from huanchuang.facts.queries.why import why_of
from huanchuang.facts.services import correct_fact, record_fact, withdraw_fact
from huanchuang.facts.services.record import CorrectedMeanwhile
from huanchuang.facts.views.pages import fact_or_404, reader_or_404
from huanchuang.orm.language import language


@require_safe
@requires("facts.fact.record")
def place(request: HttpRequest, subject: str) -> HttpResponse:
    """Which figure and which period; leads to the form for its value."""
    reader = reader_or_404(request, subject)
    if not reader.records:
        return no_right(request, "facts.fact.record")
    asked = "period" in request.GET
    start = {"key": request.GET.get("key", "")}
    form = PlaceForm(
        request.GET if asked else None, initial=start, about=reader.about, classes=reader.classes
    )
    if asked and form.is_valid():
        where = {
            "subject": subject,
            "key": form.cleaned_data["key"],
            "period": form.cleaned_data["period"].code,
        }
        return redirect(reverse("facts:enter", kwargs=where))
    return render(request, "facts/place.html", {"reader": reader, "form": form}, status=422 if asked else 200)


@form_page
@requires("facts.fact.record")
def enter(request: HttpRequest, subject: str, key: str, period: str) -> HttpResponse:
    """The value of one figure. One that was typed before is corrected instead."""
    reader, span = reader_or_404(request, subject), _period(period)
    if not reader.records or not reader.reads_key(key):
        return no_right(request, "facts.fact.record")
    standing = differing(subject, key, span)
    typed = next((fact for fact in standing if fact.source_kind == SourceKind.MANUAL), None)
    if typed is not None:
        return redirect("facts:correct", pk=typed.pk)
    entry = dictionary.entry(key)
    form = FigureForm(request.POST or None, unit=entry.unit if entry else "")
    if request.method == "POST" and form.is_valid() and _recorded(request, form, subject, key, span):
        return _saved(request, reader, _("已记录"))
    context = {
        "reader": reader,
        "form": form,
        "name": dictionary.name(key),
        "entry": entry,
        "period": span,
        "standing": standing,
    }
    return render(request, "facts/enter.html", context, status=_status(form))


def _recorded(request: HttpRequest, form: FigureForm, subject: str, key: str, period: Period) -> bool:
    given = form.cleaned_data
    unit, link, note = given.get("unit", ""), given["source_link"], given["note"]
    try:
        record_fact(
            actor_of(request), subject, key, period, given["value"], unit, SourceKind.MANUAL, link, note
        )
    except ProblemError as error:
        form.add_error("value", error.text(language()))
        return False
    return True


@form_page
@requires("facts.fact.record")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A better value in the place of a current one, with the reason. Who saves second sees what stands now."""
    fact, reader = fact_or_404(request, pk)
    if not reader.corrects(fact):
        return (
            no_right(request, "facts.fact.record")
            if fact.current_until is None
            else redirect("facts:why", pk=pk)
        )
    form = FigureForm(request.POST or None, unit=fact.unit, correcting=True)
    newer: Fact | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            correct_fact(actor_of(request), fact, given["value"], given.get("unit", ""), given["note"])
        except ProblemError as error:
            form.add_error("value", error.text(language()))
        except CorrectedMeanwhile as error:
            newer = error.fact.superseded_by
            form.add_error(None, _("他人刚更正或撤回了这个数值。您填写的内容仍在下面，请核对最新数值"))
        else:
            return _saved(request, reader, _("已更正"))
    context = {"reader": reader, "form": form, "why": why_of(fact), "fact": fact, "newer": newer}
    return render(request, "facts/correct.html", context, status=_status(form))


@form_page
@requires("facts.fact.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a wrong figure without putting another in its place, with the reason."""
    fact, reader = fact_or_404(request, pk)
    if not reader.corrects(fact):
        return redirect("facts:why", pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_fact(actor_of(request), fact, form.cleaned_data["reason"])
        except CorrectedMeanwhile:
            form.add_error(None, _("他人刚更正或撤回了这个数值。请查看最新数值"))
        else:
            return _saved(request, reader, _("已撤回"))
    context = {"reader": reader, "form": form, "why": why_of(fact), "fact": fact}
    return render(request, "facts/withdraw.html", context, status=_status(form))


def _saved(request: HttpRequest, reader: Reader, word: str) -> HttpResponse:
    messages.success(request, word)
    return redirect("facts:subject", subject=reader.subject)


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except ProblemError:
        raise Http404 from None


def _status(form: FigureForm | ReasonForm) -> int:
    return 422 if form.errors else 200
