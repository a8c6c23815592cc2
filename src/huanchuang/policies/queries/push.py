"""Whom a push reaches: people with an account, those told before, those nobody can reach; and who has opened it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import roles_for
from huanchuang.notices.models import Notice
from huanchuang.orm.masking import mask_name
from huanchuang.policies.models import Push, Telling, TellingState
from huanchuang.policies.queries.access import VIEW
from huanchuang.policies.queries.merged import standing_keys
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.organisations import current_memberships

SHOWN = 20
"""Names that a preview lists; the rest is counted."""


def people_of(organisations: Collection[int]) -> Mapping[int, Sequence[User]]:
    """Organisation → its people with an account that may open its decisions. One question for all."""
    roles = roles_for(VIEW)
    rows = current_memberships().filter(
        organisation__in=organisations, user__is_active=True, user__role__in=roles
    )
    found: dict[int, list[User]] = {}
    for row in rows.select_related("user").order_by("organisation_id", "user__username"):
        found.setdefault(row.organisation_id, []).append(row.user)
    return found


def told_before(policy: str, version: str, organisations: Collection[int]) -> set[int]:
    """Those told of this version of the policy already."""
    rows = Telling.objects.filter(
        policy=policy, version=version, organisation__in=organisations, state=TellingState.TOLD
    )
    return set(rows.values_list("organisation_id", flat=True))


def told_for(chosen: Sequence[int]) -> list[int]:
    """Whom to tell for those chosen: each once, after all merges."""
    above = standing_keys(chosen)
    return list(dict.fromkeys(above.get(key, key) for key in chosen))


@dataclass(frozen=True)
class Preview:
    """What would happen to those chosen."""

    chosen: int
    reached: Sequence[int]
    """Keys of the organisations that would be told, in the order of the list."""
    people: int
    by_mail: int
    """Those of the people who have an e-mail address and may get it by mail too."""
    before: Sequence[int]
    nobody: Sequence[Organisation]
    """The first few without an account."""
    nobody_count: int
    with_contact: int
    """How many without an account have a telephone in the register."""


def preview_of(policy: str, version: str, chosen: Sequence[int], *, again: bool = False) -> Preview:
    """Who would be told, who was told before, and who cannot be reached. A handful of questions however many are chosen.

    For one that was put into another since, that other one is told.
    """
    chosen = told_for(chosen)
    people = people_of(chosen)
    told = told_before(policy, version, chosen)
    before = [] if again else [key for key in chosen if key in told]
    skipped = set(before)
    reached = [key for key in chosen if key in people and key not in skipped]
    nobody = [key for key in chosen if key not in people and key not in skipped]
    every = {user.pk: user for key in reached for user in people[key]}
    without = Organisation.objects.filter(pk__in=nobody)
    return Preview(
        len(chosen), reached, len(every), sum(1 for user in every.values() if user.email), before,
        list(without.order_by("name")[:SHOWN]), len(nobody), without.exclude(contact_phone="").count(),
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An organisation that was told, and whether anybody there has opened it."""

    telling: Telling
    opened_at: dt.datetime | None
    opened_by: str
    """The name of who opened it first, in part."""


def tellings_of(push: Push, state: str = "") -> QuerySet[Telling]:
    """What became of each organisation of a push, in the order of the list; of one state where asked."""
    found = push.tellings.select_related("organisation")
    return found.filter(state=state) if state in TellingState.values else found


def with_openings(tellings: Iterable[Telling]) -> list[Told]:
    """Each telling with its first opening; one question for all."""
    rows = list(tellings)
    keys = {row.notice for row in rows if row.state == TellingState.TOLD}
    opened: dict[str, Notice] = {}
    notices = Notice.objects.filter(dedupe__in=keys).exclude(read_at=None).select_related("user")
    for notice in notices.order_by("read_at", "id"):
        opened.setdefault(notice.dedupe, notice)
    return [_told(row, opened.get(row.notice)) for row in rows]


def _told(row: Telling, notice: Notice | None) -> Told:
    if notice is None:
        return Told(row, None, "")
    return Told(row, notice.read_at, mask_name(notice.user.name or notice.user.username))


def last_told(policy: str, organisations: Collection[int]) -> Mapping[int, Told]:
    """Organisation → the newest telling about a policy, whatever its version."""
    rows = Telling.objects.filter(policy=policy, organisation__in=organisations, state=TellingState.TOLD)
    newest = {row.organisation_id: row for row in rows.order_by("told_at", "id")}
    return {told.telling.organisation_id: told for told in with_openings(newest.values())}


@dataclass(frozen=True)
class Reach:
    """How a push ended: by state, and how many organisations have opened it."""

    states: Mapping[str, int]
    opened: int


def reach_of(push: Push) -> Reach:
    """Counts of a push."""
    states = dict.fromkeys(TellingState.values, 0)
    for state in push.tellings.values_list("state", flat=True):
        states[state] += 1
    mine = Q(dedupe__startswith=f"policies.telling:{push.pk}:")
    first = Notice.objects.filter(mine).exclude(read_at=None).values("dedupe").annotate(first=Min("read_at"))
    return Reach(states, first.count())


def pushes_of(policy: str) -> Sequence[Push]:
    """What was pushed of a policy, the newest first."""
    return list(Push.objects.filter(policy=policy).select_related("job")[:10])
