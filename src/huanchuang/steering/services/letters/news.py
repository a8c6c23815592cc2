"""Notices of letters: who should know, in one sentence. Titles carry no personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import users_with_role
from huanchuang.notices.services import notify
from huanchuang.orm import clock
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.organisations import current_memberships
from huanchuang.steering.models import Draft, Duty, Handling, Letter
from huanchuang.steering.services.news import officers


def reporters_of(*units: Organisation | int | None) -> list[User]:
    """The reporters of some units."""
    keys = [unit if isinstance(unit, int) else unit.pk for unit in units if unit is not None]
    belonging = current_memberships().filter(organisation__in=keys).values("user")
    return list(users_with_role(Role.REPORTER).filter(pk__in=belonging))


def tell_lead(letter: Letter, kind: str, what: str, body: str) -> None:
    """The unit that answers."""
    tell_users(reporters_of(letter.lead_id), letter, kind, what, body)


def tell_office(letter: Letter, kind: str, what: str, body: str, but: User | None = None) -> None:
    """The assigning office, without who did it."""
    tell_users([user for user in officers() if user != but], letter, kind, what, body)


def assigned(handling: Handling) -> None:
    """A unit is given a letter."""
    letter = handling.letter
    duty = "主办" if handling.duty == Duty.LEAD else "会办"
    until = (
        f"请于{handling.sign_by.isoformat()}前签收或申请退办。" if handling.sign_by else "请签收或申请退办。"
    )
    tell_users(
        reporters_of(handling.organisation_id), letter, "steering.letter.assigned", f"交办（{duty}）", until
    )


def to_sign(draft: Draft, leader: User) -> None:
    """A leader is asked to sign."""
    link = reverse("steering:draft", args=[draft.pk])
    stamp = f"steering.draft.sign-{draft.pk}-{draft.version}"
    notify(
        [leader],
        "steering.draft.to_sign",
        f"请审签：{draft.title}",
        "请看过全文和数据出处后审签或退回。",
        link,
        dedupe=stamp,
    )


def near_due(letter: Letter, users: Iterable[User], last: dt.date, left: int, what: str) -> int:
    """A clock is about to run out: once for each of its last days."""
    return _remind(letter, users, f"还有{left}个工作日到期（{what}）", f"near-{what}-{last}")


def overdue(letter: Letter, users: Iterable[User], last: dt.date, days: int, what: str) -> int:
    """A clock has run out: once for each of its last days."""
    return _remind(letter, users, f"已超期{days}天（{what}）", f"late-{what}-{last}")


def _remind(letter: Letter, users: Iterable[User], title: str, stamp: str) -> int:
    kind, link = f"steering.letter.{stamp.partition('-')[0]}", _link(letter)
    body = "请尽快办理；确有困难的请申请延期。"
    return notify(
        users,
        kind,
        f"{title}：{_name(letter)}",
        body,
        link,
        dedupe=f"letter-{letter.pk}-{letter.round}-{stamp}",
    )


def tell_users(users: Iterable[User], letter: Letter, kind: str, what: str, body: str) -> None:
    """Some people, once for each version of the letter."""
    stamp = f"{kind}-{letter.pk}-{letter.version}-{clock.today()}"
    notify(users, kind, f"{what}：{_name(letter)}", body, _link(letter), dedupe=stamp)


def _name(letter: Letter) -> str:
    return f"第{letter.number}号{letter.get_kind_display()}《{letter.title}》"


def _link(letter: Letter) -> str:
    return reverse("steering:letter", args=[letter.pk])
