"""A target split by unit and year; who answers in person; weights of parts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.steering.models import SplitWay
from huanchuang.steering.queries.parts import Parts, parts_of
from huanchuang.steering.services.split import PortionGiven, set_duties, set_portions, set_weights
from huanchuang.steering.views import attempt
from huanchuang.steering.views.target import line

LONGEST = 25


@form_page
@requires("steering.target.measure")
def portions(request: HttpRequest, pk: int) -> HttpResponse:
    """Units × years, the parts beside the whole, the gap."""
    found = line(request, pk)
    parts = parts_of(found, clock.today())
    problem = ""
    if request.method == "POST":
        try:
            given = _given(request, parts)
        except ProblemError as wrong:
            problem = wrong.text(language())
        else:
            way = SplitWay.STOCK if request.POST.get("way") == "stock" else SplitWay.FLOW
            version = whole_number(request.POST.get("version")) or 0
            user = signed_in(request)
            if attempt(request, lambda: set_portions(user, found, version, way, given), _("分解已保存")):
                return redirect("steering:target", pk=pk)
            parts = parts_of(found, clock.today())
    context = {
        "target": found,
        "parts": parts,
        "ways": SplitWay.choices,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "steering/split.html", context, status=422 if problem else 200)


@form_page
@requires("steering.target.measure")
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """责任领导 and 责任人 of each unit."""
    found = line(request, pk)
    rows = list(found.responsibilities.select_related("organisation"))
    if request.method == "POST":
        people = {
            row.pk: (request.POST.get(f"leader-{row.pk}", ""), request.POST.get(f"person-{row.pk}", ""))
            for row in rows
        }
        if attempt(request, lambda: set_duties(signed_in(request), found, people), _("责任分工已保存")):
            return redirect("steering:target", pk=pk)
    return render(request, "steering/duties.html", {"target": found, "duties": rows})


@require_POST
@requires("steering.target.measure")
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """Weights of the parts of a task."""
    found = line(request, pk)

    def step() -> object:
        weights = {
            part.pk: _number(request.POST[f"weight-{part.pk}"], part.name, part.name)
            for part in found.parts.all()
            if request.POST.get(f"weight-{part.pk}", "").strip()
        }
        return set_weights(signed_in(request), found, weights)

    attempt(request, step, _("权重已保存"))
    return redirect("steering:target", pk=pk)


def _given(request: HttpRequest, parts: Parts) -> list[PortionGiven]:
    """The cells that were filled in. Raises ProblemError for what is no figure."""
    given = []
    for row in parts.rows:
        for year in parts.years:
            text = request.POST.get(f"v-{row.organisation.pk}-{year}", "").strip()
            if text:
                place = f"{row.organisation.name}，{year}"
                given.append(PortionGiven(row.organisation, year, _number(text, place, place)))
    return given


def _number(text: str, where: str, where_en: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or len(text) > LONGEST:
        raise refuse(
            "steering.not_a_number",
            (where, f"“{text[:30]}”不是不小于零的数", "请填写数字，如 12 或 3.5"),
            (where_en, f'"{text[:30]}" is no number from zero up', "Enter a number such as 12 or 3.5"),
        )
    return value
