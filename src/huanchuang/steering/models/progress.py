"""What happens to a line after it is in force: reports, evidence and transitions."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.orm import clock
from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import State, Target


class Report(Record):
    """A report of progress by a responsible unit or the bureau. Never changed; a later one takes its place."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("截至日期"))
    percent = models.PositiveSmallIntegerField(_("进度"), null=True)
    figure = models.DecimalField(_("达到值"), max_digits=24, decimal_places=6, null=True)
    amount = models.DecimalField(_("累计数"), max_digits=24, decimal_places=6, null=True)
    """For a growth: what was reached itself, in the unit of the baseline; `figure` is computed from it."""
    fact = models.BigIntegerField(null=True)
    """Id of the fact that this report recorded."""
    text = models.TextField(_("进展情况"))
    next_step = models.TextField(_("下一步"), blank=True)
    difficulty = models.TextField(_("困难问题"), blank=True)
    token = models.CharField(max_length=40, unique=True)
    """Made with the form: the second press of the button finds the first one's row."""

    class Meta:
        ordering = ["-as_of", "-id"]

    def __str__(self) -> str:
        return f"{self.target} {self.as_of}"


class Evidence(Record):
    """A file that proves something about a line."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    """The business moment, as people read it beside deadlines; the audit trail holds the real one."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="evidence")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(_("有效期至"), null=True)
    """Last day on which it proves anything; None: for good."""
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["target", "file"], name="steering_file_once_per_line")]

    def holds(self, on: dt.date) -> bool:
        """Whether it still proves something on that day."""
        return self.withdrawn_on is None and (self.valid_until is None or self.valid_until >= on)

    def __str__(self) -> str:
        return self.name


class Transition(Record):
    """One step in the life of a line, with who, when and why."""

    class Verb(models.TextChoices):
        START = "start", _("启动")
        REQUEST_CLOSE = "request_close", _("申请销号")
        VERIFY = "verify", _("核验销号")
        RETURN = "return", _("退回补正")
        ADJUST = "adjust", _("调整")
        END = "end", _("终止")
        REOPEN = "reopen", _("重新打开")

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="transitions")
    verb = models.CharField(max_length=14, choices=Verb.choices)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """None where the product itself took the step, such as when evidence ran out."""
    on = models.DateField()
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.target}"
