"""修订: a corrected version of a plan, and the lines as they stood in the version before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.steering.models.plan import Plan
from huanchuang.steering.models.target import Target


class Fate(models.TextChoices):
    """What became of a clause or of a line in the corrected version."""

    SAME = "same", _("未变")
    MOVED = "moved", _("序号有变")
    CHANGED = "changed", _("有修改")
    NEW = "new", _("新增")
    GONE = "gone", _("删除")


class Revision(Record):
    """`plan` is the corrected version of `of`; it takes its place when its review ends."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="revision")
    of = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    reason = models.TextField(_("修订原因"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    in_force_on = models.DateField(null=True)
    """The day it took the place of the version before; None while it is under review."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.of} → {self.plan}"


class FormerLine(Record):
    """A line as it stood before a revision. Never changed."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="former_lines")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="former")
    fate = models.CharField(max_length=8, choices=Fate.choices)
    values = models.JSONField(default=dict)
    """name, quote, goal, due, lead, co, path, start and end in the text of the version before."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "target"], name="steering_former_line_once")
        ]

    def __str__(self) -> str:
        return str(self.values.get("name", ""))
