"""Papers that the district works with: plans, policies, notices, reports, contracts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Document(Titled):
    """One paper with its number, issuer and days; its files are attached to it."""

    title = models.CharField(_("文件名称"), max_length=200)
    number = models.CharField(_("发文字号"), max_length=80, blank=True)
    kind = models.CharField(_("文件类别"), max_length=20)
    issuer = models.ForeignKey(
        Organisation,
        verbose_name=_("发文单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    valid_from = models.DateField(_("施行日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    summary = models.TextField(_("摘要"), blank=True)

    class Meta:
        ordering = ["-issued_on", "title", "id"]
        indexes = [
            models.Index(fields=["title_key"], name="document_by_key"),
            in_force_by("document_in_force", "title"),
        ]

    def __str__(self) -> str:
        return self.title
