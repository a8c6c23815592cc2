"""Every edit of every entry: what was said, by whom, from where, when. Rows are only added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import SubjectField


class Revision(models.Model):
    """One edit. The state of an entry on a past day is what its revisions until then add up to."""

    subject_of = SubjectField(_("对象"), history=True)
    number = models.PositiveIntegerField(_("版次"))
    """The version of the entry after this edit."""
    at = models.DateTimeField(_("时间"))
    deed = models.CharField(_("操作"), max_length=20)
    """register, change, confirm, retire, merge, unmerge, import, undo."""
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("操作人"), max_length=120)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    values = models.JSONField(default=dict)
    """Field name → new plain value, of those that this edit set."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_of", "id"], name="revision_of_subject")]
