"""What changed in the ledger in the last seven days, as far as a person may see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from huanchuang.accounts.models import User
from huanchuang.steering.models import Report, Target, Transition
from huanchuang.steering.queries.visibility import visible_targets

DAYS = 7
SHOWN = 8


@dataclass(frozen=True)
class Change:
    """One event: when, who did what, to which line."""

    on: dt.date
    who: str
    what: str
    title: str
    url: str


def changes(user: User, today: dt.date) -> list[Change]:
    """The newest events of the last seven days, newest first. Two questions to the database."""
    span = (today - dt.timedelta(days=DAYS), today)
    lines = visible_targets(user).values("pk")
    steps = (
        Transition.objects.filter(target__in=lines, on__range=span)
        .select_related("target", "by")
        .order_by("-on", "-id")
    )
    reports = Report.objects.filter(target__in=lines, as_of__range=span).select_related(
        "target", "reported_by", "organisation"
    )
    found = [*map(_step, steps[:SHOWN]), *map(_report, reports[:SHOWN])]
    return sorted(found, key=lambda change: change.on, reverse=True)[:SHOWN]


def _step(step: Transition) -> Change:
    who = step.by.name if step.by else gettext("系统")
    return _change(step.on, who, step.get_verb_display(), step.target)


def _report(report: Report) -> Change:
    who = report.organisation.name if report.organisation else report.reported_by.name
    what = (
        gettext("填报进展")
        if report.percent is None
        else gettext("填报进展 %(percent)d%%") % {"percent": report.percent}
    )
    return _change(report.as_of, who, what, report.target)


def _change(on: dt.date, who: str, what: str, target: Target) -> Change:
    return Change(on, who, what, target.name, reverse("steering:target", args=[target.pk]))
