"""The policy library: all policies, and one with its clauses beside its rules."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.definitions.queries.drafts import WRITE, living_draft
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.queries.editions import coming, editions_of
from huanchuang.policies.queries.library import KIND, Listed, listed, next_opening, policy_named, policy_with
from huanchuang.policies.queries.passages import fits, passages
from huanchuang.policies.queries.words import BENEFITS, CONFIDENCES, rule_lines

LONGEST = 80


@require_safe
@requires("policies.policy.view")
def library(request: HttpRequest) -> HttpResponse:
    """All policies with what they bring, when one can apply, and how much of them is computed."""
    day, words = clock.today(), language()
    text = request.GET.get("q", "").strip()[:LONGEST]
    benefit, state = request.GET.get("benefit", ""), request.GET.get("state", "in-force")
    every = [one for one in listed() if fits(one, text)]
    found = [one for one in every if (not benefit or one.written.benefit == benefit) and _stands(one, state)]
    rows = [
        {
            "listed": one,
            "title": one.title(words),
            "benefit": BENEFITS.get(one.written.benefit, one.written.benefit),
            "summary": one.written.summary.en if words == "en" else one.written.summary.zh,
            "office": one.written.office.en if words == "en" else one.written.office.zh,
            "coverage": one.coverage_on(day),
            "opening": next_opening(one, day),
            "in_force": one.policy.is_in_force(day),
            "coming": coming(one.id, day),
            "passages": passages(one, text, words),
        }
        for one in found
    ]
    context = {
        "rows": rows,
        "text": text,
        "day": day,
        "groups": _groups(every),
        "may_see_papers": allows(signed_in(request), "policies.paper.view"),
    }
    return render(request, "policies/library.html", context)


def _stands(one: Listed, state: str) -> bool:
    in_force = one.policy.is_in_force(clock.today())
    return {
        "in-force": in_force and one.is_here,
        "over": not in_force and one.is_here,
        "elsewhere": not one.is_here,
    }.get(state, True)


def _groups(every: list[Listed]) -> list[dict[str, Any]]:
    counts = {name: sum(one.written.benefit == name for one in every) for name in BENEFITS}
    states = [
        ("in-force", _("有效")),
        ("over", _("未生效或已到期")),
        ("elsewhere", _("其他地区")),
        ("all", _("全部")),
    ]
    return [
        {"label": _("状态"), "name": "state", "default": "in-force",
         "options": [{"value": value, "label": label, "count": None} for value, label in states]},
        {"label": _("方式"), "name": "benefit",
         "options": [{"value": name, "label": BENEFITS[name], "count": counts[name]} for name in BENEFITS if counts[name]]},
    ]  # fmt: skip


@require_safe
@requires("policies.policy.view")
def policy(request: HttpRequest, policy: str) -> HttpResponse:
    """One policy: sources and clauses, each beside the rule that stands for it."""
    digest = request.GET.get("version", "")
    found = policy_with(digest) if digest else policy_named(policy)
    if found is None or found.id != policy:
        raise Http404
    day, words = clock.today(), language()
    context = {
        "listed": found,
        "title": found.title(words),
        "written": found.written,
        "summary": found.written.summary.en if words == "en" else found.written.summary.zh,
        "office": found.written.office.en if words == "en" else found.written.office.zh,
        "apply": found.written.apply
        and (found.written.apply.en if words == "en" else found.written.apply.zh),
        "benefit": BENEFITS.get(found.written.benefit, found.written.benefit),
        "confidence": CONFIDENCES.get(found.written.confidence, found.written.confidence),
        "lines": rule_lines(found, day, words),
        "coverage": found.coverage_on(day),
        "opening": next_opening(found, day),
        "in_force": found.policy.is_in_force(day),
        "day": day,
        "may_forecast": allows(signed_in(request), "policies.run.start"),
        "parameters": [
            (dated, dated.parameter.name(words), [(since, value) for since, value in dated.values])
            for dated in found.policy.parameters
        ],
        "texts": {one.name.value: one for one in found.written.parameters},
        "editions": editions_of(policy, day, words),
        "is_older": bool(digest) and found is not policy_named(policy),
        "may_write": allows(signed_in(request), WRITE),
        "draft": living_draft(KIND, policy) if allows(signed_in(request), "definitions.draft.view") else None,
    }
    return render(request, "policies/policy.html", context)
