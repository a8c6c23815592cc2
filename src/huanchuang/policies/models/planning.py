"""What an organisation plans: what-ifs kept under a name, and the private calendar of windows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation


class Supposition(models.Model):
    """Other figures tried for a policy of an organisation, and what would come of them: kept apart from facts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    name = models.CharField(_("名称"), max_length=80)
    policy_version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    as_of = models.DateField(_("基准日"))
    changed = models.JSONField(default=list)
    """[{place, name, before, after}]: `place` is the box it was typed in, the values as they were read and typed."""
    result_before = models.CharField(max_length=20)
    fen_before = models.BigIntegerField(null=True)
    result = models.CharField(_("结果"), max_length=20)
    fen = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField(_("保存时间"))
    kept_by_name = models.CharField(_("保存人"), max_length=120)

    class Meta:
        ordering = ["-kept_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "policy", "name"], name="supposition_name_once"),
        ]


class WindowKey(Record):
    """An address under which a person's calendar of one organisation's windows is fetched without signing in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """Of the secret part of the address, which is shown once and not kept."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(revoked_at=None),
                name="windows_one_calendar_each",
            )
        ]
