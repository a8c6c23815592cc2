"""The records of the register that conditions may count, for very many organisations at a time.

A patent of a confidential achievement is not among them: whoever reads a decision would learn of it. A qualification counts
from its first day to its last, and one that was revoked no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Q
from django.urls import reverse

from huanchuang.engines.expression.arithmetic import day_number
from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.packs import vocabulary
from huanchuang.packs.policies.relations import CLASSES, QUALIFICATIONS, RIGHTS
from huanchuang.registry.models import Patent, Qualification
from huanchuang.registry.queries.qualifications import holds


@dataclass(frozen=True)
class Related:
    """One record that a condition may count, and where it stands."""

    row: Mapping[str, Plain | None]
    title: str
    url: str


Found = tuple[int, str, Related]
"""Of whom, of which relation, what."""


def related_of(organisations: Iterable[int], as_of: dt.date) -> Mapping[int, dict[str, list[Related]]]:
    """Related records by organisation and relation, where there are any."""
    keys = list(organisations)
    found: dict[int, dict[str, list[Related]]] = {}
    for owner, relation, related in (*_rights(keys), *_held(keys, as_of)):
        found.setdefault(owner, {}).setdefault(relation, []).append(related)
    return found


def _rights(keys: list[int]) -> Iterator[Found]:
    shown = Q(achievement=None) | Q(achievement__is_confidential=False)
    rows = Patent.objects.filter(shown, owner__in=keys, retired_on=None).order_by("pk")
    for pk, owner, title, kind, state, applied, granted in rows.values_list(
        "pk", "owner", "title", "kind", "state", "applied_on", "granted_on"
    ):
        row: dict[str, Plain | None] = {
            "kind": kind,
            "class": _classes().get(kind),
            "state": state,
            "applied-on": _day(applied),
            "granted-on": _day(granted),
        }
        yield owner, RIGHTS.key, Related(row, title, reverse("registry:patent", args=[pk]))


def _held(keys: list[int], as_of: dt.date) -> Iterator[Found]:
    rows = Qualification.objects.filter(Q(organisation__in=keys), holds(as_of)).order_by("pk")
    for owner, kind, since, until in rows.values_list("organisation", "kind", "valid_from", "valid_until"):
        row: dict[str, Plain | None] = {
            "kind": kind,
            "valid-from": _day(since),
            "valid-until": _day(until),
        }
        url = reverse("registry:organisation", args=[owner])
        yield owner, QUALIFICATIONS.key, Related(row, _named(kind), url)


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day_number(day)


def _named(kind: str) -> str:
    return next((one.zh for one in vocabulary.code_tree("qualifications") if one.code == kind), kind)


@cache
def _classes() -> Mapping[str, str]:
    kinds = vocabulary.code_tree("patent-kinds")
    return {one.code: CLASSES[one.level] for one in kinds if one.level in CLASSES}
