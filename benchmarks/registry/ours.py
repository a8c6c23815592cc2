"""Our side: load through the services, ask through the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.registry import clock
from benchmarks.registry.data import KEYS, WORDS, YEARS, bodies, far_page
from huanchuang.accounts.models import User
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.services import FactGiven, record_facts
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.services import qualify, register, register_organisations

RECORD, DOSSIER = "registry:organisation", "web:dossier"
"""The page of an organisation's record, and the one with everything about it (一企一档)."""
PORTION = 20_000


def main() -> None:
    """Load, then answer for the clock."""
    call_command("migrate", verbosity=0)
    watch = clock.Stopwatch()
    load_organisations()
    organisations = watch.lap()
    _load_belongings()
    watch.lap()
    recorded = record_facts(SYSTEM, _figures(), note="benchmark")
    facts = watch.lap()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    officer = User.objects.create_user(username="bench", name="bench", role="officer", password=None)
    client = Client()
    client.force_login(officer)
    loaded = {
        "organisations": Organisation.objects.count(),
        "facts": recorded.added,
        "load": {"organisations": organisations, "facts": facts},
    }
    clock.answer(loaded, client, _pages())


def load_organisations() -> None:
    """All of them, in portions."""
    every = bodies()
    while portion := list(islice(every, PORTION)):
        rows = [
            {
                "name": body.name, "short_name": body.short_name, "kind": body.kind, "uscc": body.uscc,
                "region": body.region, "industry": body.industry, "stage": body.stage,
                "founded_on": dt.date.fromisoformat(body.founded_on),
            }
            for body in portion
        ]  # fmt: skip
        register_organisations(SYSTEM, rows, digest="0" * 64, note="benchmark")


def _load_belongings() -> None:
    for body in bodies():
        owner = None
        for kind, values in body.belongings():
            owner = owner or Organisation.objects.get(name=body.name)
            if kind == "qualification":
                qualify(SYSTEM, owner, values["kind"], dt.date.fromisoformat(values["valid_from"]))
            else:
                link = {"unit" if kind == "person" else "owner": owner}
                register(SYSTEM, KINDS[kind], {**values, **link})


def _figures() -> Iterator[FactGiven]:
    keys = dict(Organisation.objects.order_by().values_list("uscc", "pk"))
    subjects = {code.text: f"registry.organisation:{pk}" for code, pk in keys.items()}
    periods = {year: Period.year(year) for year in YEARS}
    for body in bodies():
        for key, year, value, unit in body.figures():
            yield FactGiven(subjects[body.uscc], key, periods[year], value, unit, "import", "benchmark")


def _pages() -> dict[str, str]:
    every = reverse("registry:organisations")
    middle = Organisation.objects.order_by("pk")[Organisation.objects.count() // 2]
    return {
        "list, first page": every,
        "list, page 1,000": f"{every}?page={far_page()}",
        "list, filtered by kind": f"{every}?kind=incubator",
        "list, filtered by industry": f"{every}?industry=26",
        **{f"search, {what}": f"{every}?q={word}" for what, word in WORDS.items()},
        "one organisation": reverse(RECORD, kwargs={"pk": middle.pk}),
        "one organisation, everything": reverse(DOSSIER, kwargs={"pk": middle.pk}),
        "all facts of one organisation": reverse("facts:subject", kwargs={"subject": middle.subject}),
        "facts to put right, one key": f"{reverse('facts:quality')}?key={KEYS[0][0]}",
        "facts out of date, one key": f"{reverse('facts:quality')}?key={KEYS[0][0]}&show=stale",
    }
