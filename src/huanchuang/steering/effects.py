"""News from below: files ask who may read them, the ticker asks for reminders."""

from __future__ import annotations

from huanchuang.files.effects import may_read
from huanchuang.jobs.effects import every
from huanchuang.orm import clock
from huanchuang.steering.queries import visibility
from huanchuang.steering.services.remind import remind_due

HOURLY = 3600.0


def connect() -> None:
    """Answer what the slices below ask."""
    may_read("steering.plan", visibility.may_read_plan)
    may_read("steering.target", visibility.may_read_evidence)
    every(HOURLY, "steering.remind_due")(lambda: remind_due(clock.today()))
