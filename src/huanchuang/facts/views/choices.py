"""Pages on which one of several sources is chosen, and the choice taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import form_page, no_right, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.facts.forms import ChoiceForm, TakeBackForm
from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries import dictionary
from huanchuang.facts.queries.why import Why, why_of
from huanchuang.facts.services import choose_source, take_back_choice
from huanchuang.facts.services.choose import ChosenMeanwhile
from huanchuang.facts.services.record import CorrectedMeanwhile
from huanchuang.facts.views.pages import fact_or_404, reader_or_404
from huanchuang.orm.language import language

DEED = "facts.source.choose"
QUALITY = "quality"
"""Word in the address of those who come from the list of data quality, and go back there."""


@form_page
@requires(DEED)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """What each source says side by side; one of them is chosen with the reason."""
    fact, reader = fact_or_404(request, pk)
    if not reader.chooses:
        return no_right(request, DEED)
    why = why_of(fact)
    if fact.current_until is not None or not why.differs:
        return redirect("facts:why", pk=pk)
    form = _form(request, why)
    newer: SourceChoice | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _choose(request, form, why)
        except ProblemError as error:
            form.add_error("reason", error.text(language()))
        except CorrectedMeanwhile:
            form.add_error(None, _("他人刚更正或撤回了这个数值。您填写的内容仍在下面，请核对最新数值"))
        except ChosenMeanwhile as error:
            newer, why = error.choice, why_of(fact)
            form.add_error(None, _("他人刚选定或撤销了来源。您填写的内容仍在下面，请核对后再次提交"))
            form.data = {**request.POST.dict(), "seen": newer.pk if newer else 0}
        else:
            messages.success(request, _("已选定来源"))
            return redirect(_back(request, fact))
    context = {
        "reader": reader, "form": form, "why": why, "fact": fact, "newer": newer, "back": _back(request, fact),
        "chosen": str(form["fact"].value()),
    }  # fmt: skip
    return render(request, "facts/choose.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, why: Why) -> ChoiceForm:
    seen = why.standing.pk if why.standing else 0
    start = {"fact": str(why.shown.fact.pk), "seen": seen}
    return ChoiceForm(request.POST or None, initial=start, sources=why.sources)


def _choose(request: HttpRequest, form: ChoiceForm, why: Why) -> None:
    chosen = next(one.fact for one in why.sources if str(one.fact.pk) == form.cleaned_data["fact"])
    choose_source(actor_of(request), chosen, form.cleaned_data["reason"], seen=form.cleaned_data["seen"])


def _back(request: HttpRequest, fact: Fact) -> str:
    if request.GET.get("from") == QUALITY:
        return f"{reverse('facts:quality')}?key={fact.key}"
    return reverse("facts:subject", kwargs={"subject": fact.subject})


@form_page
@requires(DEED)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a choice with the reason, so that the order of trust decides again."""
    choice = get_object_or_404(SourceChoice, pk=pk)
    reader = reader_or_404(request, choice.subject)
    if not reader.chooses or not reader.reads_key(choice.key):
        return no_right(request, DEED)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back_choice(actor_of(request), choice, form.cleaned_data["reason"])
        except ChosenMeanwhile:
            form.add_error(None, _("这次选定已经结束。请查看最新的选定记录"))
        else:
            messages.success(request, _("已撤销选定"))
            return redirect("facts:subject", subject=choice.subject)
    context = {"reader": reader, "form": form, "choice": choice, "name": dictionary.name(choice.key)}
    return render(request, "facts/take_back.html", context, status=422 if form.errors else 200)
