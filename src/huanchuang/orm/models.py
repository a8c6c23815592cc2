"""The base of every table."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import F

from huanchuang.orm.numbers import whole_number


class EditedMeanwhile(Exception):
    """Somebody else changed the record between reading and saving; nothing was written."""

    def __init__(self, record: Record) -> None:
        super().__init__(f"{record._meta.label} {record.pk} was changed by somebody else")
        self.record = record


class Record(models.Model):
    """A row that knows when it came, when it last changed and how often (optimistic lock)."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """The name under which audit, files, jobs and facts know this row, `app.model:id`."""
        return f"{self._meta.label_lower}:{self.pk}"


def key_of_subject(subject: str) -> int | None:
    """The key in a subject; None where it is no plain number that fits a column of keys."""
    return whole_number(subject.partition(":")[2])


R = TypeVar("R", bound=Record)


def save_versioned(record: R, expected_version: int) -> R:
    """Save `record` if its stored version is still `expected_version`; the version grows by one.

    Raises EditedMeanwhile when another edit came first; nothing is written then.
    """
    manager = type(record)._default_manager
    claimed = manager.filter(pk=record.pk, version=expected_version).update(version=F("version") + 1)
    if not claimed:
        raise EditedMeanwhile(record)
    record.version = expected_version + 1
    record.save()
    return record
