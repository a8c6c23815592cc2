"""The table of facts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import PeriodField, SubjectField


class SourceKind(models.TextChoices):
    """Where a fact comes from. Facts of different kinds stand side by side."""

    REPORT = "report", _("统计报表")
    IMPORT = "import", _("批量导入")
    CASE = "case", _("办理事项")
    CONTRACT = "contract", _("合同登记")
    BOOKING = "booking", _("预约记录")
    MANUAL = "manual", _("人工填报")
    READING = "reading", _("文件读取")


PLACE = ("subject", "key", "period", "source_kind", "origin")
"""What only one current fact can have."""


class Fact(models.Model):
    """One statement about one subject for one period, from one source. Rows are added and ended, never changed."""

    subject = SubjectField(_("对象"), history=True)
    """`registry.organisation:12`, `district:…`, `steering.target:7`. A merge moves facts by `effects.merging`."""
    key = models.CharField(_("指标"), max_length=120)
    """Code of the fact dictionary, or a target's own key."""
    period = PeriodField(_("期间"))
    value = models.CharField(_("数值"), max_length=200)
    """Exact, as decimal text in `unit`; a text, code, date or yes/no where the dictionary says so."""
    number = models.DecimalField(max_digits=34, decimal_places=10, null=True, editable=False)
    """The value again for sorting and sums in the database; empty where the value is no number or does not fit."""
    unit = models.CharField(_("单位"), max_length=30, blank=True)
    given = models.CharField(_("原始填写"), max_length=200, blank=True)
    """The value with its unit as it was given, where it was converted."""
    source_kind = models.CharField(_("来源类型"), max_length=20, choices=SourceKind)
    source_link = models.CharField(_("来源"), max_length=300, blank=True)
    origin = models.CharField(_("原属对象"), max_length=400, blank=True, editable=False)
    """Empty; after a merge the subject it came with, so that it stands apart from the fact that was there."""
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.CharField(max_length=64)
    """The actor's id."""
    recorded_by_name = models.CharField(_("记录人"), max_length=120)
    current_until = models.DateTimeField(null=True, editable=False)
    """When it stopped being the current one; empty while it is."""
    superseded_by = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="supersedes"
    )
    """The fact that took its place; empty for a current and for a withdrawn one."""
    withdrawn_because = models.CharField(_("撤回原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["subject", "key", "period", "source_kind", "origin", "recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "subject", "period", "source_kind", "origin"],
                condition=Q(current_until__isnull=True),
                name="fact_one_current",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(current_until__isnull=False),
                name="fact_superseded_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "key", "period", "recorded_at"], name="fact_of_subject"),
            models.Index(fields=["key", "current_until", "subject", "period"], name="fact_of_key"),
        ]


class SourceChoice(models.Model):
    """Which source counts for one place where sources differ, with the reason. Rows are added and ended, never changed."""

    subject = SubjectField(_("对象"), history=True)
    key = models.CharField(_("指标"), max_length=120)
    period = PeriodField(_("期间"))
    source_kind = models.CharField(_("来源类型"), max_length=20, choices=SourceKind)
    origin = models.CharField(_("原属对象"), max_length=400, blank=True, editable=False)
    """Of the chosen fact; source kind and origin together name the source."""
    came_with = models.CharField(max_length=400, blank=True, editable=False)
    """Empty; after a merge the subject that the choice was made for, so that it can go back."""
    reason = models.CharField(_("选定理由"), max_length=300)
    chosen_at = models.DateTimeField(_("选定时间"))
    chosen_by = models.CharField(max_length=64)
    """The actor's id."""
    chosen_by_name = models.CharField(_("选定人"), max_length=120)
    ended_at = models.DateTimeField(null=True, editable=False)
    """When another choice took its place or it was taken back; empty while it holds."""
    ended_by_name = models.CharField(max_length=120, blank=True, editable=False)
    ended_because = models.CharField(_("撤销理由"), max_length=300, blank=True, editable=False)
    """Why it was taken back; empty where another choice took its place."""

    class Meta:
        ordering = ["-chosen_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "period", "came_with"],
                condition=Q(ended_at__isnull=True),
                name="choice_one_standing",
            ),
        ]
        indexes = [models.Index(fields=["subject", "key", "period"], name="choice_of_place")]
