"""Figures of a sheet recorded, and taken back: what they superseded counts again, what was not there before is withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import Fact, SourceKind
from huanchuang.facts.queries.values import current
from huanchuang.facts.services.bulk import put_facts
from huanchuang.facts.services.record import TICK
from huanchuang.facts.services.sheets.columns import figure_named
from huanchuang.facts.services.values import FactGiven, said_by
from huanchuang.orm import clock
from huanchuang.registry.models import ImportRow, Outcome
from huanchuang.registry.services.imports import Checked

AT_ONCE = 500
LONGEST_REASON = 300
Written = tuple[ImportRow, str, Mapping[str, Any]]
"""A row, the field, and what was written there."""


def write(actor: Actor, checked: Sequence[Checked]) -> None:
    """Record the figures of new and changed rows, inside the caller's transaction, which writes the audit entry."""
    good = (one for one in checked if one.outcome in (Outcome.NEW.value, Outcome.CHANGED.value))
    put_facts(actor, (said for one in good for said in one.entry))


def take_back(actor: Actor, rows: Sequence[ImportRow]) -> None:
    """Take back what rows wrote, inside the caller's transaction. What was corrected since stays, and is told."""
    written = [(row, name, figure) for row in rows for name, figure in row.values.items()]
    for part in _parts(written):
        standing = _standing(part)
        back: list[FactGiven] = []
        gone: list[Fact] = []
        for row, name, figure in part:
            fact = standing.get((row.subject_of, figure["key"], figure["period"]))
            if fact is None or _content(fact) != (figure["value"], figure["unit"], figure["link"]):
                row.kept.append(_changed_since(name))
            elif name in row.before:
                back.append(_before(row, row.before[name]))
            else:
                gone.append(fact)
        put_facts(actor, map(said_by, back))
        _withdraw(gone, f"撤销导入：{_source(part)}"[:LONGEST_REASON])


def _parts(written: Sequence[Written]) -> Iterator[Sequence[Written]]:
    for start in range(0, len(written), AT_ONCE):
        yield written[start : start + AT_ONCE]


def _standing(part: Sequence[Written]) -> dict[tuple[str, str, str], Fact]:
    facts = (
        current()
        .select_for_update()
        .filter(
            subject__in={row.subject_of for row, _, _ in part},
            key__in={figure["key"] for _, _, figure in part},
            source_kind=SourceKind.IMPORT,
            origin="",
        )
    )
    return {(fact.subject, fact.key, fact.period.code): fact for fact in facts}


def _content(fact: Fact) -> tuple[str, str, str]:
    return (fact.value, fact.unit, fact.source_link)


def _before(row: ImportRow, before: Mapping[str, Any]) -> FactGiven:
    return FactGiven(
        row.subject_of,
        before["key"],
        Period.from_code(before["period"]),
        before["value"],
        before["unit"],
        SourceKind.IMPORT,
        before["link"],
        before["note"],
    )


def _withdraw(facts: Iterable[Fact], reason: str) -> None:
    """End facts without others in their place, each after the moment it was recorded at."""
    now = clock.now()
    ending: dict[dt.datetime, list[int]] = {}
    for fact in facts:
        ending.setdefault(max(now, fact.recorded_at + TICK), []).append(fact.pk)
    for moment, keys in ending.items():
        Fact.objects.filter(pk__in=keys).update(current_until=moment, withdrawn_because=reason)


def _source(part: Sequence[Written]) -> str:
    return str(part[0][2]["link"])


def _changed_since(name: str) -> list[str]:
    figure = figure_named(name)
    zh, en = (figure.label("zh"), figure.label("en")) if figure else (name, name)
    return [f"{zh}：导入后又被更正或撤回，保留现在的数值", f"{en}: corrected or withdrawn since, kept"]
