"""Policies beside each other: who has a yes of both and by which rule, and where their texts contradict."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import Money
from huanchuang.engines.rules.clash import Clash, Side
from huanchuang.engines.rules.overlap import Overlap
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.queries import together as known
from huanchuang.policies.queries.runs import policies_of
from huanchuang.policies.queries.words import CLASHES, GROUP_RULES
from huanchuang.policies.views.runs import PAGE, VIEW, run_with_result
from huanchuang.registry.models import Organisation

WIDEST = 12
"""Policies across the matrix: the list below it has all pairs."""


@require_safe
@requires(VIEW)
def overlaps(request: HttpRequest, pk: int) -> HttpResponse:
    """The pairs of policies that reach the same organisations: as a matrix and as a list with rule and amounts."""
    run = run_with_result(pk)
    pairs = known.overlaps_in(run)
    context = {
        "run": run,
        "rows": [_row(pair) for pair in pairs],
        "without_rule": sum(not pair.rules for pair in pairs),
        **_matrix(pairs),
    }
    return render(request, "policies/overlaps.html", context)


def _row(pair: Overlap) -> dict[str, Any]:
    words = language()
    return {
        "pair": pair,
        "one": pair.one.title.text(words),
        "other": pair.other.title.text(words),
        "one_money": None if pair.one_fen is None else Money(pair.one_fen),
        "other_money": None if pair.other_fen is None else Money(pair.other_fen),
        "rules": [(GROUP_RULES[group.rule], group.text.text(words)) for group in pair.rules],
    }


def _matrix(pairs: list[Overlap]) -> dict[str, Any]:
    """The policies that share most, numbered, with how many organisations each pair shares."""
    words = language()
    sums: dict[str, int] = {}
    titles: dict[str, str] = {}
    counts: dict[tuple[str, str], Overlap] = {}
    for pair in pairs:
        counts[pair.one.id, pair.other.id] = counts[pair.other.id, pair.one.id] = pair
        for one in (pair.one, pair.other):
            sums[one.id] = sums.get(one.id, 0) + pair.subjects
            titles[one.id] = one.title.text(words)
    names = sorted(sums, key=lambda name: (-sums[name], name))[:WIDEST]
    most = max((pair.subjects for pair in pairs), default=1)
    lines = [
        (number, titles[name], [_cell(counts.get((name, other)), most) for other in names])
        for number, name in enumerate(names, 1)
    ]
    return {"lines": lines, "numbers": [(number, titles[name]) for number, name in enumerate(names, 1)]}


def _cell(pair: Overlap | None, most: int) -> tuple[Overlap, int] | None:
    """A pair with its shade, 1 to 4."""
    return None if pair is None else (pair, 1 + 3 * pair.subjects // most)


@require_safe
@requires(VIEW)
def pair(request: HttpRequest, pk: int, policy: str, other: str) -> HttpResponse:
    """The organisations with a yes of both policies."""
    run = run_with_result(pk)
    asked = {listed.id: listed for listed in policies_of(run)}
    one, two = asked.get(policy), asked.get(other)
    if one is None or two is None:
        raise Http404
    if one.for_carriers != two.for_carriers or policy == other:
        raise Http404
    found = known.shared_by(run, one, two)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    firms = Organisation.objects.in_bulk([key for key, _one, _two in page])
    words = language()
    names = {group.name for group in two.policy.groups}
    context = {
        "run": run,
        "one": one,
        "two": two,
        "title": one.title(words),
        "other_title": two.title(words),
        "page": page,
        "rows": [
            (firms[key], *(None if fen is None else Money(fen) for fen in amounts))
            for key, *amounts in page
            if key in firms
        ],
        "rules": [
            (GROUP_RULES[group.rule], group.text.text(words))
            for group in one.policy.groups
            if group.name in names
        ],
    }
    return render(request, "policies/overlap.html", context)


@require_safe
@requires(VIEW)
def contradictions(request: HttpRequest) -> HttpResponse:
    """Where the policies in force on a day contradict themselves or each other."""
    day = clock.day_in(request.GET.get("as_of", "")) or clock.today()
    rows = [_shown(clash) for clash in known.contradictions(day)]
    context = {
        "day": day,
        "certain": [row for row in rows if row["is_certain"]],
        "look": [row for row in rows if not row["is_certain"]],
    }
    return render(request, "policies/contradictions.html", context)


def _shown(clash: Clash) -> dict[str, Any]:
    words = language()
    sides = [side for side in (clash.one, clash.other) if side is not None]
    return {
        "kind": CLASHES[clash.kind],
        "is_certain": clash.is_certain,
        "sentence": clash.sentence.text(words),
        "sides": [_side(side, words) for side in sides],
    }


def _side(side: Side, words: str) -> dict[str, str]:
    anchor = side.requirement.id if side.requirement is not None else "amount"
    return {
        "policy": side.policy.id,
        "title": side.policy.title.text(words),
        "clause": side.clause,
        "text": side.text(words),
        "anchor": anchor,
    }
