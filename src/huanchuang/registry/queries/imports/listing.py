"""Imports that a person may see, and the rows of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from huanchuang.accounts.models import Role, User
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Import, ImportRow, Outcome

PRIVATE = ("achievement", "patent")
"""What may be confidential: such imports are seen by whoever made them only."""
MOST_GROUPS = 30


def visible_imports(user: User) -> QuerySet[Import]:
    """One's own imports; an officer also those of other officers, since colleagues take over each other's work."""
    own = Q(owner=user)
    if user.role == Role.OFFICER:
        own |= (Q(owner__role=Role.OFFICER) | Q(owner=None)) & ~Q(importer__in=PRIVATE)
    return Import.objects.filter(own).select_related("file", "job")


def may_read_import(user: User, subject: str) -> bool:
    """Whether a person may download the file of an import."""
    return visible_imports(user).filter(pk=key_of_subject(subject) or 0).exists()


def rows_of(imported: Import, only: str = "") -> QuerySet[ImportRow]:
    """The rows of an import in the order of the sheet: all, those of an outcome, possible duplicates, or what an undo kept."""
    rows = ImportRow.objects.filter(imported=imported).order_by("number")
    if only == "possible":
        return rows.exclude(possible=[])
    if only == "kept":
        return rows.exclude(kept=[])
    return rows.filter(outcome=only) if only else rows


@dataclass(frozen=True)
class Group:
    """The same problem in many rows: the field, the text that stands there, how often, in which cell first, and the problem."""

    field: str
    text: str
    count: int
    first: str
    problem: dict[str, Any]


def problem_groups(rows: Iterable[Sequence[dict[str, Any]]]) -> list[Group]:
    """Problems that repeat, the most frequent first; `rows` are the problems of each row."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for problems in rows:
        for one in problems:
            found.setdefault((one["field"], one["text"], one["zh"][1]), []).append(one)
    groups = [
        Group(field, text, len(same), same[0]["cell"], same[0])
        for (field, text, _what), same in found.items()
    ]
    return sorted(groups, key=lambda group: -group.count)[:MOST_GROUPS]


def problems_in(imported: Import) -> list[list[dict[str, Any]]]:
    """The problems of each row that has any."""
    return list(rows_of(imported, Outcome.PROBLEM.value).values_list("problems", flat=True))


def problems_by_number(imported: Import) -> dict[int, list[dict[str, Any]]]:
    """The problems of each row that has any, by the number of the row."""
    return dict(rows_of(imported, Outcome.PROBLEM.value).values_list("number", "problems"))
