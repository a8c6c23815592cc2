"""年度考核 as pages show it: the preview of today, what-if, published scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.packs.ledgers import SCORE_FIGURES, ledger_rules
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Score
from huanchuang.steering.queries.dispatch import Dispatch, UnitStanding
from huanchuang.steering.queries.scoring import KEYS, Total, total

MOST = 100_000


@dataclass(frozen=True)
class Preview:
    """One unit with its figures of the day and the score they give."""

    organisation: Organisation
    figures: Mapping[str, int]
    total: Total


def preview(found: Dispatch) -> list[Preview]:
    """What every unit on the dispatch page would get today, the best first."""
    items, day = ledger_rules().assessment, found.as_of
    rows = [
        Preview(unit.organisation, figures_of(unit), total(figures_of(unit), items, day))
        for unit in found.units
    ]
    return sorted(rows, key=lambda one: (-one.total.low, -one.total.high, one.organisation.name))


def figures_of(unit: UnitStanding) -> dict[str, int]:
    """The figures that formulas may name."""
    return {
        "lines": unit.lines,
        "closed": unit.closed,
        **unit.lights,
        "unanswered": unit.unanswered,
        "problems": unit.problems,
        "late_problems": unit.late_problems,
    }


def what_if(
    known: Mapping[str, int], asked: Mapping[str, str], as_of: dt.date
) -> tuple[dict[str, int], Total]:
    """The score if some figures were others; a figure that is no number from zero up stays what it is."""
    figures = {key: _number(asked.get(key, ""), known[key]) for key in KEYS}
    return figures, total(figures, ledger_rules().assessment, as_of)


def figure_names() -> list[tuple[str, str, str]]:
    """Key, Chinese and English name of each figure."""
    return [(fact.key, fact.zh, fact.en) for fact in SCORE_FIGURES.facts]


def visible_scores(user: User) -> QuerySet[Score]:
    """Published scores a person may see: a reporter those of the own units, others all."""
    found = Score.objects.select_related("organisation", "assessment")
    if user.role == Role.REPORTER:
        return found.filter(organisation__in=organisations_of(user))
    return found


def _number(text: str, otherwise: int) -> int:
    return (
        int(text)
        if text.isascii() and text.isdigit() and int(text[:9]) <= MOST and len(text) < 9
        else otherwise
    )
