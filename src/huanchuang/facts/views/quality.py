"""Data quality: what waits for a person, key by key."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import Period
from huanchuang.facts.queries import dictionary, quality
from huanchuang.facts.queries.subjects import in_force, subjects_named
from huanchuang.facts.queries.table import display_unit, shown
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import FactKey

PAGE_SIZE = 50
DEED = "facts.quality.view"


@require_safe
@requires(DEED)
def overview(request: HttpRequest) -> HttpResponse:
    """Without a key: every key with what waits. With one: the places and values themselves, fifty a page."""
    if "key" in request.GET:
        return _of_key(request, request.GET["key"])
    return render(
        request,
        "facts/quality.html",
        {"counts": quality.overview(signed_in(request), clock.today()), "today": clock.today()},
    )


def _of_key(request: HttpRequest, code: str) -> HttpResponse:
    key = dictionary.entry(code)
    if key is None or key not in quality.keys_kept():
        raise Http404
    show = request.GET.get("show", "differing")
    makers = {"differing": _differing, "chosen": _chosen, "stale": _stale}
    user = signed_in(request)
    page, rows = makers.get(show, _differing)(user, key, request.GET.get("page"))
    context = {
        "key": key,
        "show": show if show in makers else "differing",
        "name": key.name(language()),
        "page": page,
        "rows": rows,
        "groups": _groups(),
        "keys": [(one.code, one.name(language())) for one in quality.keys_kept()],
        "may_choose": allows(user, "facts.source.choose"),
        "may_record": allows(user, "facts.fact.record"),
    }
    return render(request, "facts/quality_key.html", context)


def _groups() -> list[dict[str, Any]]:
    words = {"differing": _("来源不一致"), "chosen": _("已选定来源"), "stale": _("已过时效")}
    options = [{"value": value, "label": label} for value, label in words.items()]
    return [{"label": _("查看"), "name": "show", "options": options, "default": "differing"}]


def _differing(user: User, key: FactKey, number: str | None) -> tuple[Page[Any], list[dict[str, Any]]]:
    page = Paginator(quality.differing_places(user, key.code), PAGE_SIZE).get_page(number)
    said = quality.said_at(key.code, page)
    names = subjects_named(user, [subject for subject, _ in page])
    rows = []
    for (subject, period), facts in said.items():
        unit = display_unit(key.unit, [fact.number for fact in facts if fact.number is not None])
        rows.append(
            {
                "subject": names[subject],
                "period": Period.from_code(period),
                "unit": unit,
                "said": [shown(fact, unit) for fact in facts],
            }
        )
    return page, rows


def _chosen(user: User, key: FactKey, number: str | None) -> tuple[Page[Any], list[dict[str, Any]]]:
    choices = list(quality.chosen_places(key.code))
    kept = in_force(user, {choice.subject for choice in choices})
    page = Paginator([choice for choice in choices if choice.subject in kept], PAGE_SIZE).get_page(number)
    names = subjects_named(user, [choice.subject for choice in page])
    return page, [{"subject": names[choice.subject], "choice": choice} for choice in page]


def _stale(user: User, key: FactKey, number: str | None) -> tuple[Page[Any], list[dict[str, Any]]]:
    page = Paginator(quality.stale_subjects(user, key, clock.today()), PAGE_SIZE).get_page(number)
    names = subjects_named(user, page)
    rows = []
    for stale in quality.stale_facts(user, key, clock.today(), list(page)):
        number_of = stale.fact.number
        unit = display_unit(key.unit, [] if number_of is None else [number_of])
        rows.append(
            {
                "subject": names[stale.fact.subject],
                "unit": unit,
                "shown": shown(stale.fact, unit),
                "since": stale.freshness.since,
            }
        )
    return page, rows
