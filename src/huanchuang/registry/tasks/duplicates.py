"""The search for entries of a kind that may be one."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from huanchuang.engines.sameness import (
    Blocks,
    OrganisationRecord,
    PersonRecord,
    Verdict,
    organisation_keys,
    person_keys,
    thing_keys,
)
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.jobs import effects as jobs
from huanchuang.jobs.services import Run
from huanchuang.registry.models import Entry
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import PERSON, Kind, kind_named
from huanchuang.registry.queries.sameness.comparing import compare_records
from huanchuang.registry.queries.sameness.judged import Verdicts, ordered
from huanchuang.registry.queries.sameness.places import name_reader
from huanchuang.registry.queries.sameness.records import Record, records
from huanchuang.registry.services.sameness import finding

AT_ONCE = 2000
STEP = 200
"""Entries whose candidates are compared and written in one transaction, with the cursor beside them."""


@jobs.body(finding.FIND_JOB)
def find_duplicates(run: Run) -> dict[str, Any]:
    """Bring entries together by their keys, compare the pairs, keep those that may be one.

    Reading is quick and always gives the same, so a run that takes over reads again and goes on at the cursor.
    """
    kind = kind_named(run.payload["kind"])
    reader, verdicts = name_reader(), Verdicts(kind.subject_prefix)
    keys, made = _read(run, kind)
    partners = _blocks(kind, made, reader).partners()
    namesakes = _namesakes(kind, made)
    total, found = len(made), int(run.cursor.get("found", 0))
    for first in range(bisect_right(keys, int(run.cursor.get("last", 0))), total, STEP):
        pairs = [
            (place, other) for place in range(first, min(first + STEP, total)) for other in partners[place]
        ]
        likely = []
        for place, other in pairs:
            one, two = ordered(_subject(kind, keys[place]), _subject(kind, keys[other]))
            said = verdicts.said(one, two)
            if said == "open" and (verdicts.are_apart(one, two) or verdicts.root(one) == verdicts.root(two)):
                continue
            comparison = compare_records(kind, made[place], made[other], reader, namesakes.get(place))
            if comparison.verdict != Verdict.DIFFERENT or said != "open":
                likely.append((one, two, comparison, said))
        found += len(likely)
        with transaction.atomic():
            finding.remember_found(kind, likely, run.job.subject)
            run.checkpoint({"last": keys[min(first + STEP, total) - 1], "found": found})
        run.progress(min(first + STEP, total), total, "比较")
    finding.forget_others(kind, run.job.subject)
    text = gettext("%(count)s对") % {"count": found}
    return {"url": f"{reverse('registry:duplicates')}?kind={kind.name}", "text": text}


def _subject(kind: Kind, key: int) -> str:
    return f"{kind.subject_prefix}:{key}"


def _read(run: Run, kind: Kind) -> tuple[list[int], list[Record]]:
    """Keys and records of all entries in force that are no secret, in the order of their keys."""
    links = [field.name for field in kind.links]
    among = kind.model._default_manager.filter(retired_on__isnull=True).order_by("pk").select_related(*links)
    keys: list[int] = []
    made: list[Record] = []
    last = 0
    run.progress(0, None, "读取记录")
    while some := list(among.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        shown: list[Entry] = finding.open_to_search(some)
        by_key = records(kind, shown)
        keys += [one.pk for one in shown]
        made += [by_key[one.pk] for one in shown]
        run.progress(0, None, "读取记录")
    return keys, made


def _blocks(kind: Kind, made: list[Record], reader: NameReader) -> Blocks:
    blocks = Blocks()
    for record in made:
        if isinstance(record, OrganisationRecord):
            blocks.add(organisation_keys(record, reader))
        elif isinstance(record, PersonRecord):
            blocks.add(person_keys(record, reader))
        else:
            blocks.add(thing_keys(record, reader.rules))
    return blocks


def _namesakes(kind: Kind, made: list[Record]) -> dict[int, int]:
    """Place of a person → how many others have the name."""
    if kind is not PERSON:
        return {}
    called = [names.normalise(record.name) for record in made if isinstance(record, PersonRecord)]
    count: dict[str, int] = {}
    for name in called:
        count[name] = count.get(name, 0) + 1
    return {place: count[name] - 1 for place, name in enumerate(called)}
