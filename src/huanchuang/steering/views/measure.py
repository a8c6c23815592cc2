"""What a line is measured against: baseline or reference, the list to be covered, nodes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.forms import BasisForm, ListForm, NodeForm
from huanchuang.steering.queries.record import measured
from huanchuang.steering.queries.visibility import may_answer_for
from huanchuang.steering.services.measure import (
    NodeGiven,
    cover,
    drop_member,
    drop_node,
    finish_node,
    list_members,
    record_basis,
    set_node,
)
from huanchuang.steering.views import attempt
from huanchuang.steering.views.target import line

PAGE = 100


@form_page
@requires("steering.target.measure")
def basis(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a baseline or a reference with its source."""
    found = line(request, pk)
    form = BasisForm(request.POST) if request.method == "POST" else BasisForm(initial={"unit": found.unit})
    if request.method == "POST" and form.is_valid():
        try:
            record_basis(signed_in(request), found, **form.cleaned_data)
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            attempt(request, lambda: None, _("已登记，灯会按它重新判断"))
            return redirect("steering:target", pk=pk)
    context = {"form": form, "target": found, "measured": measured(found, clock.today())}
    return render(request, "steering/basis.html", context, status=422 if form.errors else 200)


@form_page
@requires("steering.target.report")
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a coverage: the bureau puts names on it, units say who is covered."""
    found, user = line(request, pk), signed_in(request)
    form, keeps = ListForm(), allows(user, "steering.target.measure")
    if request.method == "POST":
        if not may_answer_for(user, found):
            raise PermissionDenied
        _change_list(request, pk)
        return redirect("steering:members", pk=pk)
    page = Paginator(found.members.select_related("organisation"), PAGE).get_page(request.GET.get("page"))
    context = {
        "target": found,
        "page": page,
        "form": form,
        "keeps": keeps,
        "answers": may_answer_for(user, found),
        "measured": measured(found, clock.today()),
        "today": clock.today(),
    }
    return render(request, "steering/members.html", context)


def _change_list(request: HttpRequest, pk: int) -> None:
    found, user = line(request, pk), signed_in(request)
    deed, _colon, one = request.POST.get("deed", "").partition(":")
    if deed == "add":
        names = request.POST.get("names", "").splitlines()
        attempt(request, lambda: list_members(user, found, names), _("名单已更新"))
    elif deed == "drop":
        reason = request.POST.get("reason", "")
        attempt(request, lambda: drop_member(user, found, whole_number(one) or 0, reason), _("已移出名单"))
    else:
        chosen = [whole_number(key) or 0 for key in request.POST.getlist("chosen")]
        day = parse_date(request.POST.get("on", "")) or clock.today()
        attempt(
            request,
            lambda: cover(user, found, chosen, min(day, clock.today())),
            _("已登记覆盖，进度已重新计算"),
        )


@form_page
@requires("steering.target.measure")
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a node on the way, or take it off."""
    found, user = line(request, pk), signed_in(request)
    drop = parse_date(request.POST.get("drop", "") or "")
    if drop is not None:
        attempt(request, lambda: drop_node(user, found, drop), _("节点已删除"))
        return redirect("steering:target", pk=pk)
    form = NodeForm(found, request.POST) if request.method == "POST" else NodeForm(found)
    if request.method == "POST" and form.is_valid():
        given = NodeGiven(**form.cleaned_data)
        try:
            set_node(user, found, given)
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            attempt(request, lambda: None, _("节点已保存"))
            return redirect("steering:target", pk=pk)
    context = {"form": form, "target": found}
    return render(request, "steering/node.html", context, status=422 if form.errors else 200)


@require_POST
@requires("steering.target.report")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Report that what a node asks for in words is done."""
    found, node_key = line(request, pk), whole_number(request.POST.get("node")) or 0
    day = clock.today()
    attempt(request, lambda: finish_node(signed_in(request), found, node_key, day), _("已标记完成"))
    return redirect("steering:target", pk=pk)
