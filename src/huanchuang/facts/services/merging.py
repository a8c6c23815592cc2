"""Facts and the choices among their sources follow their subject into another one, and back.

`origin` says which subject a fact came with, `came_with` the same of a choice; so neither stands in the way of one that
was there, and both go back exactly. Those of several merges stand one after the other, the last one first, with a
blank between them.
"""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Substr

from huanchuang.facts.models import Fact, SourceChoice
from huanchuang.facts.queries.choices import standing_choices
from huanchuang.facts.queries.values import current
from huanchuang.facts.services.record import TICK


def move_facts(kept: str, lost: str) -> int:
    """Let every fact about `lost`, ended ones too, be about `kept`. Returns how many facts that were.

    Call it inside the transaction of the merge, which writes the audit entry.
    """
    SourceChoice.objects.filter(subject=lost).update(
        subject=kept, origin=_deeper("origin", lost), came_with=_deeper("came_with", lost)
    )
    return Fact.objects.filter(subject=lost).update(subject=kept, origin=_deeper("origin", lost))


def move_facts_back(kept: str, lost: str) -> int:
    """Let every fact that came with `lost`, and every correction of one, be about `lost` again.

    Where somebody recorded or chose about `lost` itself in the meantime, two meet in one place: the earlier ends where the
    later began, as if both had been said there.
    """
    _end_older_choices(kept, lost)
    _end_older_facts(kept, lost)
    SourceChoice.objects.filter(_came("came_with", lost), subject=kept).update(
        subject=lost, origin=_back("origin", lost), came_with=_back("came_with", lost)
    )
    return Fact.objects.filter(_came("origin", lost), subject=kept).update(
        subject=lost, origin=_back("origin", lost)
    )


def _end_older_facts(kept: str, lost: str) -> None:
    coming = current().filter(_came("origin", lost), subject=kept).select_for_update()
    there = {
        (fact.key, fact.period.code, fact.source_kind, fact.origin): fact
        for fact in current().filter(subject=lost)
    }
    for fact in coming if there else ():
        met = there.get((fact.key, fact.period.code, fact.source_kind, _path_back(fact.origin, lost)))
        if met is not None:
            older, later = sorted((fact, met), key=lambda one: (one.recorded_at, one.pk))
            older.current_until, older.superseded_by = max(later.recorded_at, older.recorded_at + TICK), later
            older.save(update_fields=["current_until", "superseded_by"])


def _end_older_choices(kept: str, lost: str) -> None:
    coming = standing_choices().filter(_came("came_with", lost), subject=kept).select_for_update()
    there = {
        (one.key, one.period.code, one.came_with): one for one in standing_choices().filter(subject=lost)
    }
    for choice in coming if there else ():
        met = there.get((choice.key, choice.period.code, _path_back(choice.came_with, lost)))
        if met is not None:
            older, later = sorted((choice, met), key=lambda one: (one.chosen_at, one.pk))
            older.ended_at = max(later.chosen_at, older.chosen_at + TICK)
            older.ended_by_name = later.chosen_by_name
            older.save(update_fields=["ended_at", "ended_by_name"])


def _path_back(path: str, lost: str) -> str:
    """A path of merges without its first step, as `_back` says it to the database."""
    return path.removeprefix(lost).removeprefix(" ")


def _deeper(column: str, lost: str) -> Case:
    """The path of merges with one more step at its beginning."""
    return Case(When(**{column: "", "then": Value(lost)}), default=Concat(Value(f"{lost} "), F(column)))


def _came(column: str, lost: str) -> Q:
    return Q(**{column: lost}) | Q(**{f"{column}__startswith": f"{lost} "})


def _back(column: str, lost: str) -> Case:
    """The path without its first step."""
    return Case(When(**{column: lost, "then": Value("")}), default=Substr(column, len(lost) + 2))
