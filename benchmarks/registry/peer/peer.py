"""The peer's side: load with bulk_create, ask through the admin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.registry import clock
from benchmarks.registry.data import WORDS, bodies, far_page
from benchmarks.registry.peer.models import BELONGINGS, Figure, Organisation

PORTION = 20_000


def main() -> None:
    """Load, then answer for the clock."""
    call_command("migrate", verbosity=0, run_syncdb=True)
    watch = clock.Stopwatch()
    _load_organisations()
    organisations = watch.lap()
    count = _load_figures()
    facts = watch.lap()
    _load_belongings()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    loaded = {
        "organisations": Organisation.objects.count(),
        "facts": count,
        "load": {"organisations": organisations, "facts": facts},
    }
    clock.answer(loaded, client, _pages())


def _load_organisations() -> None:
    every = bodies()
    while portion := list(islice(every, PORTION)):
        Organisation.objects.bulk_create(
            [
                Organisation(
                    name=body.name,
                    short_name=body.short_name,
                    kind=body.kind,
                    uscc=body.uscc,
                    region=body.region,
                    industry=body.industry,
                    stage=body.stage,
                    founded_on=dt.date.fromisoformat(body.founded_on),
                )
                for body in portion
            ],
            batch_size=2000,
        )


def _load_belongings() -> None:
    for body in bodies():
        for kind, values in body.belongings():
            BELONGINGS[kind].objects.create(owner=Organisation.objects.get(name=body.name), **values)


def _figures() -> Iterator[Figure]:
    keys = dict(Organisation.objects.order_by().values_list("uscc", "pk"))
    for body in bodies():
        for key, year, value, unit in body.figures():
            yield Figure(organisation_id=keys[body.uscc], key=key, year=year, value=Decimal(value), unit=unit)


def _load_figures() -> int:
    every, count = _figures(), 0
    while portion := list(islice(every, PORTION)):
        Figure.objects.bulk_create(portion, batch_size=2000)
        count += len(portion)
    return count


def _pages() -> dict[str, str]:
    every = reverse("admin:peer_organisation_changelist")
    middle = Organisation.objects.order_by("pk")[Organisation.objects.count() // 2]
    one = reverse("admin:peer_organisation_change", args=(middle.pk,))
    return {
        "list, first page": every,
        "list, page 1,000": f"{every}?p={far_page()}",
        "list, filtered by kind": f"{every}?kind=incubator",
        "list, filtered by industry": f"{every}?industry=2614",
        **{f"search, {what}": f"{every}?q={word}" for what, word in WORDS.items()},
        "one organisation": one,
        "one organisation, everything": one,
    }
