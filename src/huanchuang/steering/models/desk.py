"""What happened at the review desk: who decided, corrected, split, merged or added, and which line became part of which."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.orm.models import Record
from huanchuang.steering.models.plan import Plan
from huanchuang.steering.models.target import Target


class DeskDeed(Record):
    """One deed at the desk, so that the second of two people sees what the first one did. Never changed."""

    class Verb(models.TextChoices):
        ACCEPT = "accept", _("采纳")
        ACCEPT_BATCH = "accept_batch", _("整批采纳")
        KEEP = "keep", _("沿用原版")
        REJECT = "reject", _("剔除")
        TAKE_BACK = "take_back", _("撤回")
        CORRECT = "correct", _("更正")
        SPLIT = "split", _("拆分")
        MERGE = "merge", _("合并")
        ADD = "add", _("添加")

    created_at = models.DateTimeField(default=clock.now, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="desk_deeds")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="desk_deeds")
    verb = models.CharField(max_length=14, choices=Verb.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.target}"


class Absorbed(Record):
    """A line that states the same target as another one and was made part of it; what moved with it can go back."""

    target = models.OneToOneField(Target, on_delete=models.CASCADE, related_name="absorbed")
    into = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="absorbs")
    parts = models.JSONField(default=list)
    """Ids of the lines that hung below it and hang below the kept one now."""
    units = models.JSONField(default=list)
    """Ids of the responsibilities that the kept line took over."""

    def __str__(self) -> str:
        return f"{self.target} → {self.into}"
