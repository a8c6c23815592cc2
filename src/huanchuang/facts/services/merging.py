"""Facts and the choices among their sources follow their subject into another one, and back.

`origin` says which subject a fact came with, `came_with` the same of a choice; so neither stands in the way of one that
was there, and both go back exactly. Those of several merges stand one after the other, the last one first, with a
blank between them.
"""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Substr

from huanchuang.facts.models import Fact, SourceChoice
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
    """Let every fact that came with `lost`, and every correction of one, be about `lost` again."""
    _give_way(kept, lost)
    SourceChoice.objects.filter(_came("came_with", lost), subject=kept).update(
        subject=lost, origin=_back("origin", lost), came_with=_back("came_with", lost)
    )
    return Fact.objects.filter(_came("origin", lost), subject=kept).update(
        subject=lost, origin=_back("origin", lost)
    )


def _give_way(kept: str, lost: str) -> None:
    """What a source said about `lost` itself meanwhile supersedes what comes back from the same source."""
    for late in Fact.objects.filter(subject=lost, origin="", current_until__isnull=True):
        returning = Fact.objects.filter(
            subject=kept, origin=lost, key=late.key, period=late.period, source_kind=late.source_kind,
            current_until__isnull=True,
        ).first()  # fmt: skip
        if returning is not None:
            returning.current_until = max(late.recorded_at, returning.recorded_at + TICK)
            returning.superseded_by = late
            returning.save(update_fields=["current_until", "superseded_by"])


def _deeper(column: str, lost: str) -> Case:
    """The path of merges with one more step at its beginning."""
    return Case(When(**{column: "", "then": Value(lost)}), default=Concat(Value(f"{lost} "), F(column)))


def _came(column: str, lost: str) -> Q:
    return Q(**{column: lost}) | Q(**{f"{column}__startswith": f"{lost} "})


def _back(column: str, lost: str) -> Case:
    """The path without its first step."""
    return Case(When(**{column: lost, "then": Value("")}), default=Substr(column, len(lost) + 2))
