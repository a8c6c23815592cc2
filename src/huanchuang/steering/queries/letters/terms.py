"""Days of handling: counted by the rules of the pack and the work calendar. Pure; unknown terms give None."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary.handling import Term

MONTHS = 12


@dataclass(frozen=True)
class Due:
    """The last day of a term and how it came about."""

    day: dt.date
    start: dt.date
    term: Term
    moved: bool
    """True where the day fell on a day of rest and the next working day counts (Civil Code art. 203)."""
    provisional: bool
    """True where the holidays of a year in between are not announced yet."""

    @property
    def why(self) -> str:
        """How the day was counted, in a sentence."""
        words = {"start": self.start.isoformat(), "term": spoken(self.term), "day": self.day.isoformat()}
        told = _("自%(start)s起%(term)s，至%(day)s") % words
        told += _("（末日为休息日，顺延）") if self.moved else ""
        return told + (_("（年度放假安排未公布，暂定）") if self.provisional else "")


class Named(Protocol):
    """An entry of the rules with a name in each language."""

    def name(self, language: str = "zh") -> str:
        """The name in a language."""


def named(entry: Named) -> str:
    """The name of an entry in the reader's language."""
    return entry.name(language())


def spoken(term: Term) -> str:
    """3个工作日; 没有规定 where no rule says."""
    if term.amount is None:
        return _("没有规定")
    units = {"workday": _("%(n)d个工作日"), "day": _("%(n)d日"), "month": _("%(n)d个月")}
    return units[term.unit or "day"] % {"n": term.amount}


def due(term: Term, start: dt.date, days: WorkCalendar) -> Due | None:
    """The last day of a term that begins the day after `start`; None where no rule says how long it is."""
    if term.amount is None:
        return None
    if term.unit == "workday":
        last = days.add_workdays(start, term.amount)
        return Due(last.day, start, term, moved=False, provisional=last.provisional)
    plain = _months_later(start, term.amount) if term.unit == "month" else start + dt.timedelta(term.amount)
    last = days.add_workdays(plain, 0)
    return Due(last.day, start, term, last.day != plain, last.provisional)


def _months_later(day: dt.date, count: int) -> dt.date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + count, MONTHS)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
