"""Firms told of a policy (精准推送): lists, pushes, and each telling once for a version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.jobs.models import Job
from huanchuang.policies.models.runs import Run
from huanchuang.registry.models import Organisation


class Segment(models.TextChoices):
    """Part of what a run came to for a policy, as lists are made of it."""

    YES = "yes", _("符合")
    NEAR = "near", _("差一点")
    FEW = "few", _("差一两项数据")
    UNKNOWN = "unknown", _("无法判断")
    NO = "no", _("不符合")


class Push(models.Model):
    """Organisations of a run's list to be told of one policy (精准推送): who chose them, and the job that tells them."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    segment = models.CharField(_("名单"), max_length=10, choices=Segment)
    chosen = models.JSONField(default=list)
    """Keys of the organisations, in the order of the list."""
    message = models.CharField(_("附言"), max_length=300, blank=True)
    again_because = models.CharField(_("再次推送的理由"), max_length=300, blank=True)
    """Empty: organisations told of this version before are left out."""
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by = models.CharField(max_length=64)
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["policy", "-asked_at"], name="push_of_policy")]

    @property
    def subject(self) -> str:
        """What audit and jobs say they are about."""
        return f"policies.push:{self.pk}"


class TellingState(models.TextChoices):
    """What became of telling one organisation."""

    TOLD = "told", _("已告知")
    BEFORE = "before", _("此前已告知")
    NOBODY = "nobody", _("没有账户")
    CHANGED = "changed", _("结论已变，未发")


class Telling(models.Model):
    """One organisation of a push: told or not, and what it was told. Rows are added, never changed."""

    push = models.ForeignKey(Push, on_delete=models.PROTECT, related_name="tellings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    version = models.CharField(_("版本"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=TellingState)
    result = models.CharField(_("结果"), max_length=20)
    """As it was decided on the day of the telling."""
    fen = models.BigIntegerField(null=True)
    people = models.PositiveSmallIntegerField(_("人数"), default=0)
    is_again = models.BooleanField(default=False)
    told_at = models.DateTimeField(_("时间"))
    addressed = models.BigIntegerField(editable=False)
    """The key of the organisation when it was told: its notices are known by it, also after a merge."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["push", "organisation"], name="telling_once_a_push"),
            models.UniqueConstraint(
                fields=["policy", "version", "organisation"],
                condition=Q(state="told", is_again=False),
                name="telling_once_a_version",
            ),
        ]
        indexes = [models.Index(fields=["policy", "organisation"], name="telling_of_organisation")]

    @property
    def notice(self) -> str:
        """The key under which its notices are told once for ever."""
        return f"policies.telling:{self.push_id}:{self.addressed}"
