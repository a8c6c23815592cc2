"""An amount that is due, kept free of a budget."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.money.forms import ReserveForm
from huanchuang.money.queries.budgets import budgets_for
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.queries.access import organisation_for
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.services.promise import promise


@form_page
@requires("money.reservation.make")
def reserve_amount(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """Keep the amount that is due today free of a budget; the decision is put on file as its ground."""
    organisation = organisation_for(signed_in(request), pk)
    found = found_for(organisation, policy, clock.today())
    if found is None or found.card.decision.fen is None:
        raise Http404
    due, title = Money(found.card.decision.fen), found.card.listed.title(language())
    budgets = {str(one.pk): one for one in budgets_for(policy, found.as_of.year)}
    names = [
        (key, _("%(name)s（可用%(free)s）") % {"name": one, "free": one.free.text()})
        for key, one in budgets.items()
    ]
    start = {"amount": due.text(), "until": clock.today().replace(month=12, day=31)}
    form = ReserveForm(request.POST or None, initial=start, budgets=names)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["amount"] > due:
            form.add_error("amount", _("超过应享金额 %(due)s") % {"due": due.text()})
        else:
            budget = budgets[given["budget"]]
            try:
                promise(actor_of(request), found.subject, found.card, budget, given["amount"], given["until"])
            except ProblemError as error:
                form.add_error(None, error.text(language()))
            else:
                messages.success(request, _("已预留，依据的测算已存档"))
                return redirect(budget)
    context = {
        "organisation": organisation,
        "card": found.card,
        "title": title,
        "due": due,
        "form": form,
        "budgets": budgets,
    }
    return render(request, "policies/reserve.html", context, status=422 if form.errors else 200)
