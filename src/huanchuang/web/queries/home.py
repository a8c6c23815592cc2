"""The home page: what waits for me, what is due or late, what changed this week; by role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import allows
from huanchuang.jobs import queries as jobs
from huanchuang.jobs.models import UNFINISHED
from huanchuang.notices import queries as notices
from huanchuang.notices.models import Notice
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Plan, PlanState, State
from huanchuang.steering.queries import due
from huanchuang.steering.queries.filters import Filters
from huanchuang.steering.queries.ledger import Row, lights_of
from huanchuang.steering.queries.letters.lists import Task, waiting_letters
from huanchuang.steering.queries.plans import plan_list
from huanchuang.web.queries.changes import Change, changes

SHOWN = 8
STEERERS = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.REPORTER})
"""Roles for whom the ledger as a whole is daily work; the others see lights only where a line is their own."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for this person."""

    title: str
    note: str
    url: str
    icon: str
    row: Row | None = None


@dataclass(frozen=True)
class Home:
    """Everything the home page shows."""

    waiting: list[Waiting]
    urgent: list[Row]
    """Lines behind or overdue first, then what falls due within a month; of a reporter the own ones."""
    more: int
    """How many urgent lines are not shown."""
    lights: dict[str, int]
    """Colour → lines; empty for somebody without any."""
    narrow: str
    """What the address of the ledger needs to show the same lines."""
    changes: list[Change]
    messages: list[Notice]
    organisations: list[Organisation]
    has_plans: bool
    may_upload: bool

    @property
    def lines(self) -> int:
        """How many lines of the ledger this person sees."""
        return sum(self.lights.values())


def home(user: User, today: dt.date) -> Home:
    """The home page of `user` on this day."""
    own = Filters(mine=user.role == Role.REPORTER)
    lights = lights_of(user, own, today)
    urgent = due.urgent(user, today)
    return Home(
        waiting=list(islice(_waiting(user, today), SHOWN * 2)),
        urgent=list(urgent[:SHOWN]),
        more=max(0, len(urgent) - SHOWN),
        lights=lights if any(lights.values()) else {},
        narrow="&mine=1" if own.mine else "",
        changes=changes(user, today),
        messages=list(notices.unread(user)[:5]),
        organisations=[] if user.role in STEERERS - {Role.REPORTER} else list(organisations_of(user)[:5]),
        has_plans=plan_list(user).exists(),
        may_upload=allows(user, "steering.plan.upload"),
    )


def _waiting(user: User, today: dt.date) -> Iterator[Waiting]:
    yield from _plans(user)
    for row in due.waiting_for(user, today):
        yield Waiting(
            row.target.name,
            _asked(row, user.role == Role.OFFICER),
            reverse("steering:target", args=[row.target.pk]),
            "square-check",
            row,
        )
    for task in waiting_letters(user, today):
        yield _letter(task)
    for job in jobs.jobs_of(user).filter(state__in=UNFINISHED)[:3]:
        yield Waiting(job.title, job.get_state_display(), reverse("jobs:show", args=[job.pk]), "loader-2")


def _letter(task: Task) -> Waiting:
    if task.draft is not None:
        return Waiting(task.title, task.asked, reverse("steering:draft", args=[task.draft.pk]), "signature")
    assert task.letter is not None  # noqa: S101  (a task is about a letter or a paper)
    return Waiting(task.title, task.asked, reverse("steering:letter", args=[task.letter.pk]), "mail")


def _asked(row: Row, officer: bool) -> str:
    if row.target.state == State.TO_VERIFY:
        return gettext("等您核验销号")
    return gettext("等您审批申请") if officer else gettext("请填报进展")


def _plans(user: User) -> Iterator[Waiting]:
    if user.role != Role.OFFICER:
        return
    for plan in plan_list(user).filter(state__in=(PlanState.REVIEW, PlanState.FAILED)):
        yield _plan(plan, getattr(plan, "proposed", 0))


def _plan(plan: Plan, proposed: int) -> Waiting:
    if plan.state == PlanState.FAILED:
        return Waiting(
            plan.title,
            gettext("读取失败，请查看原因"),
            reverse("steering:plan", args=[plan.pk]),
            "alert-triangle",
        )
    note = ngettext("%(count)d 条待复核", "%(count)d 条待复核", proposed) % {"count": proposed}
    return Waiting(plan.title, note, reverse("steering:review", args=[plan.pk]), "file-search")
