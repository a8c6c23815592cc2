"""Needs: what enterprises look for, be it technology, finance, talent, testing or space."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import MoneyField
from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Need(Titled):
    """One need. An anonymous one shows its owner only to a matched party, the owner and the authority."""

    title = models.CharField(_("需求名称"), max_length=200)
    kind = models.CharField(_("需求类别"), max_length=20)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("需求单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    is_anonymous = models.BooleanField(_("匿名发布"), default=False)
    field = models.CharField(_("技术领域"), max_length=20, blank=True)
    detail = models.TextField(_("需求详情"), blank=True)
    difficulty = models.TextField(_("拟解决的技术难题"), blank=True)
    present = models.TextField(_("现有基础条件"), blank=True)
    parameters = models.JSONField(_("技术指标"), default=list, blank=True)
    cooperation = models.JSONField(_("合作方式"), default=list, blank=True)
    budget = MoneyField(_("预算金额"), null=True, blank=True)
    is_negotiable = models.BooleanField(_("预算面议"), default=False)
    region = models.CharField(_("所属地区"), max_length=12, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    amount = MoneyField(_("融资金额"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("期限"), null=True, blank=True)
    purpose = models.CharField(_("资金用途"), max_length=200, blank=True)
    collateral = models.JSONField(_("可提供的担保"), default=list, blank=True)
    headcount = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    degree = models.CharField(_("学位要求"), max_length=20, blank=True)
    standard = models.CharField(_("检测标准或方法"), max_length=200, blank=True)
    area = models.DecimalField(_("面积"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title", "id"], name="need_by_title"),
            in_force_by("need_in_force", "title"),
            models.Index(fields=["title_key"], name="need_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "title_key"],
                condition=models.Q(retired_on__isnull=True),
                name="need_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title
