"""Organisations, the names they go by, and who belongs to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import UsccField
from huanchuang.orm.models import Record
from huanchuang.registry.models.entry import Entry, in_force_by


class Organisation(Entry):
    """A government unit, university, enterprise, carrier, bank or service body of the district."""

    name = models.CharField(_("名称"), max_length=120)
    name_key = models.CharField(max_length=200, editable=False)
    """The normalised name; two organisations in force never share it."""
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    """Other and former names, as they are written."""
    kind = models.CharField(_("类型"), max_length=60)
    """Code of the vocabulary of organisation kinds."""
    uscc = UsccField(_("统一社会信用代码"), null=True, blank=True, unique=True)
    region = models.CharField(_("所在区划"), max_length=12, blank=True)
    industry = models.CharField(_("行业"), max_length=8, blank=True)
    stage = models.CharField(_("发展阶段"), max_length=20, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_by_name"),
            models.Index(fields=["kind", "name"], name="organisation_by_kind"),
            models.Index(fields=["region", "name"], name="organisation_by_region"),
            models.Index(fields=["industry", "name"], name="organisation_by_industry"),
            in_force_by("organisation_in_force", "name"),
            in_force_by("organisation_kind_in_force", "kind", "name"),
            in_force_by("organisation_region_in_force", "region", "name"),
            in_force_by("organisation_trade_in_force", "industry", "name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(retired_on__isnull=True),
                name="organisation_name_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class NameKey(models.Model):
    """One name of one organisation, normalised, so that a text finds its unit with one indexed question."""

    class Rank(models.IntegerChoices):
        """How sure a name points at its organisation; the smaller wins."""

        FULL = 1, _("全称")
        SHORT = 2, _("简称")
        ALIAS = 3, _("别名")
        CORE = 4, _("去掉区划前缀")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField(choices=Rank)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "organisation"], name="name_key_once")]


class Membership(Record):
    """A user belongs to an organisation for a time, in a post."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    post = models.CharField(_("职务"), max_length=60, blank=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)
    """Last day, included; empty while it lasts."""

    class Meta:
        ordering = ["until", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(until__isnull=True),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="membership_ends_after_it_began",
            ),
        ]
