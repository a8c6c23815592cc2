"""Achievements: results of research that look for somebody to use them, from disclosure to transfer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import MoneyField
from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Achievement(Titled):
    """One achievement. While it is confidential (before a patent is filed) only its own people know that it is there."""

    title = models.CharField(_("成果名称"), max_length=200)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("完成单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="achievements",
    )
    field = models.CharField(_("所属高新技术领域"), max_length=20, blank=True)
    credited = models.JSONField(_("署名完成人"), default=list, blank=True)
    keywords = models.JSONField(_("成果关键字"), default=list, blank=True)
    summary = models.TextField(_("成果简介"), blank=True)
    solves = models.TextField(_("解决的问题"), blank=True)
    better_than = models.TextField(_("与现有方案相比的优势"), blank=True)
    parameters = models.JSONField(_("技术指标"), default=list, blank=True)
    """Figures that can be compared with those of a need: name, comparator, value, unit and the line as written."""
    form = models.CharField(_("成果体现形式"), max_length=20, blank=True)
    stage = models.CharField(_("成果所处阶段"), max_length=20, blank=True)
    level = models.CharField(_("成果技术水平"), max_length=30, blank=True)
    trl = models.PositiveSmallIntegerField(_("技术成熟度"), null=True, blank=True)
    """1 to 9; set by `services.achievements` with evidence, never typed in a form."""
    state = models.CharField(_("办理状态"), max_length=20, default="disclosed")
    transfer_ways = models.JSONField(_("拟采取的转化方式"), default=list, blank=True)
    transfer_note = models.TextField(_("转化说明"), blank=True)
    price = MoneyField(_("意向价格"), null=True, blank=True)
    completed_on = models.DateField(_("完成日期"), null=True, blank=True)
    region = models.CharField(_("所属地区"), max_length=12, blank=True)
    is_confidential = models.BooleanField(_("保密（专利申请前）"), default=False)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title", "id"], name="achievement_by_title"),
            in_force_by("achievement_in_force", "title"),
            models.Index(fields=["title_key"], name="achievement_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "title_key"],
                condition=models.Q(retired_on__isnull=True) & models.Q(is_confidential=False),
                name="achievement_once_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(trl__isnull=True) | models.Q(trl__range=(1, 9)),
                name="achievement_trl_1_to_9",
            ),
        ]

    def __str__(self) -> str:
        return self.title
