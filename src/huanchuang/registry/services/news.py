"""Notices that the register sends: who should know, in one sentence. Of confidential entries the title says nothing."""

from __future__ import annotations

from collections.abc import Iterable

from huanchuang.accounts.models import User
from huanchuang.notices.services import notify
from huanchuang.registry.models import Entry, Organisation, Step
from huanchuang.registry.queries.kinds import kind_of
from huanchuang.registry.queries.organisations import current_memberships
from huanchuang.registry.services.revise import is_hidden


def members_of(organisation: Organisation | None) -> list[User]:
    """The people who belong to an organisation today and have an account in use."""
    if organisation is None:
        return []
    return [
        seat.user
        for seat in current_memberships().filter(organisation=organisation).select_related("user")
        if seat.user.is_active
    ]


def name_of(entry: Entry) -> str:
    """What an entry is called in a title that may leave by e-mail."""
    kind = kind_of(entry)
    return f"一项保密的{kind.label}" if is_hidden(entry) else f"“{kind.title(entry)}”"


def returned(entry: Entry, step: Step) -> None:
    """The owner learns what is missing."""
    tell(
        members_of(kind_of(entry).owner(entry)),
        "registry.returned",
        f"退回补正：{name_of(entry)}",
        f"原因：{step.note}",
        entry.get_absolute_url(),
        f"registry.step-{step.pk}",
    )


def tell(users: Iterable[User], kind: str, title: str, body: str, link: str, once: str) -> int:
    """Tell people something once."""
    return notify(users, kind, title, body, link, dedupe=once)
