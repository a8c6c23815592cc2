"""Qualifications of the district's organisations: which hold on a day, which end soon, as a list that can be exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.accounts.models import User
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation, Qualification
from huanchuang.registry.queries.kinds import Field, Shape
from huanchuang.registry.queries.kinds.values import code_name, show_value
from huanchuang.registry.queries.listing import Column
from huanchuang.registry.queries.organisations import (
    WHOLE_DISTRICT,
    find,
    organisations_of,
    visible_organisations,
)

SOON = (180, 90, 30)
"""Days before the end at which organisation and bureau are told; also the chips of the list."""
STATES: Mapping[str, str | Promise] = {
    "in-force": gettext_lazy("有效"),
    "180": gettext_lazy("180天内到期"),
    "90": gettext_lazy("90天内到期"),
    "30": gettext_lazy("30天内到期"),
    "expired": gettext_lazy("已到期"),
    "revoked": gettext_lazy("已取消"),
    "not-yet": gettext_lazy("未生效"),
    "all": gettext_lazy("全部"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for."""

    day: dt.date
    """The day whose state is wanted."""
    state: str = "in-force"
    kind: str = ""
    text: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Validity:
    """How a qualification stands on a day: a word and its tone."""

    word: str
    tone: str


def holds(day: dt.date) -> Q:
    """The condition that a qualification holds on a day, its organisation being in force."""
    begun = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    kept = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    there = Q(organisation__retired_on__isnull=True) | Q(organisation__retired_on__gt=day)
    return begun & kept & there


def ends_within(day: dt.date, days: int) -> Q:
    """The condition that it holds on a day and ends within so many days after it."""
    return holds(day) & Q(valid_until__lte=day + dt.timedelta(days=days))


def _revoked(day: dt.date) -> Q:
    return Q(revoked_on__lte=day)


def condition(state: str, day: dt.date) -> Q:
    """The condition of a state of the list on a day."""
    if state in {str(days) for days in SOON}:
        return ends_within(day, int(state))
    unrevoked = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    return {
        "in-force": holds(day),
        "expired": Q(valid_until__lt=day) & unrevoked,
        "revoked": _revoked(day),
        "not-yet": Q(valid_from__gt=day) & unrevoked,
    }.get(state, Q(pk__isnull=False))


def validity_on(one: Qualification, day: dt.date) -> Validity:
    """How one qualification stands on a day, in a word."""
    if one.revoked_on is not None and one.revoked_on <= day:
        return Validity(_("已取消"), "red")
    if one.valid_until is not None and one.valid_until < day:
        return Validity(_("已到期"), "grey")
    if one.valid_from > day:
        return Validity(_("未生效"), "grey")
    if one.valid_until is not None and (one.valid_until - day).days <= SOON[0]:
        return Validity(_("%(days)s天后到期") % {"days": (one.valid_until - day).days}, "amber")
    return Validity(_("有效"), "green")


def seen_by(user: User) -> QuerySet[Qualification]:
    """The qualifications of the organisations that a person may see."""
    every = Qualification.objects.select_related("organisation")
    if user.role in WHOLE_DISTRICT:
        return every
    return every.filter(organisation__in=visible_organisations(user).values("pk"))


def qualification_list(user: User, asked: Asked) -> QuerySet[Qualification]:
    """The qualifications that were asked for, those that end first on top."""
    found = _narrowed(user, asked).filter(condition(asked.state, asked.day))
    order = {"organisation": "organisation__name", "valid_from": "valid_from", "valid_until": "valid_until"}
    column = order.get(asked.sort.removeprefix("-"))
    if column is None:
        return found.order_by("valid_until", "organisation__name", "id")
    return found.order_by(f"-{column}" if asked.sort.startswith("-") else column, "id")


def _narrowed(user: User, asked: Asked) -> QuerySet[Qualification]:
    found = seen_by(user)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.text:
        named = find(asked.text, Organisation.objects.all()).values("pk")
        found = found.filter(Q(organisation__in=named) | Q(number__icontains=asked.text))
    return found


def chips(user: User, asked: Asked) -> list[Mapping[str, Any]]:
    """The filters: state with its counts, and kind with those of the chosen state."""
    counted = _narrowed(user, asked).aggregate(
        **{
            f"in_{state.replace('-', '_')}": Count("pk", filter=condition(state, asked.day))
            for state in STATES
        }
    )
    states = [
        {"value": state, "label": label, "count": counted[f"in_{state.replace('-', '_')}"]}
        for state, label in STATES.items()
    ]
    here = seen_by(user).filter(condition(asked.state, asked.day)).order_by()
    counts = dict(here.values_list("kind").annotate(number=Count("pk")))
    tree = vocabulary.code_tree("qualifications")
    kinds = [
        {"value": code, "label": code_name(tree, code), "count": counts[code]}
        for code in [*tree.roots(), *sorted(set(counts) - set(tree.roots()))]
        if code in counts
    ]
    return [
        {"label": _("状态"), "name": "status", "options": states, "default": "in-force"},
        {"label": _("资质"), "name": "kind", "options": kinds},
    ]


COLUMNS = tuple(
    Column(one)
    for one in (
        Field("organisation", gettext_lazy("单位"), Shape.ENTRY),
        Field("uscc", gettext_lazy("统一社会信用代码"), Shape.USCC),
        Field("kind", gettext_lazy("资质"), Shape.CODE, vocabulary="qualifications"),
        Field("level", gettext_lazy("级别")),
        Field("number", gettext_lazy("证书编号")),
        Field("issued_by", gettext_lazy("认定机关")),
        Field("valid_from", gettext_lazy("有效期起"), Shape.DATE),
        Field("valid_until", gettext_lazy("有效期止"), Shape.DATE),
        Field("state", gettext_lazy("状态")),
        Field("because", gettext_lazy("取消原因")),
        Field("source", gettext_lazy("来源")),
    )
)
"""What the list shows and its export carries."""


def rows_of(user: User, found: Iterable[Qualification], day: dt.date) -> Iterable[list[str]]:
    """The cells of each qualification; where it comes from only for the authority and one's own organisation."""
    tree, spoken = vocabulary.code_tree("qualifications"), language()
    inside: set[int] | None = (
        None if user.role in WHOLE_DISTRICT else set(organisations_of(user).values_list("pk", flat=True))
    )
    for one in found:
        inner = inside is None or one.organisation_id in inside
        yield [
            one.organisation.name,
            one.organisation.uscc.text if one.organisation.uscc else "",
            code_name(tree, one.kind, spoken),
            one.level,
            one.number,
            one.issued_by,
            show_value(COLUMNS[6].field, one.valid_from),
            show_value(COLUMNS[7].field, one.valid_until),
            validity_on(one, day).word,
            one.revoked_because if inner else "",
            one.source if inner else "",
        ]


def held_on(organisation: Organisation, day: dt.date) -> Sequence[Qualification]:
    """What an organisation was recognised as on a day."""
    return list(organisation.qualifications.filter(holds(day)))
