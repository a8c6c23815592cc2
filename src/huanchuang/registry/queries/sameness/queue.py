"""The candidates that wait for a person, as far as a reader may know of both entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.engines.sameness import Mark, Verdict
from huanchuang.registry.models import Candidate, Merge, Said
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, PATENT, Kind, kind_named
from huanchuang.registry.queries.links import entries_of
from huanchuang.registry.queries.organisations import find
from huanchuang.registry.queries.sameness.merging import called
from huanchuang.registry.queries.visibility import visible

PAGE_SIZE = 50
MOST_FOUND = 500
STATES = {
    Said.OPEN.value: _("待判断"),
    Said.UNSURE.value: _("拿不准"),
    Said.SAME.value: _("相同，待合并"),
    Said.DIFFERENT.value: _("不同"),
    "merged": _("已合并"),
}
PROPOSED = {Verdict.SAME.value: _("很可能相同"), Verdict.UNSURE.value: _("可能相同")}


@dataclass(frozen=True)
class Asked:
    """What a reader asked the queue for; all of it stands in the address."""

    said: str = Said.OPEN.value
    kind: str = ""
    proposed: str = ""
    text: str = ""
    of: str = ""
    """A subject: only pairs with this entry in them."""


@dataclass(frozen=True)
class Row:
    """One candidate of the list: both entries and, in short, what speaks for and against."""

    candidate: Candidate
    kind: Kind
    names: tuple[str, str]
    agreeing: Sequence[Mapping[str, str]]
    differing: Sequence[Mapping[str, str]]


def asked_in(words: Mapping[str, str]) -> Asked:
    """The words of an address as a question; unknown ones fall back to the usual."""
    return Asked(
        said=words.get("said", "") if words.get("said") in STATES else Said.OPEN.value,
        kind=words.get("kind", "") if words.get("kind") in KINDS else "",
        proposed=words.get("proposed", "") if words.get("proposed") in PROPOSED else "",
        text=words.get("q", "").strip()[:80],
        of=words.get("of", "")[:120],
    )


def queue(user: User, asked: Asked, hidden: Sequence[str] | None = None) -> QuerySet[Candidate]:
    """The candidates of a list, the likeliest first; `hidden` are `secrets` of this reader, where they are known already."""
    found = known_to(user, Candidate.objects.all(), hidden)
    merged = Merge.objects.filter(undone_at__isnull=True).values("lost")
    is_merged = Q(one__in=merged) | Q(other__in=merged)
    if asked.said == "merged":
        found = found.filter(is_merged, said=Said.SAME)
    else:
        found = found.filter(said=asked.said).exclude(is_merged)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.proposed:
        found = found.filter(proposed=asked.proposed)
    if asked.of:
        found = found.filter(Q(one=asked.of) | Q(other=asked.of))
    if asked.text:
        subjects = _called(user, asked)
        found = found.filter(Q(one__in=subjects) | Q(other__in=subjects))
    return found.order_by("-score", "id")


def known_to(
    user: User, candidates: QuerySet[Candidate], hidden: Sequence[str] | None = None
) -> QuerySet[Candidate]:
    """Without pairs of which a reader may not know: confidential achievements and their patents."""
    secret = secrets(user) if hidden is None else hidden
    return candidates.exclude(Q(one__in=secret) | Q(other__in=secret)) if secret else candidates


def secrets(user: User) -> list[str]:
    """Subjects of achievements and patents that a reader may not know of."""
    found: list[str] = []
    for kind in (ACHIEVEMENT, PATENT):
        seen = visible(user, kind).values("pk")
        hidden = kind.model._default_manager.exclude(pk__in=seen).order_by().values_list("pk", flat=True)
        found += [f"{kind.subject_prefix}:{pk}" for pk in hidden]
    return found


def _called(user: User, asked: Asked) -> list[str]:
    kinds = [kind_named(asked.kind)] if asked.kind else list(KINDS.values())
    return [
        f"{kind.subject_prefix}:{pk}"
        for kind in kinds
        for pk in find(asked.text, visible(user, kind))
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST_FOUND]
    ]


def rows(user: User, candidates: Iterable[Candidate]) -> list[Row]:
    """The candidates with their entries; a pair of which one is gone is left out."""
    some = list(candidates)
    entries = entries_of(user, (end for one in some for end in (one.one, one.other)))
    for kind in KINDS.values():  # who owns them, asked once for each kind
        own = [entry for entry in entries.values() if isinstance(entry, kind.model)]
        if own and kind.owner_field:
            prefetch_related_objects(own, kind.owner_field)
    return [
        Row(
            one,
            kind_named(one.kind),
            called(entries[one.one], entries[one.other]),
            _labels(one.comparison, Mark.AGREE, Mark.NEAR),
            _labels(one.comparison, Mark.DIFFER),
        )
        for one in some
        if one.one in entries and one.other in entries
    ]


def _labels(comparison: Mapping[str, Any], *marks: str) -> list[Mapping[str, str]]:
    """The fields with these marks, the weightiest first, as {label_zh, label_en}."""
    hit = [row for row in comparison.get("fields", ()) if row["mark"] in marks]
    return [
        {"zh": row["label_zh"], "en": row["label_en"]}
        for row in sorted(hit, key=lambda row: -abs(row["bits"]))
    ]


def counts(user: User, hidden: Sequence[str]) -> Mapping[str, int]:
    """Kind → pairs that wait for a judgement."""
    waiting = queue(user, Asked(), hidden).order_by().values_list("kind").annotate(count=Count("pk"))
    return {str(name): int(count) for name, count in waiting}


def next_to(user: User, asked: Asked, candidate: Candidate) -> Candidate | None:
    """The next one of the same list."""
    after = Q(score__lt=candidate.score) | Q(score=candidate.score, pk__gt=candidate.pk)
    return queue(user, asked).filter(after).exclude(pk=candidate.pk).first()
