"""When one can apply in the twelve months ahead: month by month, and as a private calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from huanchuang.accounts.models import User
from huanchuang.accounts.queries.tokens import digest_of
from huanchuang.engines.kernel.icalendar import Event
from huanchuang.policies.models import WindowKey
from huanchuang.policies.queries.access import sees_policies_of
from huanchuang.policies.queries.library import Listed, Opening, openings_until
from huanchuang.policies.queries.merged import standing_key
from huanchuang.policies.queries.outlook import Card, Outlook, outlook_of
from huanchuang.registry.models import Organisation

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """A month of the calendar."""

    first: dt.date

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return _month(self.first, 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A policy over the months: for each the windows that touch it."""

    card: Card
    cells: Sequence[Sequence[Opening]]


def _month(day: dt.date, ahead: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + ahead
    return dt.date(number // 12, number % 12 + 1, 1)


def months_from(day: dt.date) -> list[Month]:
    """The month of a day and the eleven after it."""
    return [Month(_month(day, ahead)) for ahead in range(MONTHS)]


def relevant(outlook: Outlook) -> list[Card]:
    """What one has, may have or nearly has, in this order."""
    return [*outlook.of("yes"), *outlook.near, *outlook.of("unknown")]


def calendar_rows(outlook: Outlook) -> list[Row]:
    """A row for each relevant policy with a window in the twelve months ahead, the first to close first."""
    months = months_from(outlook.as_of)
    rows = []
    for card in relevant(outlook):
        found = _openings(card.listed, outlook.as_of)
        if found:
            cells = [
                [one for one in found if one.opens <= month.last and one.closes >= month.first]
                for month in months
            ]
            rows.append((found[0].closes, Row(card, cells)))
    return [row for _closes, row in sorted(rows, key=lambda pair: (pair[0], pair[1].card.listed.id))]


def _openings(one: Listed, day: dt.date) -> list[Opening]:
    return openings_until(one, day, months_from(day)[-1].last)


def holder(token: str) -> WindowKey | None:
    """The key of an address; None for one never given or revoked, and for a person who left or sees it no longer."""
    rows = WindowKey.objects.select_related("user", "organisation")
    key = rows.filter(digest=digest_of(token), revoked_at=None).first()
    if key is None or not key.user.is_active:
        return None
    if key.organisation.retired_on is not None:
        key.organisation = Organisation.objects.get(pk=standing_key(key.organisation_id))
    return key if sees_policies_of(key.user, key.organisation) else None


def key_of(user: User, organisation: Organisation) -> WindowKey | None:
    """A person's address for an organisation that holds now."""
    return WindowKey.objects.filter(user=user, organisation=organisation, revoked_at=None).first()


def events(organisation: Organisation, as_of: dt.date) -> Iterator[Event]:
    """The first and the last day of each window in the twelve months ahead, of what one has, may have or nearly has."""
    for card in relevant(outlook_of(organisation, as_of)):
        for opening in _openings(card.listed, as_of):
            yield _event(organisation, card, opening, opening.opens, "开始申报", "opens")
            if opening.closes != opening.opens:
                yield _event(organisation, card, opening, opening.closes, "申报截止", "closes")


def _event(
    organisation: Organisation, card: Card, opening: Opening, day: dt.date, word: str, part: str
) -> Event:
    said = {"yes": "符合", "unknown": "待补数据"}.get(card.result, "差一点")
    money = f"，{card.money.text()}" if card.money else ""
    page = reverse("policies:decision", args=[organisation.pk, card.listed.id])
    return Event(
        uid=f"window-{organisation.pk}-{card.listed.id}-{opening.opens:%Y%m%d}-{part}@huanchuang",
        day=day,
        title=f"{word}：{card.listed.title()}",
        text=f"{organisation.name}\n{said}{money}\n{opening.window.text}".strip(),
        url=f"{settings.HUANCHUANG_LINK_BASE}{page}",
    )
