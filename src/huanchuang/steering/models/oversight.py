"""督查 and 短板: campaigns with what they find, and the list of problems, each with measure, unit and date."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Target


class Campaign(Record):
    """督查: who looks at what from when to when. Its findings are shortcomings."""

    title = models.CharField(_("名称"), max_length=200)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    scope = models.TextField(_("督查内容"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    finished_on = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Shortcoming(Record):
    """A problem to be put right: found by a campaign, at a meeting, or by a unit itself."""

    class State(models.TextChoices):
        OPEN = "open", _("待整改")
        SUBMITTED = "submitted", _("待复查")
        SETTLED = "settled", _("已销号")

    title = models.CharField(_("问题"), max_length=200)
    detail = models.TextField(_("具体表现"), blank=True)
    measure = models.TextField(_("整改措施"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任单位")
    )
    due_on = models.DateField(_("整改时限"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="findings")
    target = models.ForeignKey(Target, on_delete=models.SET_NULL, null=True, related_name="shortcomings")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    answer = models.TextField(_("整改情况"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_on = models.DateField(null=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(_("复查意见"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_on = models.DateField(null=True)
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title
