"""Scientific equipment that is shared; its hours of each year are facts about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import MoneyField
from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Equipment(Titled):
    """One instrument or plant."""

    name = models.CharField(_("仪器名称"), max_length=200)
    asset_no = models.CharField(_("资产编号"), max_length=60, blank=True)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("所属单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="equipment",
    )
    category = models.CharField(_("类别"), max_length=20, blank=True)
    model = models.CharField(_("规格型号"), max_length=120, blank=True)
    maker = models.CharField(_("生产厂商"), max_length=120, blank=True)
    original_value = MoneyField(_("原值"), null=True, blank=True)
    bought_on = models.DateField(_("购置日期"), null=True, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    place = models.CharField(_("存放地点"), max_length=120, blank=True)
    region = models.CharField(_("所属地区"), max_length=12, blank=True)
    functions = models.TextField(_("主要功能"), blank=True)
    parameters = models.JSONField(_("技术指标"), default=list, blank=True)
    sharing = models.CharField(_("共享方式"), max_length=20, blank=True)
    hours_open = models.PositiveIntegerField(_("年开放机时"), null=True, blank=True)
    fee = models.CharField(_("收费标准"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="equipment_by_name"),
            in_force_by("equipment_in_force", "name"),
            models.Index(fields=["title_key"], name="equipment_by_key"),
        ]

    def __str__(self) -> str:
        return self.name
