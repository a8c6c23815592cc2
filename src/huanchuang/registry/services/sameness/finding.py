"""Pairs that may be one: put forward by a person, or found by a search through all entries of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext

from huanchuang.accounts.models import User
from huanchuang.audit import services as audit
from huanchuang.engines.sameness import Comparison
from huanchuang.jobs.models import Job
from huanchuang.jobs.services import start
from huanchuang.registry.models import Candidate, Entry, Said
from huanchuang.registry.queries.kinds import Kind, kind_of
from huanchuang.registry.queries.sameness.comparing import compare_entries, lookalikes
from huanchuang.registry.queries.sameness.judged import ordered, standing
from huanchuang.registry.services.revise import is_hidden
from huanchuang.registry.services.sameness.judging import refuse_pair

FIND_JOB = "registry.find_duplicates"
Found = tuple[str, str, Comparison, str]
"""Both subjects, the comparison, and what was said about the pair."""


def start_search(actor: audit.Actor, kind: Kind, *, inline: bool = False) -> Job:
    """Start the search for duplicates of a kind; while one is under way, that one is returned."""
    title = gettext("查找重复：%(kind)s") % {"kind": kind.label}
    return start(FIND_JOB, actor, {"kind": kind.name}, title, dedupe=kind.name, inline=inline)


def put_forward(actor: audit.Actor, one: Entry, other: Entry) -> Candidate:
    """Let a person compare two entries of their own choice; the comparison of an earlier look is renewed.

    Raises ProblemError for two kinds or one entry. Confidential entries are for their insiders' eyes: the caller sees
    to it that the person may know of both.
    """
    refuse_pair(one, other)
    comparison = compare_entries(kind_of(one), one, other)
    first, second = ordered(one.subject, other.subject)
    said = standing(first, second)
    with transaction.atomic():
        made, new = Candidate.objects.update_or_create(
            one=first,
            other=second,
            defaults={
                "kind": kind_of(one).name,
                "score": comparison.score,
                "proposed": str(comparison.verdict),
                "comparison": comparison.as_data(),
                "said": said.verdict if said else Said.OPEN,
            },
        )
        if new:
            audit.record(actor, "registry.duplicate.put_forward", first, after={"with": second})
    return made


def put_forward_alike(actor: audit.Actor, user: User, entry: Entry) -> list[Candidate]:
    """Put forward whatever a person may know of that is like an entry; nothing for a confidential one."""
    if is_hidden(entry):
        return []
    found = lookalikes(user, kind_of(entry), entry)
    return [put_forward(actor, entry, one.entry) for one in found if not is_hidden(one.entry)]


def remember_found(kind: Kind, found: Sequence[Found], search: str) -> None:
    """Write what a search found: new pairs and renewed comparisons. Call it inside a transaction."""
    firsts, others = {one for one, *_ in found}, {other for _, other, *_ in found}
    rows = Candidate.objects.filter(one__in=firsts, other__in=others)
    stored = {(str(row.one), str(row.other)): row for row in rows}
    fresh: list[Candidate] = []
    known: list[Candidate] = []
    for one, other, comparison, said in found:
        row = stored.get((one, other)) or Candidate(kind=kind.name, one=one, other=other)
        row.score, row.proposed, row.said = comparison.score, str(comparison.verdict), said
        row.comparison, row.found_by = comparison.as_data(), search
        (known if row.pk else fresh).append(row)
    Candidate.objects.bulk_create(fresh, batch_size=200, ignore_conflicts=True)
    Candidate.objects.bulk_update(
        known, ["score", "proposed", "said", "comparison", "found_by"], batch_size=200
    )


def forget_others(kind: Kind, search: str) -> int:
    """After a search went through everything: open pairs that it did not find again are gone; returns how many."""
    gone, _ = (
        Candidate.objects.filter(kind=kind.name, said=Said.OPEN).exclude(found_by__in=[search, ""]).delete()
    )
    return gone


def open_to_search(entries: Iterable[Entry]) -> list[Entry]:
    """Without what is confidential: a list of candidates must not tell of it."""
    return [one for one in entries if not is_hidden(one)]
