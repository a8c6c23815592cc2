"""专班, 指挥部, 领导小组 with their posts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.models import Body, Seat
from huanchuang.steering.services.bodies import BodyGiven, dissolve_body, fill_post, set_up_body, vacate_post
from huanchuang.steering.views import attempt
from huanchuang.steering.views.oversight import keeps
from huanchuang.steering.views.oversight.forms import BodyForm, SeatForm


@form_page
@requires("steering.dispatch.view")
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies; setting one up."""
    user, may = signed_in(request), keeps(request)
    form = BodyForm(request.POST) if request.method == "POST" else BodyForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = set_up_body(user, BodyGiven(**form.cleaned_data))
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            return redirect("steering:body", pk=made.pk)
    found = Body.objects.prefetch_related("seats__organisation")
    context = {"bodies": found, "form": form, "keeps": may}
    return render(request, "steering/oversight/bodies.html", context, status=422 if form.errors else 200)


@form_page
@requires("steering.dispatch.view")
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body with its posts, past ones included."""
    user, found = signed_in(request), get_object_or_404(Body, pk=pk)
    form, may = SeatForm.blank(), keeps(request)
    if request.method == "POST":
        deed, _colon, one = request.POST.get("deed", "").partition(":")
        if deed == "dissolve":
            attempt(request, lambda: dissolve_body(user, found, clock.today()), _("机构已撤销，任职情况留存"))
            return redirect("steering:body", pk=pk)
        if deed == "vacate":
            seat = get_object_or_404(Seat, body=found, pk=whole_number(one) or 0)
            attempt(request, lambda: vacate_post(user, seat, clock.today()), _("已免去职务，任职情况留存"))
            return redirect("steering:body", pk=pk)
        form = SeatForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            done = attempt(
                request,
                lambda: fill_post(
                    user, found, given["post"], given["name"], given["organisation"], given["since"]
                ),
                _("已任职"),
            )
            if done:
                return redirect("steering:body", pk=pk)
    context = {
        "body": found,
        "seats": found.seats.select_related("organisation"),
        "form": form,
        "keeps": may and found.dissolved_on is None,
    }
    return render(request, "steering/oversight/body.html", context, status=422 if form.errors else 200)
