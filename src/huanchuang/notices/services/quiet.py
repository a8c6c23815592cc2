"""When somebody does not want to be disturbed, and when the digest of a day is due. Plain values in, plain values out."""

from __future__ import annotations

import datetime as dt

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.notices.models import Preference

MORNING = dt.time(8, 0)
"""Hour of the digest for those who keep no quiet hours."""


def is_quiet(preference: Preference, now: dt.datetime, calendar: WorkCalendar) -> bool:
    """Whether no mail may go to this user at `now` (local, aware): a day off, or within the quiet hours.

    Quiet hours include their beginning and exclude their end; equal times mean none; they may go over midnight.
    """
    if preference.workdays_only and not calendar.is_workday(now.date()):
        return True
    begin, end, here = preference.quiet_from, preference.quiet_until, now.time()
    if begin <= end:
        return begin <= here < end
    return here >= begin or here < end


def digest_moment(preference: Preference, now: dt.datetime) -> dt.datetime:
    """When the digest of the day of `now` is due; it holds what was told before."""
    keeps_quiet = preference.quiet_from != preference.quiet_until
    return dt.datetime.combine(now.date(), preference.quiet_until if keeps_quiet else MORNING, now.tzinfo)
