"""What is late and what falls due soon; also what the home page shows of the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.steering.models import Change, State, Target
from huanchuang.steering.queries.filters import ARRIVED
from huanchuang.steering.queries.ledger import Row, Rows, rows_of, rows_until, urgent_rows
from huanchuang.steering.queries.visibility import own_lines, visible_targets

AHEAD = 30
WEEK = 7
HOME_LIMIT = 8


@dataclass(frozen=True)
class DueLists:
    """Open lines by how soon they fall due, the most urgent first; fetched as far as they are shown."""

    late: Rows
    week: Rows
    month: Rows

    @property
    def nothing(self) -> bool:
        """Whether all three are empty."""
        return not (self.late or self.week or self.month)


def due_lists(user: User, as_of: dt.date) -> DueLists:
    """The lines that a person may see and that are late or fall due within 30 days; a reporter's own only."""
    targets = _open_lines(user)
    week, month = as_of + dt.timedelta(days=WEEK), as_of + dt.timedelta(days=AHEAD)
    return DueLists(*rows_until(targets, as_of, (as_of - dt.timedelta(days=1), week, month)))


def urgent(user: User, as_of: dt.date) -> Rows:
    """What is behind or overdue, then what falls due within 30 days; of a reporter the own lines only."""
    return urgent_rows(_open_lines(user), as_of, as_of + dt.timedelta(days=AHEAD))


def _open_lines(user: User) -> QuerySet[Target]:
    targets = visible_targets(user).exclude(state__in=ARRIVED)
    return targets.filter(own_lines(user)) if user.role == Role.REPORTER else targets


def waiting_for(user: User, as_of: dt.date) -> list[Row]:
    """What waits for this person: the officer has to verify or decide, a reporter to report or to complete what was returned."""
    targets = visible_targets(user)
    if user.role == Role.OFFICER:
        asked = Exists(
            Change.objects.filter(target=OuterRef("pk"), state=Change.State.ASKED).exclude(asked_by=user)
        )
        closing = Q(state=State.TO_VERIFY) & ~Q(close_requested_by=user)
        return rows_of(targets.filter(closing | asked), as_of)[:HOME_LIMIT]
    if user.role == Role.REPORTER:
        soon = Q(due_on__lte=as_of + dt.timedelta(days=AHEAD)) & Q(
            state__in=(State.NOT_STARTED, State.IN_PROGRESS)
        )
        return rows_of(targets.filter(own_lines(user)).filter(soon), as_of)[:HOME_LIMIT]
    return []
