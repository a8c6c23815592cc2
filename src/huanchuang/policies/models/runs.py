"""All organisations put to all policies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job


class Run(models.Model):
    """All organisations put to all policies for one day."""

    as_of = models.DateField(_("基准日"))
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """The result as columns; empty until the job has ended well."""
    definitions = models.JSONField(default=list)
    """[{policy, version, digest}] of the policies that were in force."""
    counts = models.JSONField(default=dict)
    """Policy → {yes, no, unknown, fen}."""
    organisations = models.PositiveIntegerField(_("主体数"), default=0)
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def subject(self) -> str:
        """What files and notices say they are about."""
        return f"policies.run:{self.pk}"
