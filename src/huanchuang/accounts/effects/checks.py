"""Checks at start: what the apps say about deeds and roles must fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from huanchuang.accounts.models import Role
from huanchuang.accounts.queries import EVERYONE, READING_VERBS
from huanchuang.orm.deeds import table


def check_deeds(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """No deed twice, no unknown role, none without a role, and leaders only read."""
    try:
        deeds = table()
    except ImproperlyConfigured as twice:
        return [Error(str(twice), hint="Keep the deed in one app only.", id="accounts.E001")]
    return list(_mistakes(deeds))


def _mistakes(deeds: Mapping[str, frozenset[str]]) -> Iterator[CheckMessage]:
    known = {*Role.values, EVERYONE}
    for deed, roles in deeds.items():
        if deed.count(".") < 2:
            yield Error(
                f"{deed}: not of the form slice.noun.verb",
                hint="For example steering.plan.upload.",
                id="accounts.E002",
            )
        if unknown := sorted(roles - known):
            yield Error(
                f"{deed}: unknown roles {', '.join(unknown)}",
                hint=f"Known: {', '.join(sorted(known))}.",
                id="accounts.E003",
            )
        if Role.LEADER.value in roles and deed.rsplit(".", 1)[-1] not in READING_VERBS:
            yield Error(
                f"{deed}: leaders read only",
                hint=f"Verbs of reading: {', '.join(sorted(READING_VERBS))}.",
                id="accounts.E004",
            )
