"""What stands for what after all merges, for many entries at once: one question for each step of a chain, mostly one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from huanchuang.registry.models import Merge


def survivors(subjects: Collection[str]) -> dict[str, str]:
    """Entry that was put into another → the one that stands for it after all merges. Others are not named."""
    found: dict[str, str] = {}
    ahead = {subject: subject for subject in subjects}
    while ahead:
        rows = _standing().filter(lost__in=set(ahead.values())).values_list("lost", "kept")
        above = {str(lost): str(kept) for lost, kept in rows}
        ahead = {subject: above[place] for subject, place in ahead.items() if place in above}
        found |= ahead
    return found


def absorbed(subjects: Iterable[str]) -> dict[str, str]:
    """Entry that was put into one of these, directly or by others → which of these."""
    found: dict[str, str] = {}
    roots = {subject: subject for subject in subjects}
    while roots:
        rows = _standing().filter(kept__in=set(roots)).values_list("lost", "kept")
        roots = {str(lost): roots[str(kept)] for lost, kept in rows}
        found |= roots
    return found


def came_with(label: str, subject: str) -> Mapping[int, str]:
    """Row of a model (`app.model`) that points at an entry since a merge → what the entry was called that it came with."""
    found: dict[int, str] = {}
    for merge in _standing().filter(kept=subject).order_by("-pk"):
        earlier = came_with(label, str(merge.lost))
        for model, _column, keys in merge.moved:
            if model == label:
                found |= {key: earlier.get(key, merge.lost_title) for key in keys}
    return found


def _standing() -> QuerySet[Merge]:
    return Merge.objects.filter(undone_at__isnull=True)
