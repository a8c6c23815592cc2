"""The business clock. Audit and sessions use the real one; everything an official reads uses this.

The demonstration district stands on a fixed day (`HUANCHUANG_TODAY`), so that lights and deadlines
do not depend on when it is started.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """The business date in the district's time zone."""
    fixed: dt.date | None = settings.HUANCHUANG_TODAY
    return fixed or timezone.localdate()


def day_in(text: str) -> dt.date | None:
    """The day that an address names, 2026-03-31; None for what is no day of our time."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9000 else None


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day, in the district's time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def now() -> dt.datetime:
    """The business moment: the real time of day, on the business date. Aware."""
    moment = timezone.localtime()
    fixed: dt.date | None = settings.HUANCHUANG_TODAY
    if fixed is None:
        return moment
    return moment.replace(year=fixed.year, month=fixed.month, day=fixed.day)
