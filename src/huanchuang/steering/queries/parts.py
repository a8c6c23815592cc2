"""A split target as its page shows it: units × years beside the whole, what each has reached, and the gap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Report, Target
from huanchuang.steering.queries.split import Part, Split, can_be_added, split

AHEAD = 2
"""Years offered beyond the running one where neither deadline nor split says how many."""


@dataclass(frozen=True)
class UnitPart:
    """One unit: its portion of each year, and what it reported last."""

    organisation: Organisation
    cells: tuple[Decimal | None, ...]
    reached: Decimal | None
    as_of: dt.date | None


@dataclass(frozen=True)
class Parts:
    """Everything on the page of a split."""

    years: tuple[int, ...]
    rows: tuple[UnitPart, ...]
    whole: Split
    adds: bool
    totals: tuple[Decimal | None, ...]


def parts_of(target: Target, as_of: dt.date) -> Parts:
    """The split of a target; the units that answer for it have a row even without a portion."""
    portions = list(target.portions.select_related("organisation"))
    answering = [duty.organisation for duty in target.responsibilities.select_related("organisation")]
    units = {unit.pk: unit for unit in [*answering, *(one.organisation for one in portions)] if unit}
    adds = can_be_added(target.kind, target.unit)
    known = [Part(one.organisation_id, one.year, one.value) for one in portions]
    whole = split(known, target.value, target.split_way, adds)
    last = max(target.due_on.year if target.due_on else as_of.year + AHEAD, as_of.year)
    years = tuple(sorted({*whole.years, *range(min(as_of.year, last), min(last, as_of.year + 9) + 1)}))
    cells = {(one.organisation_id, one.year): one.value for one in portions}
    newest = _newest(target)
    rows = tuple(
        UnitPart(unit, tuple(cells.get((pk, year)) for year in years), *newest.get(pk, (None, None)))
        for pk, unit in units.items()
    )
    return Parts(years, rows, whole, adds, tuple(whole.by_year.get(year) for year in years))


def _newest(target: Target) -> dict[int, tuple[Decimal | None, dt.date | None]]:
    reports = Report.objects.filter(target=target, figure__isnull=False, organisation__isnull=False)
    found = reports.order_by("as_of", "id").values_list("organisation", "figure", "as_of")
    return {unit: (figure, day) for unit, figure, day in found if unit is not None}
