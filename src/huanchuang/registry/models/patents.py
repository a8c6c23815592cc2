"""Patents and other intellectual property, with their legal state and the fee that is due next."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import MoneyField
from huanchuang.registry.models.achievements import Achievement
from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Patent(Titled):
    """One right or application."""

    title = models.CharField(_("名称"), max_length=200)
    number = models.CharField(_("申请号或登记号"), max_length=40, blank=True)
    """Checked where it is a Chinese application number; its canonical form without ZL."""
    open_number = models.CharField(max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001  (NULL: no claim)
    """The number once more while the patent is in force and its achievement no secret: two such never share it. A secret
    patent claims nothing here, since a refusal would tell of it."""
    kind = models.CharField(_("类别"), max_length=20)
    state = models.CharField(_("法律状态"), max_length=20, default="pending")
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("权利人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="patents",
    )
    achievement = models.ForeignKey(
        Achievement,
        verbose_name=_("所属成果"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="patents",
    )
    applied_on = models.DateField(_("申请日"), null=True, blank=True)
    granted_on = models.DateField(_("授权日"), null=True, blank=True)
    expires_on = models.DateField(_("届满日"), null=True, blank=True)
    fee_due_on = models.DateField(_("下次缴费期限"), null=True, blank=True)
    fee_amount = MoneyField(_("应缴年费"), null=True, blank=True)
    credited = models.JSONField(_("署名发明人"), default=list, blank=True)
    ipc = models.JSONField(_("国际专利分类号"), default=list, blank=True)
    summary = models.TextField(_("摘要"), blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title", "id"], name="patent_by_title"),
            in_force_by("patent_in_force", "title"),
            models.Index(fields=["title_key"], name="patent_by_key"),
            models.Index(fields=["number"], name="patent_by_number"),
            models.Index(fields=["fee_due_on"], name="patent_by_fee"),
        ]

    def __str__(self) -> str:
        return self.title
