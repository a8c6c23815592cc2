"""That somebody was told of a deadline, so that nobody is told twice."""

from __future__ import annotations

from django.db import models

from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record


class Reminder(Record):
    """One telling of one deadline of one thing. Another day of the same deadline is another row."""

    about = SubjectField(history=True)
    """It stays with what it was said about, also when that is merged into something else."""
    occasion = models.CharField(max_length=20)
    """qualification, fee, stale."""
    due_on = models.DateField()
    step = models.PositiveSmallIntegerField()
    """How many days before the end it was meant for: 180, 90, 30, 7; 0 for what is over."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["about", "occasion", "due_on", "step"], name="reminder_once"),
        ]
