"""How entries of the register hang together, and what an organisation is recognised as."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record
from huanchuang.registry.models.organisations import Organisation


class Relation(Record):
    """One entry stands to another in a typed relation for a time (`queries.kinds.relations` lists the types)."""

    type = models.CharField(_("关系"), max_length=30)
    from_subject = SubjectField(_("从"))
    to_subject = SubjectField(_("到"))
    since = models.DateField(_("起"), null=True, blank=True)
    until = models.DateField(_("止"), null=True, blank=True)
    """Last day, included; empty while it lasts."""
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    """Place among its like, as the order of inventors."""
    source = models.CharField(_("来源"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        ordering = ["type", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "from_subject", "to_subject"],
                condition=Q(until__isnull=True),
                name="relation_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="relation_ends_after_it_began",
            ),
        ]


class Qualification(Record):
    """An organisation is recognised as something (高企, 科小, 专精特新 …) from one day to another."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="qualifications")
    kind = models.CharField(_("资质"), max_length=40)
    """Code of the vocabulary of qualifications."""
    level = models.CharField(_("级别"), max_length=40, blank=True)
    number = models.CharField(_("证书编号"), max_length=60, blank=True)
    issued_by = models.CharField(_("认定机关"), max_length=120, blank=True)
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    """Last day, included; empty where it has no end."""
    revoked_on = models.DateField(_("取消日期"), null=True, blank=True)
    revoked_because = models.CharField(_("取消原因"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)

    class Meta:
        ordering = ["-valid_from", "kind", "id"]
        indexes = [models.Index(fields=["valid_until"], name="qualification_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "valid_from"], name="qualification_once_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="qualification_ends_after_it_began",
            ),
        ]
