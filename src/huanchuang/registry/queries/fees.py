"""Yearly fees of rights in force: which fall due soon and which are overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.accounts.models import User
from huanchuang.orm.language import language
from huanchuang.registry.models import Patent
from huanchuang.registry.queries.kinds import PATENT, Field, Shape
from huanchuang.registry.queries.kinds.values import code_name, show_value, tree_of
from huanchuang.registry.queries.listing import Column
from huanchuang.registry.queries.organisations import WHOLE_DISTRICT, find, organisations_of
from huanchuang.registry.queries.visibility import visible

SOON = (90, 30, 7)
"""Days before a fee is due at which the owner's people are told; also the chips of the list."""
GRACE_DAYS = 180
"""A fee may still be paid, with a surcharge, for six months after it was due (专利法实施细则)."""
STATES: Mapping[str, str | Promise] = {
    "due": gettext_lazy("90天内到期和逾期"),
    "30": gettext_lazy("30天内到期"),
    "7": gettext_lazy("7天内到期"),
    "overdue": gettext_lazy("已逾期"),
    "all": gettext_lazy("全部有缴费期限的"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for."""

    day: dt.date
    state: str = "due"
    text: str = ""


def condition(state: str, day: dt.date) -> Q:
    """The condition of a state of the list on a day."""
    if state in {"30", "7"}:
        return Q(fee_due_on__gte=day, fee_due_on__lte=day + dt.timedelta(days=int(state)))
    if state == "overdue":
        return Q(fee_due_on__lt=day)
    return (
        Q(fee_due_on__lte=day + dt.timedelta(days=SOON[0])) if state == "due" else Q(fee_due_on__isnull=False)
    )


def owing(user: User) -> QuerySet[Patent]:
    """The rights in force with a fee to pay whose fees a person may see: the authority's all, others' their own units'."""
    found: QuerySet[Patent] = visible(user, PATENT).filter(
        retired_on=None, state="granted", fee_due_on__isnull=False
    )
    if user.role not in WHOLE_DISTRICT:
        found = found.filter(owner__in=organisations_of(user).values("pk"))
    return found


def fee_list(user: User, asked: Asked) -> QuerySet[Patent]:
    """The fees that were asked for, the most urgent first."""
    found = find(asked.text, owing(user)).filter(condition(asked.state, asked.day))
    return found.select_related("owner").defer("summary", "search_text").order_by("fee_due_on", "title", "id")


def chips(user: User, asked: Asked) -> list[Mapping[str, Any]]:
    """The filter of the list with its counts."""
    counted = find(asked.text, owing(user)).aggregate(
        **{f"in_{state}": Count("pk", filter=condition(state, asked.day)) for state in STATES}
    )
    options = [
        {"value": state, "label": label, "count": counted[f"in_{state}"]} for state, label in STATES.items()
    ]
    return [{"label": _("期限"), "name": "status", "options": options, "default": "due"}]


@dataclass(frozen=True)
class Due:
    """How urgent a fee is: a word and its tone."""

    word: str
    tone: str


def urgency(due_on: dt.date, day: dt.date) -> Due:
    """How a fee stands on a day: so many days to go, overdue within the grace period or beyond it."""
    left = (due_on - day).days
    if left < -GRACE_DAYS:
        return Due(_("逾期%(days)s天，已过宽限期") % {"days": -left}, "red")
    if left < 0:
        return Due(_("逾期%(days)s天，可补缴") % {"days": -left}, "red")
    tone = "amber" if left <= SOON[1] else "blue" if left <= SOON[0] else "plain"
    return Due(_("还有%(days)s天") % {"days": left}, tone)


COLUMNS = tuple(
    Column(one)
    for one in (
        Field("title", gettext_lazy("名称")),
        Field("number", gettext_lazy("申请号或登记号")),
        Field("kind", gettext_lazy("类别")),
        Field("owner", gettext_lazy("权利人")),
        Field("fee_due_on", gettext_lazy("缴费期限"), Shape.DATE),
        Field("left", gettext_lazy("状态")),
        Field("fee_amount", gettext_lazy("应缴年费"), Shape.MONEY, unit="元"),
    )
)
"""What the list shows and its export carries."""


def rows_of(found: Iterable[Patent], day: dt.date) -> Iterable[list[str]]:
    """The cells of each right."""
    kinds, spoken = tree_of(PATENT.by_name["kind"]), language()
    for one in found:
        due = one.fee_due_on
        yield [
            one.title,
            one.number,
            code_name(kinds, one.kind, spoken),
            one.owner.name if one.owner else "",
            show_value(COLUMNS[4].field, due),
            urgency(due, day).word if due else "",
            show_value(COLUMNS[6].field, one.fee_amount),
        ]
