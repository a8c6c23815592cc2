"""Search over everything a person may see: plans, lines of the ledger, entries of the register."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.steering.models import TargetKind
from huanchuang.steering.queries.visibility import visible_plans, visible_targets
from huanchuang.web.queries.finding_entries import entries
from huanchuang.web.queries.hits import ELSEWHERE, SHOWN, Group, Hit, address_with, fit, passage

LONGEST = 80
MOST_WORDS = 8


def search(user: User, query: str) -> list[Group]:
    """What fits every word of `query`, in groups, those first in which a title fits best; none without a hit."""
    words = query.split()[:MOST_WORDS]
    if not words:
        return []
    groups = [
        entries(user, kind, query, words)
        for kind in KINDS.values()
        if allows(user, f"registry.{kind.name}.view")
    ]
    groups += [_lines(user, words, query), _plans(user, words)]
    return sorted((group for group in groups if group.count), key=lambda group: group.best)


def _every_word(words: list[str], *fields: str) -> Q:
    condition = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__icontains": word})
        condition &= any_field
    return condition


def _plans(user: User, words: list[str]) -> Group:
    found = visible_plans(user).filter(_every_word(words, "title", "number", "issuer"))
    hits = [
        Hit(
            plan.title,
            " · ".join(filter(None, (plan.number, plan.issuer, plan.get_state_display()))),
            reverse("steering:plan", args=[plan.pk]),
        )
        for plan in found.defer("text")[:SHOWN]
    ]
    return Group(
        gettext("方案"), "file-text", _count(found, hits), hits, reverse("steering:plans"), _best(hits, words)
    )


def _lines(user: User, words: list[str], query: str) -> Group:
    condition = _every_word(words, "name", "quote", "responsibilities__unit")
    chosen = visible_targets(user).filter(condition).values("pk")
    found = (
        visible_targets(user)
        .filter(pk__in=chosen)
        .select_related("plan")
        .defer("plan__text")
        .order_by("plan", "position")
    )
    hits = []
    for line in found[:SHOWN]:
        kind = gettext("任务") if line.kind == TargetKind.TASK else gettext("目标")
        note = f"{kind} · {line.get_state_display()} · {line.plan.title}"
        hits.append(
            Hit(line.name, note, reverse("steering:target", args=[line.pk]), *passage(line.quote, words))
        )
    return Group(
        gettext("任务与目标"),
        "list-check",
        _count(found, hits),
        hits,
        address_with("steering:ledger", query),
        _best(hits, words),
    )


def _best(hits: list[Hit], words: list[str]) -> int:
    return min((fit(hit.title, words) for hit in hits), default=ELSEWHERE)


def _count(found: QuerySet[Any], hits: list[Hit]) -> int:
    return len(hits) if len(hits) < SHOWN else found.count()
