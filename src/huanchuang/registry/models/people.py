"""People: researchers, technology managers, experts, clerks and officials, whether or not they have an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Person(Titled):
    """One human being. Two of the same name are told apart by unit, field and co-workers, never by name alone."""

    name = models.CharField(_("姓名"), max_length=60)
    name_en = models.CharField(_("英文名"), max_length=120, blank=True)
    unit = models.ForeignKey(
        Organisation,
        verbose_name=_("所属单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    post = models.CharField(_("职务"), max_length=60, blank=True)
    roles = models.JSONField(_("身份"), default=list, blank=True)
    """Codes of the vocabulary of person roles."""
    title = models.CharField(_("专业技术职称"), max_length=20, blank=True)
    degree = models.CharField(_("学位"), max_length=20, blank=True)
    field = models.CharField(_("技术领域"), max_length=20, blank=True)
    directions = models.JSONField(_("研究方向"), default=list, blank=True)
    expertise = models.TextField(_("专业特长"), blank=True)
    level = models.CharField(_("技术经理人等级"), max_length=20, blank=True)
    certificate = models.CharField(_("证书编号"), max_length=60, blank=True)
    region = models.CharField(_("所属地域"), max_length=12, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    email = models.CharField(_("电子邮箱"), max_length=120, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The account of this person, once claimed and confirmed."""

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            in_force_by("person_in_force", "name"),
            models.Index(fields=["title_key"], name="person_by_key"),
        ]

    def __str__(self) -> str:
        return self.name
