"""调度: how every unit stands; the bulletin; the desks of units."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Shortcoming, UnitDesk
from huanchuang.steering.queries.bulletin import bulletin as write_bulletin
from huanchuang.steering.queries.dispatch import answering_units, visible_shortcomings
from huanchuang.steering.queries.dispatch import dispatch as build
from huanchuang.steering.services.bodies import set_unit_desk
from huanchuang.steering.views import attempt
from huanchuang.steering.views.oversight import keeps


@require_safe
@requires("steering.dispatch.view")
def dispatch(request: HttpRequest) -> HttpResponse:
    """What the dispatch meeting looks at."""
    user = signed_in(request)
    context = {
        "dispatch": build(user, clock.today()),
        "keeps": keeps(request),
        "may_report": allows(user, "steering.bulletin.export"),
    }
    return render(request, "steering/oversight/dispatch.html", context)


@require_safe
@requires("steering.bulletin.export")
def bulletin(request: HttpRequest) -> HttpResponse:
    """通报 as a Word paper, of the same figures."""
    user, today = signed_in(request), clock.today()
    open_ones = visible_shortcomings(user).exclude(state=Shortcoming.State.SETTLED)
    own = organisations_of(user).first()
    data = write_bulletin(build(user, today), list(open_ones), settings.ENV.district, own.name if own else "")
    return made(data, _("重点任务推进情况通报%(day)s.docx") % {"day": today.isoformat()})


@form_page
@requires("steering.oversight.keep")
def desks(request: HttpRequest) -> HttpResponse:
    """分管领导, 承办科室 and 经办人 of each unit."""
    user, units = signed_in(request), list(answering_units())
    if request.method == "POST":
        chosen = next((unit for unit in units if str(unit.pk) == request.POST.get("unit")), None)
        if chosen is not None:
            given = [request.POST.get(name, "") for name in ("leader", "office", "clerk")]
            attempt(request, lambda: set_unit_desk(user, chosen, *given), _("已保存；没有写明的任务按此补上"))
        return redirect("steering:desks")
    known = {desk.organisation_id: desk for desk in UnitDesk.objects.all()}
    rows = [(unit, known.get(unit.pk)) for unit in units]
    return render(request, "steering/oversight/desks.html", {"rows": rows})
