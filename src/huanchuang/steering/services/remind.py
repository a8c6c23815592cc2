"""Remind units of what falls due."""

from __future__ import annotations

import datetime as dt

from huanchuang.steering.models import PlanState, Review, State, Target
from huanchuang.steering.services import news

DAYS_AHEAD = 30


def remind_due(as_of: dt.date) -> int:
    """Tell the units of every open line that falls due within 30 days; once per line and deadline, so that calling
    it again the same day tells nobody twice. Returns how many people were told."""
    due = Target.objects.filter(
        review=Review.ACCEPTED,
        plan__state=PlanState.IN_FORCE,
        state__in=(State.NOT_STARTED, State.IN_PROGRESS),
        due_on__gte=as_of,
        due_on__lte=as_of + dt.timedelta(days=DAYS_AHEAD),
    )
    return sum(news.due_soon(target, (target.due_on - as_of).days) for target in due if target.due_on)
