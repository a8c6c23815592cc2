"""What a person asks of the ledger, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huanchuang.orm.numbers import whole_number
from huanchuang.steering.models import State, Target, TargetKind
from huanchuang.steering.queries.light import Colour

DUE_WINDOWS = ("overdue", "7", "30", "90", "none")
SORTS = ("position", "due", "light", "percent", "state")
ARRIVED = (State.CLOSED, State.ENDED)


@dataclass(frozen=True)
class Filters:
    """One question to the ledger. Empty fields do not narrow; words that are not known are dropped."""

    plan: int | None = None
    unit: int | None = None
    light: str = ""
    state: str = ""
    kind: str = ""
    due: str = ""
    text: str = ""
    mine: bool = False
    sort: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """Read the address."""
        sort = query.get("sort", "")
        return cls(
            plan=whole_number(query.get("plan")),
            unit=whole_number(query.get("unit")),
            light=_one_of(query.get("light", ""), [colour.value for colour in Colour]),
            state=_one_of(query.get("state", ""), State.values),
            kind=_one_of(query.get("kind", ""), TargetKind.values),
            due=_one_of(query.get("due", ""), DUE_WINDOWS),
            text=query.get("q", "").strip()[:100],
            mine=query.get("mine", "") == "1",
            sort=sort if sort.removeprefix("-") in SORTS else "",
        )

    def narrow(self, targets: QuerySet[Target], as_of: dt.date) -> QuerySet[Target]:
        """Everything but the light, which no column holds."""
        if self.plan:
            targets = targets.filter(plan=self.plan)
        if self.unit:
            targets = targets.filter(
                pk__in=Target.objects.filter(responsibilities__organisation=self.unit).values("pk")
            )
        if self.state:
            targets = targets.filter(state=self.state)
        if self.kind:
            targets = targets.filter(kind=self.kind)
        for word in self.text.split():
            targets = targets.filter(
                Q(name__icontains=word) | Q(quote__icontains=word) | Q(responsibilities__unit__icontains=word)
            )
        return (targets.distinct() if self.text else targets).filter(_due(self.due, as_of))


def _due(window: str, as_of: dt.date) -> Q:
    if not window:
        return Q()
    if window == "none":
        return Q(due_on__isnull=True, recurring="")
    still_open = ~Q(state__in=ARRIVED)
    if window == "overdue":
        return still_open & Q(due_on__lt=as_of)
    return still_open & Q(due_on__gte=as_of, due_on__lte=as_of + dt.timedelta(days=int(window)))


def _one_of(text: str, known: tuple[str, ...] | list[str]) -> str:
    return text if text in known else ""
