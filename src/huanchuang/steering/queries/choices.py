"""What the ledger offers for narrowing and sorting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from huanchuang.accounts.models import Role, User
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Plan, PlanState, Responsibility, Shortcoming, Stage, State, TargetKind
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import Ledger
from huanchuang.steering.queries.visibility import visible_plans, visible_targets
from huanchuang.steering.queries.words import COLOURS


@dataclass(frozen=True)
class Choices:
    """Chips and boxes of the ledger."""

    chips: list[dict[str, Any]]
    plans: Sequence[Plan]
    units: Sequence[Organisation]


def choices(user: User, filters: Filters, found: Ledger) -> Choices:
    """What can be chosen, by what there is."""
    return _choices(user, filters, _chips(user, found))


def _choices(user: User, filters: Filters, chips: list[dict[str, Any]]) -> Choices:
    targets = visible_targets(user)
    if filters.plan:
        targets = targets.filter(plan=filters.plan)
    answering = Responsibility.objects.filter(target__in=targets, organisation__isnull=False).values(
        "organisation"
    )
    return Choices(
        chips=chips,
        plans=list(visible_plans(user).filter(state=PlanState.IN_FORCE)),
        units=list(Organisation.objects.filter(pk__in=answering)),
    )


def allotment_choices(user: User, filters: Filters) -> Choices:
    """Plans and units for the 配档表; it has no chips."""
    return _choices(user, filters, [])


def _chips(user: User, found: Ledger) -> list[dict[str, Any]]:
    lights = [
        _option(colour.value, str(word), found.lights[colour.value]) for colour, word in COLOURS.items()
    ]
    due = (
        ("overdue", _("已过时限")),
        ("7", _("7天内")),
        ("30", _("30天内")),
        ("90", _("90天内")),
        ("none", _("没有时限")),
    )
    groups = [
        _group("light", _("灯"), lights),
        _group("state", _("状态"), [_option(value, str(label)) for value, label in State.choices]),
        _group("due", _("时限"), [_option(value, label) for value, label in due]),
        _group("kind", _("类别"), [_option(value, str(label)) for value, label in TargetKind.choices]),
    ]
    if user.role == Role.REPORTER:
        groups.insert(0, _group("mine", _("范围"), [_option("1", _("本单位"))]))
    return groups


def slip_chips() -> list[dict[str, Any]]:
    """What the list of slips can be narrowed by."""
    stages = [_option(value, str(label)) for value, label in Stage.choices]
    return [
        _group("stage", _("类别"), stages),
        _group("open", _("回应"), [_option("1", _("还没有回应"))]),
    ]


def shortcoming_chips() -> list[dict[str, Any]]:
    """What the list of problems can be narrowed by."""
    states = [_option(value, str(label)) for value, label in Shortcoming.State.choices]
    return [
        _group("state", _("状态"), states),
        _group("late", _("时限"), [_option("1", _("已过时限"))]),
    ]


def _group(name: str, label: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options}


def _option(value: str, label: str, count: int | None = None) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count}


@dataclass(frozen=True)
class Column:
    """A head of the list; `url` sorts by it."""

    title: str
    url: str = ""
    order: str = ""
    css: str = ""


def columns(query: QueryDict) -> list[Column]:
    """The heads of the list with their sorting."""
    heads = (
        (_("序号"), "position", ""), (_("目标任务"), "", ""), (_("目标值"), "", ""), (_("牵头单位"), "", ""), (_("配合单位"), "", "co-units-head"),
        (_("时限"), "due", ""), (_("进展"), "percent", "text-end"), (_("状态"), "state", ""), (_("灯"), "light", ""),
    )  # fmt: skip
    return [_column(query, title, sort, css) for title, sort, css in heads]


def _column(query: QueryDict, title: str, sort: str, css: str) -> Column:
    if not sort:
        return Column(title, css=css)
    current = query.get("sort", "")
    order = {sort: "ascending", f"-{sort}": "descending"}.get(current, "")
    address = query.copy()
    address.pop("page", None)
    address["sort"] = f"-{sort}" if current == sort else sort
    return Column(title, f"?{address.urlencode()}", order, css)
