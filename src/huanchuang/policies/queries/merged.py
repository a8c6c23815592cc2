"""What follows from merges of organisations: which one stands for which, and what each brought.

Rows move with an organisation as the register moves everything that points at an entry. What cannot move, because the
kept one has its like, stays where it was: the kept one's counts, and with these questions the other's is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import models

from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.sameness.families import absorbed, came_with, survivors

PREFIX = Organisation._meta.label_lower


def _subjects(keys: Iterable[int]) -> list[str]:
    return [f"{PREFIX}:{key}" for key in keys]


def _key(subject: str) -> int:
    return int(subject.rpartition(":")[2])


def standing_keys(keys: Collection[int]) -> dict[int, int]:
    """Organisation that was put into another → the one that stands for it now; others are not named."""
    return {_key(lost): _key(kept) for lost, kept in survivors(_subjects(keys)).items()}


def standing_key(key: int) -> int:
    """The organisation that stands for one now: itself, mostly."""
    return standing_keys([key]).get(key, key)


def parts_of(keys: Collection[int]) -> dict[int, int]:
    """Organisation that was put into one of these → which of these."""
    return {_key(lost): _key(kept) for lost, kept in absorbed(_subjects(keys)).items()}


def family_of(key: int) -> list[int]:
    """An organisation and all that are one with it by merges, in a fixed order."""
    root = standing_key(key)
    return sorted({key, root, *parts_of([root])})


def brought_by(model: type[models.Model], organisation: Organisation) -> Mapping[int, str]:
    """Row of a model about an organisation → the name under which it was about another one before a merge."""
    return came_with(model._meta.label_lower, organisation.subject)
