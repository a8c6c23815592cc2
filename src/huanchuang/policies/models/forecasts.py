"""What a policy would cost."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job


class Forecast(models.Model):
    """One policy put to all organisations, as it stands or with other figures: what it costs, and whom a change moves.

    Rows are added, never changed once the job has ended; nothing of it touches the published policy.
    """

    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    """The hash of the definition that was asked or changed."""
    as_of = models.DateField(_("基准日"))
    rules_on = models.DateField(_("规则日期"), null=True)
    """The day whose rules are supposed; empty for those of `as_of`."""
    changes = models.JSONField(default=list)
    """[{key, part, name, old, new}] of the figures that are supposed to be others."""
    take_up = models.JSONField(default=dict)
    """{usual, by, shares}: the share of those entitled that is expected to ask, as it was typed."""
    take_up_source = models.CharField(_("申报率依据"), max_length=300)
    rules = models.JSONField(default=dict)
    """{published: {version, digest}, before, after: [{id, text, text_en, rule}], cap, is_money}.

    The version it is compared with, and the requirements behind the masks in the file."""
    totals = models.JSONField(default=dict)
    """Cost of all, and how many move which way."""
    organisations = models.PositiveIntegerField(_("主体数"), default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """Each organisation with its groups, the figures that were asked for, and both answers; empty until the job has ended."""
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def subject(self) -> str:
        """What files and notices say they are about."""
        return f"policies.forecast:{self.pk}"

    @property
    def published(self) -> str:
        """The number of another version that decides on the day; "" where it is the one that was asked."""
        known = self.rules.get("published", {})
        return "" if known.get("digest", self.digest) == self.digest else str(known["version"])
