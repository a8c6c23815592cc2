"""Figures that policies ask for: which to collect first, and from whom."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.orm.language import language
from huanchuang.policies.queries import quality as known
from huanchuang.policies.queries.needs import Need
from huanchuang.policies.views.runs import PAGE, START, VIEW, run_with_result
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.visibility import visible

RECORD = "facts.fact.record"


@require_safe
@requires(VIEW)
def quality(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure with who has it, how old it is and how many decisions it would settle."""
    run = run_with_result(pk)
    decisions = known.open_in(run)
    context = {
        "run": run,
        "kept": known.has_quality(run),
        "lines": known.quality_of(run, decisions, language()),
        "waiting": known.waiting_in(decisions),
        "may_start": allows(signed_in(request), START),
    }
    return render(request, "policies/quality.html", context)


@require_safe
@requires(VIEW)
def without(request: HttpRequest, pk: int, figure: str) -> HttpResponse:
    """The organisations that lack a figure some decision waits for, with the ways to enter it."""
    run = run_with_result(pk)
    decisions = known.open_in(run)
    line = known.line_in(known.quality_of(run, decisions, language()), figure)
    if line is None:
        raise Http404
    seen = visible(signed_in(request), ORGANISATION)
    found = known.lacking_in(run, decisions, figure, set(seen.values_list("pk", flat=True)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    firms = seen.in_bulk([row.organisation for row in page])
    may_enter = allows(signed_in(request), RECORD) and not line.need.is_records
    context = {
        "run": run,
        "line": line,
        "page": page,
        "waits": sum(row.waits for row in found),
        "settles": sum(row.settles for row in found),
        "rows": [
            (firms[row.organisation], row, _entry(firms[row.organisation], line.need) if may_enter else "")
            for row in page
        ],
    }
    return render(request, "policies/quality_without.html", context)


def _entry(firm: Organisation, need: Need) -> str:
    """Where the figure is entered: at its period, or where one is chosen."""
    if need.period is None:
        return f"{reverse('facts:place', kwargs={'subject': firm.subject})}?key={need.key}"
    return reverse(
        "facts:enter", kwargs={"subject": firm.subject, "key": need.key, "period": need.period.code}
    )
