"""What follows from what people said about pairs.

Same is transitive, and a merge says the same as a judgement: entries fall into clusters. Different reaches across:
when anybody of one cluster was held to be different from anybody of another, putting the two together contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Judgement, Merge, Said

Pair = tuple[str, str]


def ordered(one: str, other: str) -> Pair:
    """A pair of subjects of one kind as it is stored: the earlier entry first."""
    return (one, other) if _number(one) <= _number(other) else (other, one)


def _number(subject: str) -> tuple[str, int]:
    return subject.partition(":")[0], key_of_subject(subject) or 0


def standing(one: str, other: str) -> Judgement | None:
    """The standing judgement about a pair."""
    first, second = ordered(one, other)
    return Judgement.objects.filter(one=first, other=second, is_current=True).first()


def live_merge(subject: str) -> Merge | None:
    """The merge through which an entry was put into another; None for an entry that stands for itself."""
    return Merge.objects.filter(lost=subject, undone_at__isnull=True).first()


def kept_for(subject: str) -> str:
    """The entry that stands for this one after all merges: itself, mostly."""
    seen = {subject}
    while (found := live_merge(subject)) is not None and found.kept not in seen:
        subject = found.kept
        seen.add(subject)
    return subject


def cluster(subject: str) -> frozenset[str]:
    """All entries that are one with this one by judgements and merges, itself among them."""
    known, fresh = {subject}, {subject}
    while fresh:
        fresh = _neighbours(fresh) - known
        known |= fresh
    return frozenset(known)


def _neighbours(subjects: Iterable[str]) -> set[str]:
    some = list(subjects)
    said = Judgement.objects.filter(
        Q(one__in=some) | Q(other__in=some), verdict=Said.SAME, is_current=True
    ).values_list("one", "other")
    merged = Merge.objects.filter(Q(kept__in=some) | Q(lost__in=some), undone_at__isnull=True).values_list(
        "kept", "lost"
    )
    return {end for pair in (*said, *merged) for end in pair}


def contradictions(one: str, other: str) -> list[Judgement]:
    """Standing judgements that hold somebody of the one's cluster to be different from somebody of the other's."""
    left, right = cluster(one), cluster(other)
    return list(
        Judgement.objects.filter(
            Q(one__in=left, other__in=right) | Q(one__in=right, other__in=left),
            verdict=Said.DIFFERENT,
            is_current=True,
        )
    )


def are_one(one: str, other: str) -> bool:
    """Whether the two are one already by what was said."""
    return other in cluster(one)


class Verdicts:
    """Everything said about entries of one kind, held in memory for a search through all of them."""

    def __init__(self, prefix: str) -> None:
        begins = f"{prefix}:"
        said = Judgement.objects.filter(one__startswith=begins, is_current=True).values_list(
            "one", "other", "verdict"
        )
        merges = Merge.objects.filter(kept__startswith=begins, undone_at__isnull=True).values_list(
            "kept", "lost"
        )
        self._root: dict[str, str] = {}
        self.judged: dict[Pair, str] = {}
        for one, other, verdict in said:
            self.judged[one, other] = verdict
        for one, other in [*merges, *(pair for pair, verdict in self.judged.items() if verdict == Said.SAME)]:
            self._root[self.root(one)] = self.root(other)
        self._apart = {
            frozenset({self.root(one), self.root(other)})
            for (one, other), verdict in self.judged.items()
            if verdict == Said.DIFFERENT
        }

    def root(self, subject: str) -> str:
        """The entry that names the cluster of this one."""
        while (above := self._root.get(subject, subject)) != subject:
            subject = above
        return subject

    def are_apart(self, one: str, other: str) -> bool:
        """Whether their clusters were held to be different."""
        return frozenset({self.root(one), self.root(other)}) in self._apart

    def said(self, one: str, other: str) -> str:
        """The standing judgement about this very pair, open where there is none."""
        return self.judged.get(ordered(one, other), Said.OPEN)
