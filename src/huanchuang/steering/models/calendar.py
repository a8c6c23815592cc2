"""The private address of a person's calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from huanchuang.orm.models import Record


class CalendarKey(Record):
    """An address under which one person's calendar is fetched without signing in. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at=None), name="steering_one_calendar_a_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
