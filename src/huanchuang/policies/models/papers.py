"""Policy papers, and what an officer decided of each proposal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job
from huanchuang.orm.models import Record


class PaperState(models.TextChoices):
    """How far a paper is on its way to a draft."""

    READING = "reading", _("正在读取")
    FAILED = "failed", _("没有读成")
    REVIEW = "review", _("待确认")
    DRAFTED = "drafted", _("已生成草稿")


class PolicyPaper(Record):
    """A policy as its paper says it, and what the reader proposes to make of it. Nothing here decides anything."""

    title = models.CharField(_("标题"), max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """Of the file: the same paper is read once."""
    text = models.TextField(blank=True)
    items = models.JSONField(default=list)
    """What is proposed: [{kind, id, start, end, clause, value, confidence, why, why_en}]; places count in the text."""
    words = models.JSONField(default=dict)
    """The pack of forms that read it: {id, version, hash}."""
    state = models.CharField(_("状态"), max_length=10, choices=PaperState, default=PaperState.READING)
    failure = models.TextField(blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(_("草稿编号"), max_length=100, blank=True)
    """The id of the draft that was made of it."""
    given_by_name = models.CharField(_("上传人"), max_length=120)

    class Meta:
        ordering = ["-created_at", "-id"]


class Verdict(Record):
    """What a person said of one proposed item: taken, with the value that holds, or dropped."""

    paper = models.ForeignKey(PolicyPaper, on_delete=models.PROTECT, related_name="verdicts")
    item = models.CharField(max_length=20)
    is_taken = models.BooleanField()
    value = models.JSONField(default=dict)
    """By the names of the form of policies; for a dropped item as it was proposed."""
    given_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "item"], name="verdict_one_an_item")]
