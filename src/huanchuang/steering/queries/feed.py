"""What stands in a person's calendar: the deadlines and nodes of the lines that concern them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries.tokens import digest_of
from huanchuang.engines.kernel.icalendar import Event
from huanchuang.steering.models import CalendarKey, Node
from huanchuang.steering.queries.filters import ARRIVED
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.light import plain
from huanchuang.steering.queries.visibility import own_lines, visible_targets
from huanchuang.steering.queries.words import COLOURS

BACK, AHEAD = 60, 800
"""Days before and after today that a calendar covers."""


def holder(token: str) -> User | None:
    """Whose calendar an address opens; None for one that was never given, was revoked, or whose person has left."""
    key = CalendarKey.objects.select_related("user").filter(digest=digest_of(token), revoked_at=None).first()
    return key.user if key is not None and key.user.is_active else None


def key_of(user: User) -> CalendarKey | None:
    """The address of a person that holds now."""
    return CalendarKey.objects.filter(user=user, revoked_at=None).first()


def events(user: User, as_of: dt.date) -> Iterator[Event]:
    """Open lines with a deadline and nodes that are not done, as far as the person may see them; of a reporter the
    own ones."""
    lines = visible_targets(user).exclude(state__in=ARRIVED)
    if user.role == Role.REPORTER:
        lines = lines.filter(own_lines(user))
    span = (as_of - dt.timedelta(days=BACK), as_of + dt.timedelta(days=AHEAD))
    for row in rows_of(lines.filter(due_on__range=span), as_of, "due"):
        yield _deadline(row)
    nodes = Node.objects.filter(target__in=lines.order_by().values("pk"), done_on=None, due_on__range=span)
    for node in nodes.select_related("target").order_by("due_on", "id"):
        yield _node(node)


def _deadline(row: Row) -> Event:
    target = row.target
    assert target.due_on is not None  # noqa: S101  (chosen by its deadline)
    units = "、".join(duty.unit for duty in row.leads)
    facts = [
        f"{COLOURS[row.light.colour]}：{row.reason}",
        *([f"牵头：{units}"] if units else []),
        target.quote[:500],
    ]
    return Event(
        uid=f"target-{target.pk}@huanchuang",
        day=target.due_on,
        title=f"到期：{target.name} {row.goal}".strip(),
        text="\n".join(facts),
        url=_link(target.pk),
        version=target.version,
        changed=target.updated_at,
    )


def _node(node: Node) -> Event:
    target = node.target
    figure = (
        f"{plain(node.value)}{target.unit}"
        if node.value is not None
        else f"{node.percent}%"
        if node.percent is not None
        else ""
    )
    return Event(
        uid=f"node-{node.pk}@huanchuang",
        day=node.due_on,
        title=f"节点：{target.name} {node.text or figure}".strip(),
        text=f"{node.text} {figure}".strip(),
        url=_link(target.pk),
        version=node.version,
        changed=node.updated_at,
    )


def _link(pk: int) -> str:
    return f"{settings.HUANCHUANG_LINK_BASE}{reverse('steering:target', args=[pk])}"
