"""What a question depends on besides facts: its day, the values of parameters on that day, the work calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from huanchuang.engines.expression.vocabulary import Plain
from huanchuang.engines.kernel.period import Period
from huanchuang.engines.kernel.problem import refuse
from huanchuang.engines.kernel.workcalendar import WorkCalendar

FIRST_YEAR, LAST_YEAR = 1930, 2199


@dataclass(frozen=True)
class Situation:
    """`parameters`: plain values by key; a parameter that is missing or None has no value, so what rests on it is unknown.

    Without a `calendar` Monday to Friday are worked, and every year is provisional.
    """

    as_of: date
    parameters: Mapping[str, Plain | None] = field(default_factory=dict)
    calendar: WorkCalendar | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.as_of.year <= LAST_YEAR:
            raise refuse(
                "expression.as-of",
                (f"基准日“{self.as_of}”", f"不在{FIRST_YEAR}年至{LAST_YEAR}年之间", "请核对年份"),
                (
                    f'as-of date "{self.as_of}"',
                    f"is not between {FIRST_YEAR} and {LAST_YEAR}",
                    "Check the year",
                ),
            )

    def period(self, kind: str, back: int) -> Period:
        """The period of a kind, `back` before the running one: 1 is the last that ended before the day of the question."""
        found = Period.containing(self.as_of, kind)
        for _ in range(back):
            found = found.previous()
        return found

    def last(self, kind: str, count: int) -> tuple[Period, ...]:
        """The last `count` periods of a kind that ended before the day of the question, oldest first."""
        return tuple(self.period(kind, back) for back in range(count, 0, -1))
