"""What was uploaded, and what it is used for."""

from __future__ import annotations

from django.db import models

from huanchuang.accounts.models import FieldClass
from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record


class StoredFile(Record):
    """A checked file. The content lies once on the disk under its digest; a row is one name for it."""

    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the content, 64 hexadecimal digits."""
    kind = models.CharField(max_length=8)
    """What the content is: docx, pdf, html, txt, md, xlsx, csv, png or jpg."""
    name = models.CharField(max_length=200)
    """The name for display, cleaned; never part of a path."""
    size = models.PositiveBigIntegerField()
    """Bytes."""
    notes = models.JSONField(default=list)
    """What the check let pass but wants known: list of {"zh", "en"}."""
    added_by_id = models.CharField(max_length=40)
    added_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "kind", "name"], name="files_one_row_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Use(Record):
    """A subject uses a file. Who may read the subject may read the file through it."""

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="uses")
    about = SubjectField(db_index=True)
    """The subject, `app.model:id`."""
    field_class = models.CharField(max_length=12, choices=FieldClass.choices, default=FieldClass.OWNER)
    is_personal = models.BooleanField(default=False)
    """Holds personal data: each download is entered in the audit trail as a look."""
    added_by_id = models.CharField(max_length=40)
    added_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stored", "about"], name="files_one_use_per_subject")]
