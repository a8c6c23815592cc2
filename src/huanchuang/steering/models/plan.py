"""The plan as it was read: its head, its text and its outline."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.orm import clock
from huanchuang.orm.models import Record


class PlanState(models.TextChoices):
    """How far a plan has come on its way into the ledger."""

    READING = "reading", _("读取中")
    FAILED = "failed", _("读取失败")
    REVIEW = "review", _("待复核")
    IN_FORCE = "in_force", _("执行中")
    REPLACED = "replaced", _("已被修订")


class Review(models.TextChoices):
    """What the officer said about something the reader proposes."""

    PROPOSED = "proposed", _("待复核")
    ACCEPTED = "accepted", _("已采纳")
    REJECTED = "rejected", _("已剔除")


class Plan(Record):
    """A document whose promises are followed. The text is kept whole: offsets of all other rows count its characters."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    """The business moment, as people read it beside deadlines; the audit trail holds the real one."""

    title = models.CharField(_("标题"), max_length=300)
    number = models.CharField(_("发文字号"), max_length=100, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=200, blank=True)
    issued_on = models.DateField(_("成文日期"), null=True, blank=True)
    head = models.JSONField(default=dict)
    """The reader's `document` object as it came."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_digest = models.CharField(max_length=64, unique=True)
    text = models.TextField(blank=True)
    grammar_id = models.CharField(max_length=100, blank=True)
    grammar_version = models.CharField(max_length=40, blank=True)
    grammar_hash = models.CharField(max_length=80, blank=True)
    reading_version = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    """Places the reader could not make out; shown first in the review."""
    state = models.CharField(_("状态"), max_length=12, choices=PlanState.choices, default=PlanState.READING)
    failure = models.TextField(blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Item(Record):
    """A node of the outline, in the order of the text."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=40)
    """The reader's id of the node, unique in the plan: makes writing again harmless."""
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    level = models.CharField(max_length=12)
    number = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=120, blank=True)
    """Numbers from the section down, as an official would cite: 三（一）2."""
    heading = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    """End of the heading."""
    body_end = models.PositiveIntegerField()
    """End of the text below it."""
    position = models.PositiveIntegerField()
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="steering_item_code_in_plan")]

    def __str__(self) -> str:
        return f"{self.number}{self.heading}"
