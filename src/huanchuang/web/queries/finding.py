"""Search over everything a person may see: plans, lines of the ledger, entries of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.registry.models import Entry, Need, Organisation
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.listing import Asked, links_loaded, listing
from huanchuang.steering.models import TargetKind
from huanchuang.steering.queries.visibility import visible_plans, visible_targets

SHOWN = 10
LONGEST = 80
AROUND = 30


@dataclass(frozen=True)
class Hit:
    """One thing found; `before`, `match` and `after` are the passage around the first word that was found."""

    title: str
    note: str
    url: str
    before: str = ""
    match: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    """Things of one sort: the first few, how many there are in all, and where all of them are listed."""

    title: str
    icon: str
    count: int
    hits: list[Hit]
    all_url: str


def search(user: User, query: str) -> list[Group]:
    """What fits every word of `query`, in groups; groups without a hit are left out."""
    words = query.split()[:8]
    if not words:
        return []
    groups = [_plans(user, words), _lines(user, words, query)]
    groups += [_entries(user, kind, query) for kind in KINDS.values()]
    return [group for group in groups if group.count]


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
    return Group(gettext("方案"), "file-text", _count(found, hits), hits, reverse("steering:plans"))


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
        f"{reverse('steering:ledger')}?{_asked(query)}",
    )


def _entries(user: User, kind: Kind, query: str) -> Group:
    if not allows(user, f"registry.{kind.name}.view"):
        return Group("", "", 0, [], "")
    found = listing(user, kind, Asked(text=query))
    hits = [
        Hit(kind.title(one), _owner_name(kind, one), one.get_absolute_url())
        for one in links_loaded(kind, [], found)[:SHOWN]
    ]
    return Group(
        str(kind.label),
        kind.icon,
        _count(found, hits),
        hits,
        f"{reverse(f'registry:{kind.plural}')}?{_asked(query)}",
    )


def _owner_name(kind: Kind, entry: Entry) -> str:
    """Whose it is, beside the title; an organisation's code; nothing where the need is anonymous."""
    if isinstance(entry, Organisation):
        return str(entry.uscc or "")
    if isinstance(entry, Need) and entry.is_anonymous:
        return ""
    owner = kind.owner(entry)
    return owner.name if owner else ""


def _count(found: QuerySet[Any], hits: list[Hit]) -> int:
    return len(hits) if len(hits) < SHOWN else found.count()


def _asked(query: str) -> str:
    return urlencode({"q": query})


def passage(text: str, words: list[str]) -> tuple[str, str, str]:
    """The text around the first of `words` that occurs: before, the word as it stands there, after; empty for none."""
    lower = text.lower()
    for word in words:
        start = lower.find(word.lower())
        if start >= 0:
            end = start + len(word)
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND * 2]
            return (
                "…" * (start > AROUND) + before,
                text[start:end],
                after + "…" * (end + AROUND * 2 < len(text)),
            )
    return ("", "", "")
