"""What is known about one subject: facts by key and period, and related records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.expression.vocabulary import FIRST_DAY, MOST_ROWS, Fact, Plain, Relation, Vocabulary
from huanchuang.engines.kernel.period import Period

Row = Mapping[str, Plain | None]


@dataclass(frozen=True, slots=True)
class Record:
    """`facts`: plain values by key and code of the period ("" for a timeless fact). `rows`: records by key of relation.

    A fact that is not there, or that its fact does not admit, is unknown. A relation that is not there is unknown too; an
    empty one holds no records. `stale`: the timeless facts that are unknown because what is known of them is too old.
    """

    facts: Mapping[tuple[str, str], Plain | None] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row] | None] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()

    @classmethod
    def of_years(
        cls,
        vocabulary: Vocabulary,
        years: Mapping[int, Row],
        rows: Mapping[str, Sequence[Row] | None] | None = None,
        *,
        recorded: Mapping[int, int | None] | None = None,
        as_of: int = FIRST_DAY,
    ) -> Record:
        """From one row per year, as tables of enterprises have them; a timeless fact takes the newest row that is not blank.

        `recorded`: by year the day its row was recorded; a timeless value that is too old on `as_of` is left out as stale.
        """
        facts: dict[tuple[str, str], Plain | None] = {}
        days = recorded or {}
        stale: set[str] = set()
        for year in sorted(years):
            for fact, value in _named(vocabulary, years[year]):
                if value is None or not fact.admits(value):
                    continue
                place = fact.key, "" if fact.period == "none" else str(year)
                stale.discard(fact.key)
                facts[place] = value
                if fact.is_stale(days.get(year), as_of):
                    stale.add(fact.key)
                    facts[place] = None
        return cls(facts, rows or {}, frozenset(stale))

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
