"""Budgets: how much, how much promised, for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import ProblemError
from huanchuang.money.forms import BudgetForm, CloseForm, ReasonForm, TotalForm
from huanchuang.money.models import Budget, Reservation, State, sure
from huanchuang.money.queries.budgets import budgets as all_budgets
from huanchuang.money.queries.budgets import reservations_of
from huanchuang.money.services import change_total, close_budget, open_budget, release
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile

VIEW, OPEN, RESERVE = "money.budget.view", "money.budget.open", "money.reservation.make"
PAGE = 50


@require_safe
@requires(VIEW)
def budgets(request: HttpRequest) -> HttpResponse:
    """All budgets."""
    context = {"budgets": all_budgets(), "may_open": allows(signed_in(request), OPEN)}
    return render(request, "money/budgets.html", context)


@require_safe
@requires(VIEW)
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One budget with what is kept free of it."""
    user = signed_in(request)
    one = get_object_or_404(Budget, pk=pk)
    state = request.GET.get("state", "")
    found = Paginator(reservations_of(one, state), PAGE).get_page(request.GET.get("page"))
    options: list[dict[str, Any]] = [{"value": "", "label": _("全部"), "count": None}]
    options += [{"value": value, "label": label, "count": None} for value, label in State.choices]
    context = {
        "budget": one,
        "page": found,
        "may_change": allows(user, OPEN) and one.closed_on is None,
        "may_release": allows(user, RESERVE),
        "groups": [{"label": _("状态"), "name": "state", "default": "", "options": options}],
    }
    return render(request, "money/budget.html", context)


@form_page
@requires(OPEN)
def new(request: HttpRequest) -> HttpResponse:
    """Open a budget."""
    form = BudgetForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_budget(
                actor_of(request), given["name"], given["year"], given["total"], source=given["source"]
            )
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            messages.success(request, _("已设立预算"))
            return redirect(made)
    return _form(request, form, _("设立预算"))


@form_page
@requires(OPEN)
def total(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the total of a budget."""

    def change(actor: Actor, one: Budget, given: dict[str, Any]) -> None:
        change_total(actor, one, given["version"], given["total"], given["reason"])

    return _change(request, pk, TotalForm, change, (_("调整总额"), _("已调整总额")))


@form_page
@requires(OPEN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a budget: nothing more is promised of it."""

    def end(actor: Actor, one: Budget, given: dict[str, Any]) -> None:
        close_budget(actor, one, given["version"], given["reason"])

    lead = _("关闭后不能再预留，也不能重新打开；已预留的不变，仍可释放。")
    return _change(request, pk, CloseForm, end, (_("关闭预算"), _("已关闭预算")), lead)


def _change(
    request: HttpRequest,
    pk: int,
    kind: type[TotalForm | CloseForm],
    do: Callable[[Actor, Budget, dict[str, Any]], None],
    words: tuple[str, str],
    lead: str = "",
) -> HttpResponse:
    """One step on an open budget, with its reason; `words` head the page and say that it is done."""
    one = get_object_or_404(Budget, pk=pk, closed_on=None)
    form = kind(request.POST or None, initial={"total": sure(one.total).text(), "version": one.version})
    if request.method == "POST" and form.is_valid():
        try:
            do(actor_of(request), one, form.cleaned_data)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        except EditedMeanwhile:
            form.add_error(None, _("他人刚改过这笔预算。您填写的内容仍在下面，请核对后再提交"))
            form.data = {**request.POST.dict(), "version": str(Budget.objects.get(pk=pk).version)}
        else:
            messages.success(request, words[1])
            return redirect(one)
    return _form(request, form, words[0], one, lead)


@form_page
@requires(RESERVE)
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an amount go."""
    one = get_object_or_404(Reservation.objects.select_related("budget"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        release(actor_of(request), one, form.cleaned_data["reason"])
        messages.success(request, _("已释放，额度回到预算"))
        return redirect(one.budget)
    return _form(request, form, _("释放额度"), one.budget, f"{one.holder_name} {sure(one.amount).text()}")


def _form(
    request: HttpRequest, form: object, heading: str, one: Budget | None = None, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "heading": heading, "budget": one, "lead": lead}
    wrong = bool(getattr(form, "errors", None))
    return render(request, "money/form.html", context, status=422 if wrong else 200)
