"""办复率, 满意率, A/B/C: by unit and for a time, each number down to its letters. Counted when asked, never stored.

Counted are the letters given to a unit within the time (交办日). 办复率: of those whose first reply was due by the day or
has been sent, the share that has been answered; also how many in time. 满意率: of the answered letters whose newest slip
has come, the share whose answer counts as satisfied by the rules. Shares are exact; nothing to divide by is unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.models import Letter
from huanchuang.steering.queries.letters.lists import LetterFilters
from huanchuang.steering.queries.letters.visibility import visible_letters

DEFINITIONS = (
    (_("统计范围"), _("交办日在所选时间内、有主办单位的件；按现在的主办单位归类")),
    (
        _("办复率"),
        _("已答复件数 ÷ 应答复件数。应答复：已经答复的，加上第一次答复期限（含批准的延期）已到而没有答复的"),
    ),
    (_("按时答复"), _("第一次答复日不晚于答复期限（含批准的延期）的件数")),
    (_("满意率"), _("最近一次反馈计入满意的件数 ÷ 已收到反馈的件数；没有反馈的不计入")),
    (_("办理结果"), _("最近一次答复选定的分类")),
)


@dataclass
class Tally:
    """The numbers of one unit, or of all."""

    name: str
    unit: int | None
    given: int = 0
    expected: int = 0
    answered: int = 0
    in_time: int = 0
    slips: int = 0
    satisfied: int = 0
    again: int = 0
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def answered_share(self) -> Fraction | None:
        """办复率; None while nothing had to be answered."""
        return Fraction(self.answered, self.expected) if self.expected else None

    @property
    def satisfied_share(self) -> Fraction | None:
        """满意率; None while no slip has come."""
        return Fraction(self.satisfied, self.slips) if self.slips else None

    @property
    def of_marks(self) -> list[tuple[str, int]]:
        """Count for each result, in the order of the rules."""
        return [(code, self.marks.get(code, 0)) for code in letter_handling().marks]


@dataclass(frozen=True)
class Statistics:
    """All units, then each; with the time and the day they are as of."""

    total: Tally
    units: Sequence[Tally]
    filters: LetterFilters
    as_of: dt.date


def statistics(user: User, filters: LetterFilters, as_of: dt.date) -> Statistics:
    """The numbers of the letters that a person may see, within a time of assigning."""
    letters = filters.narrow(visible_letters(user).filter(lead__isnull=False), as_of).select_related("lead")
    return tallied(letters, filters, as_of)


def tallied(letters: Iterable[Letter], filters: LetterFilters, as_of: dt.date) -> Statistics:
    """Counts in one pass; pure but for the rules."""
    total = Tally("", None)
    units: dict[int, Tally] = {}
    satisfying = {code for code, answer in letter_handling().answers.items() if answer.satisfied}
    for letter in letters:
        assert letter.lead is not None  # noqa: S101  (letters without a unit are not counted)
        own = units.setdefault(letter.lead.pk, Tally(letter.lead.name, letter.lead.pk))
        for tally in (total, own):
            _count(tally, letter, as_of, satisfying)
    return Statistics(total, sorted(units.values(), key=lambda one: (-one.given, one.name)), filters, as_of)


def _count(tally: Tally, letter: Letter, as_of: dt.date, satisfying: set[str]) -> None:
    answered = letter.first_replied_on is not None
    was_due = letter.first_due_on is not None and letter.first_due_on < as_of
    tally.given += 1
    tally.answered += answered
    tally.expected += answered or was_due
    tally.in_time += bool(
        letter.first_replied_on and letter.first_due_on and letter.first_replied_on <= letter.first_due_on
    )
    tally.slips += bool(letter.verdict)
    tally.satisfied += letter.verdict in satisfying
    tally.again += letter.round > 1
    if answered and letter.mark:
        tally.marks[letter.mark] = tally.marks.get(letter.mark, 0) + 1


def percent(share: Fraction | None) -> str:
    """83.3%, rounded half up; 未知 stays a dash."""
    if share is None:
        return "—"
    tenths = int(share * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"
