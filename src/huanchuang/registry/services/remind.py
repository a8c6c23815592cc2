"""Telling people of what ends, falls due or was not confirmed: each thing once at each step, however often this is called.

A step that was missed because nothing ran that day is made up for at the next call, by the nearest step only.
What falls together is told together: one message to a unit, one to an officer, not one for each record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import users_with_role
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation, Patent, Qualification, Reminder
from huanchuang.registry.queries import fees, qualifications
from huanchuang.registry.services.news import members_of, name_of, tell
from huanchuang.registry.services.remind_stale import remind_of_stale

FEW = 3
"""So many things are told of singly to an officer; more of them together."""
NAMED = 20
"""So many are named in a message that tells of many."""


@dataclass(frozen=True)
class Item:
    """One thing to tell of: whose it is, what it is called with and without its unit, when it ends, at which step."""

    about: str
    owner: Organisation
    name: str
    due_on: dt.date
    step: int
    left: int
    link: str

    @property
    def full(self) -> str:
        """Its name with its unit."""
        return f"{self.owner.name}的{self.name}"


def remind(as_of: dt.date) -> int:
    """Everything that is to be told on a day. Returns how many messages went out."""
    return remind_of_qualifications(as_of) + remind_of_fees(as_of) + remind_of_stale(as_of)


def nearest(left: int, steps: Iterable[int]) -> int | None:
    """The step that so many days before the end call for; None before the first and after the end."""
    return min((step for step in steps if 0 <= left <= step), default=None)


def remind_of_qualifications(as_of: dt.date) -> int:
    """Tell an organisation's people and the officers that a qualification ends in 180, 90 or 30 days.

    One that is followed by another of its kind is not told of: it has been renewed.
    """
    within = qualifications.ends_within(as_of, qualifications.SOON[0])
    ending = Qualification.objects.filter(within).exclude(_followed())
    tree = vocabulary.code_tree("qualifications")
    items = []
    for one in ending.select_related("organisation").order_by("valid_until", "id"):
        assert one.valid_until is not None  # noqa: S101  (those without an end are not found)
        left = (one.valid_until - as_of).days
        step = nearest(left, qualifications.SOON)
        if step is None:
            continue
        name = f"“{tree.name(one.kind) if one.kind in tree else one.kind}”资质"
        link = one.organisation.get_absolute_url() + "#part-qualifications"
        items.append(Item(one.subject, one.organisation, name, one.valid_until, step, left, link))
    told = _Telling(
        "qualification",
        "{name}还有{left}天到期",
        "{count}项资质即将到期",
        reverse("registry:qualifications") + "?status=180",
    )
    return told.tell(items, officers=True)


def _followed() -> Exists:
    """The condition that another one of its kind begins later and ends later."""
    later = Qualification.objects.filter(
        organisation=OuterRef("organisation"), kind=OuterRef("kind"), valid_from__gt=OuterRef("valid_from"), revoked_on=None
    )  # fmt: skip
    return Exists(later.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until"))))


def remind_of_fees(as_of: dt.date) -> int:
    """Tell the owner's people that a yearly fee is due in 90, 30 or 7 days."""
    due = Patent.objects.filter(
        retired_on=None,
        state="granted",
        fee_due_on__gte=as_of,
        fee_due_on__lte=as_of + dt.timedelta(days=fees.SOON[0]),
        owner__isnull=False,
    )
    items = []
    for one in due.select_related("owner", "achievement").order_by("fee_due_on", "id"):
        assert one.fee_due_on is not None and one.owner is not None  # noqa: S101, PT018  (asked for above)
        left = (one.fee_due_on - as_of).days
        step = nearest(left, fees.SOON)
        if step is not None:
            link = one.get_absolute_url()
            items.append(
                Item(one.subject, one.owner, f"{name_of(one)}的年费", one.fee_due_on, step, left, link)
            )
    told = _Telling(
        "fee", "{name}还有{left}天到缴费期限", "{count}件知识产权的年费即将到期", reverse("registry:fees")
    )
    return told.tell(items, officers=False)


@dataclass(frozen=True)
class _Telling:
    """One occasion: the words for one thing and for many, and the list behind them."""

    occasion: str
    one: str
    many: str
    list_of_all: str

    def tell(self, items: Sequence[Item], *, officers: bool) -> int:
        """Tell of those that nobody was told of yet, and note that it was done."""
        with transaction.atomic():
            fresh = self._fresh(items)
            if not fresh:
                return 0
            sent = 0
            for owner in {item.owner.pk: item.owner for item in fresh}.values():
                own = [item for item in fresh if item.owner.pk == owner.pk]
                sent += self._to(members_of(owner), own, few=1, full=False)
            if officers:
                sent += self._to(list(users_with_role(Role.OFFICER)), fresh, few=FEW, full=True)
            Reminder.objects.bulk_create(
                [
                    Reminder(about=item.about, occasion=self.occasion, due_on=item.due_on, step=item.step)
                    for item in fresh
                ],
                ignore_conflicts=True,  # another process may tell of the same right now; its notices are the same too
            )
        return sent

    def _fresh(self, items: Sequence[Item]) -> list[Item]:
        told = set(
            Reminder.objects.filter(
                occasion=self.occasion, due_on__in={item.due_on for item in items}
            ).values_list("about", "due_on", "step")
        )
        return [item for item in items if (item.about, item.due_on, item.step) not in told]

    def _to(self, users: Sequence[User], items: Sequence[Item], *, few: int, full: bool) -> int:
        if len(items) <= few:
            return sum(self._singly(users, item, full=full) for item in items)
        lines = [
            f"{item.full if full else item.name}：{item.due_on.isoformat()}，还有{item.left}天"
            for item in items[:NAMED]
        ]
        if len(items) > NAMED:
            lines.append(f"……共{len(items)}项，见清单")
        words = sorted(f"{item.about}-{item.due_on}-{item.step}" for item in items)
        key = hashlib.sha256("\n".join(words).encode()).hexdigest()[:24]
        title = self.many.format(count=len(items))
        return tell(
            users,
            f"registry.{self.occasion}",
            title,
            "\n".join(lines),
            self.list_of_all,
            f"{self.occasion}-{key}",
        )

    def _singly(self, users: Sequence[User], item: Item, *, full: bool) -> int:
        title = self.one.format(name=item.full if full else item.name, left=item.left)
        body = f"{item.owner.name}：{item.due_on.isoformat()}到期。请及时办理，办结后在平台登记。"
        key = f"{self.occasion}-{item.about}-{item.due_on}-{item.step}"
        return tell(users, f"registry.{self.occasion}", title, body, item.link, key)
