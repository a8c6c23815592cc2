"""Policies beside each other: who has a yes of both and by which rule, and where their texts contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.engines.kernel import Money
from huanchuang.engines.rules.clash import Clash, Side
from huanchuang.engines.rules.overlap import Overlap
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.queries import together as known
from huanchuang.policies.queries.drafted import (
    MOST,
    Drafted,
    Drafts,
    drafts_of_policies,
    is_about,
    mark_of,
    may_see_drafts,
)
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
    run, may_draft = run_with_result(pk), may_see_drafts(signed_in(request))
    too_many = run.organisations > MOST
    wanted = may_draft and not too_many and request.GET.get("drafts") == "1"
    drafts = drafts_of_policies() if wanted else Drafts()
    held = drafts.on(run.as_of)
    names = {one.listed.id for one in held}
    pairs = known.overlaps_in(run, held)
    context = {
        "run": run,
        "rows": [_row(pair, names) for pair in pairs],
        "without_rule": sum(not pair.rules for pair in pairs),
        "may_draft": may_draft,
        "too_many": too_many,
        "most": MOST,
        "with_drafts": wanted,
        "drafts": held,
        "unreadable": drafts.unreadable,
        **_matrix(pairs, names),
    }
    return render(request, "policies/overlaps.html", context)


def _row(pair: Overlap, drafted: Collection[str]) -> dict[str, Any]:
    words = language()
    return {
        "drafted": pair.one.id in drafted or pair.other.id in drafted,
        "pair": pair,
        "one": pair.one.title.text(words),
        "other": pair.other.title.text(words),
        "one_money": None if pair.one_fen is None else Money(pair.one_fen),
        "other_money": None if pair.other_fen is None else Money(pair.other_fen),
        "rules": [(GROUP_RULES[group.rule], group.text.text(words)) for group in pair.rules],
    }


def _matrix(pairs: list[Overlap], drafted: Collection[str]) -> dict[str, Any]:
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
        (number, titles[name], [_cell(counts.get((name, other)), most, drafted) for other in names])
        for number, name in enumerate(names, 1)
    ]
    return {"lines": lines, "numbers": [(number, titles[name]) for number, name in enumerate(names, 1)]}


def _cell(pair: Overlap | None, most: int, drafted: Collection[str]) -> tuple[Overlap, int, bool] | None:
    """A pair with its shade, 1 to 4, and whether its organisations can be listed: a draft's are kept nowhere."""
    if pair is None:
        return None
    return pair, 1 + 3 * pair.subjects // most, not {pair.one.id, pair.other.id} & set(drafted)


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
    """Where the policies in force on a day contradict themselves or each other; with drafts, as if they were published."""
    drafts, one = _drafts(request)
    day = clock.day_in(request.GET.get("as_of", "")) or _first_day(one)
    held = drafts.on(day)
    names = {each.listed.id: each.draft.get_absolute_url() for each in held}
    found = known.contradictions(day, held)
    before = {mark_of(clash) for clash in known.contradictions(day)} if held else set()
    chosen = [clash for clash in found if is_about(clash, names)] if one else found
    rows = [_shown(clash, names, is_new=bool(held) and mark_of(clash) not in before) for clash in chosen]
    context = {
        "day": day,
        "may_draft": may_see_drafts(signed_in(request)),
        "with_drafts": request.GET.get("drafts") == "1",
        "one": one,
        "drafts": held,
        "not_on_day": len(drafts.readable) - len(held),
        "unreadable": drafts.unreadable,
        "certain": [row for row in rows if row["is_certain"]],
        "look": [row for row in rows if not row["is_certain"]],
    }
    return render(request, "policies/contradictions.html", context)


def _drafts(request: HttpRequest) -> tuple[Drafts, Drafted | None]:
    """The drafts that are asked for, and the one that is looked at alone; 404 for one that a person may not see."""
    given = request.GET.get("draft", "")
    if not may_see_drafts(signed_in(request)):
        if given:
            raise Http404
        return Drafts(), None
    if given:
        found = (
            drafts_of_policies(int(given))
            if given.isascii() and given.isdigit() and len(given) < 19
            else Drafts()
        )
        if not found.readable and not found.unreadable:
            raise Http404
        return found, found.readable[0] if found.readable else None
    return drafts_of_policies() if request.GET.get("drafts") == "1" else Drafts(), None


def _first_day(one: Drafted | None) -> dt.date:
    """Today; the first day of a draft that begins later."""
    begins = None if one is None else one.listed.policy.valid_from
    return max(clock.today(), begins or clock.today())


def _shown(clash: Clash, drafted: Mapping[str, str], *, is_new: bool) -> dict[str, Any]:
    words = language()
    sides = [side for side in (clash.one, clash.other) if side is not None]
    return {
        "kind": CLASHES[clash.kind],
        "is_certain": clash.is_certain,
        "sentence": clash.sentence.text(words),
        "sides": [_side(side, words, drafted) for side in sides],
        "is_new": is_new,
    }


def _side(side: Side, words: str, drafted: Mapping[str, str]) -> dict[str, Any]:
    anchor = side.requirement.id if side.requirement is not None else "amount"
    page = reverse("policies:policy", args=[side.policy.id])
    return {
        "url": drafted.get(side.policy.id, f"{page}#{anchor}"),
        "is_draft": side.policy.id in drafted,
        "title": side.policy.title.text(words),
        "clause": side.clause,
        "text": side.text(words),
    }
