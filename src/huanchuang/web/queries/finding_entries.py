"""Entries of the register that fit a search: those called so for short come first, then those whose title says the words.
Each with what it is, whose it is and where the words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from huanchuang.accounts.models import User
from huanchuang.registry.models import Entry, Need
from huanchuang.registry.queries.kinds import ORGANISATION, Field, Kind, Shape
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.listing import Asked, listing
from huanchuang.registry.queries.standing import marks
from huanchuang.web.queries.hits import SHOWN, Group, Hit, address_with, fit, passage

FEW = 2000
"""Of so many that fit the best titles are looked for; a word that fits more finds the first of them."""
NOTES: Mapping[str, tuple[str, ...]] = {
    "organisation": ("kind", "uscc"),
    "person": ("unit", "roles", "field"),
    "achievement": ("owner", "stage", "state"),
    "patent": ("owner", "number", "state"),
    "need": ("kind", "owner", "valid_until"),
    "equipment": ("owner", "model", "sharing"),
    "service": ("owner", "category"),
    "finance-product": ("owner", "kind", "collateral"),
    "space": ("owner", "kind", "address"),
    "document": ("issuer", "number", "issued_on"),
}
"""Kind → the fields beside its title; all of them open to everybody who may know of the entry."""


def entries(user: User, kind: Kind, query: str, words: list[str]) -> Group:
    """What fits of one kind. Two questions to the database, one where nothing fits."""
    found = listing(user, kind, Asked(text=query))
    short = "short_name" if kind is ORGANISATION else kind.title_field
    keys = list(found.order_by().values_list("pk", kind.title_field, short)[: FEW + 1])
    asked = query.strip()
    best = sorted((called != asked, fit(title, words), title, pk) for pk, title, called in keys)[:SHOWN]
    shown = _in_order(kind, found, [pk for *_rank, pk in best])
    return Group(
        str(kind.label),
        kind.icon,
        len(keys) if len(keys) <= FEW else found.count(),
        [_hit(kind, one, rank, words) for one, (_named, rank, _title, _pk) in zip(shown, best, strict=True)],
        address_with(f"registry:{kind.plural}", query),
        best[0][1] if best else 0,
    )


def _in_order(kind: Kind, found: QuerySet[Any], keys: Sequence[int]) -> list[Entry]:
    if not keys:
        return []
    links = [kind.owner_field] if kind.owner_field else []
    by_key = {one.pk: one for one in found.filter(pk__in=keys).select_related(*links).defer("search_text")}
    return [by_key[key] for key in keys]


def _hit(kind: Kind, entry: Entry, rank: int, words: list[str]) -> Hit:
    more = (
        (gettext("一企一档"), reverse("web:dossier", args=[entry.pk])) if kind is ORGANISATION else ("", "")
    )
    where = _where(kind, entry, words) if rank else ("", "", "")
    return Hit(kind.title(entry), _note(kind, entry), entry.get_absolute_url(), *where, more=more)


def _note(kind: Kind, entry: Entry) -> str:
    """What it is, whose it is, and what one should know before relying on it; an anonymous need does not say whose."""
    said = [_said(kind, entry, kind.by_name[name]) for name in NOTES[kind.name]]
    return " · ".join(filter(None, [*said, *(str(mark.word) for mark in marks(entry))]))


def _said(kind: Kind, entry: Entry, field: Field) -> str:
    if field.shape is Shape.ENTRY:
        owner = kind.owner(entry)
        hidden = isinstance(entry, Need) and entry.is_anonymous
        return owner.name if owner and not hidden else ""
    text = show_value(field, getattr(entry, field.name))
    return gettext("至 %(day)s") % {"day": text} if text and field.name == "valid_until" else text


def _where(kind: Kind, entry: Entry, words: list[str]) -> tuple[str, str, str]:
    """The passage with the first of the words that its title does not say."""
    title = kind.title(entry).lower()
    wanted = [word for word in words if word.lower() not in title]
    for field in kind.fields:
        if field.searched and field.shape is not Shape.ENTRY and field.name != kind.title_field:
            found = passage(show_value(field, getattr(entry, field.name)), wanted)
            if found[1]:
                return found
    return ("", "", "")
