"""What is late and what falls due soon; also what the home page shows of the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from huanchuang.accounts.models import Role, User
from huanchuang.steering.models import State
from huanchuang.steering.queries.filters import ARRIVED
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.visibility import own_lines, visible_targets

AHEAD = 30
WEEK = 7
HOME_LIMIT = 8


@dataclass(frozen=True)
class DueLists:
    """Open lines by how soon they fall due, the most urgent first."""

    late: tuple[Row, ...]
    week: tuple[Row, ...]
    month: tuple[Row, ...]

    @property
    def nothing(self) -> bool:
        """Whether all three are empty."""
        return not (self.late or self.week or self.month)


def due_lists(user: User, as_of: dt.date) -> DueLists:
    """The lines that a person may see and that are late or fall due within 30 days; a reporter's own only."""
    targets = (
        visible_targets(user).exclude(state__in=ARRIVED).filter(due_on__lte=as_of + dt.timedelta(days=AHEAD))
    )
    if user.role == Role.REPORTER:
        targets = targets.filter(own_lines(user))
    rows = sorted(rows_of(targets, as_of), key=lambda row: (row.target.due_on or as_of, row.target.pk))
    days = [(((row.target.due_on or as_of) - as_of).days, row) for row in rows]
    return DueLists(
        late=tuple(row for left, row in days if left < 0),
        week=tuple(row for left, row in days if 0 <= left <= WEEK),
        month=tuple(row for left, row in days if left > WEEK),
    )


def waiting_for(user: User, as_of: dt.date) -> list[Row]:
    """What waits for this person: the officer has to verify, a reporter to report or to complete what was returned."""
    targets = visible_targets(user)
    if user.role == Role.OFFICER:
        return rows_of(targets.filter(state=State.TO_VERIFY).exclude(close_requested_by=user), as_of)[
            :HOME_LIMIT
        ]
    if user.role == Role.REPORTER:
        soon = Q(due_on__lte=as_of + dt.timedelta(days=AHEAD)) & Q(
            state__in=(State.NOT_STARTED, State.IN_PROGRESS)
        )
        return rows_of(targets.filter(own_lines(user)).filter(soon), as_of)[:HOME_LIMIT]
    return []
