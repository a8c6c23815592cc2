"""What is known about one subject: facts by key and period, and related records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.expression.vocabulary import MOST_ROWS, Fact, Plain, Relation, Vocabulary
from huanchuang.engines.kernel.period import Period

Row = Mapping[str, Plain | None]


@dataclass(frozen=True, slots=True)
class Record:
    """`facts`: plain values by key and code of the period ("" for a timeless fact). `rows`: records by key of relation.

    A fact that is not there, or that its fact does not admit, is unknown. A relation that is not there is unknown too; an
    empty one holds no records.
    """

    facts: Mapping[tuple[str, str], Plain | None] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row] | None] = field(default_factory=dict)

    @classmethod
    def of_years(
        cls,
        vocabulary: Vocabulary,
        years: Mapping[int, Row],
        rows: Mapping[str, Sequence[Row] | None] | None = None,
    ) -> Record:
        """From one row per year, as tables of enterprises have them; a timeless fact takes the newest row that is not blank."""
        facts: dict[tuple[str, str], Plain | None] = {}
        for year in sorted(years):
            for fact, value in _named(vocabulary, years[year]):
                if value is not None and fact.admits(value):
                    facts[fact.key, "" if fact.period == "none" else str(year)] = value
        return cls(facts, rows or {})

    def value(self, fact: Fact, period: Period | None) -> Plain | None:
        """The value of a fact in a period, None where it is not known."""
        found = self.facts.get((fact.key, "" if period is None else period.code))
        return found if found is not None and fact.admits(found) else None

    def related(self, relation: Relation) -> Sequence[Row] | None:
        """The records of a relation; None where they are not known or too many to be counted."""
        found = self.rows.get(relation.key)
        return None if found is None or len(found) > MOST_ROWS else found


def _named(vocabulary: Vocabulary, row: Row) -> Iterable[tuple[Fact, Plain | None]]:
    for name, value in row.items():
        entry = vocabulary.fact(name)
        if entry is not None:
            yield entry, value
