"""What happened to an entry in its life, deed by deed, and what proves how mature an achievement is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record
from huanchuang.registry.models.achievements import Achievement


class Step(Record):
    """One deed: an achievement evaluated, listed or transferred, a patent granted, its fee paid. Rows are only added.

    Its files are attached to the step itself, so that who sees the entry from inside may read them.
    """

    subject_of = SubjectField(_("对象"))
    deed = models.CharField(_("办理事项"), max_length=20)
    state = models.CharField(_("办理后的状态"), max_length=20)
    on = models.DateField(_("日期"))
    """The day on which it happened, which is not the day on which it was entered."""
    note = models.CharField(_("说明"), max_length=300, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("经办人"), max_length=120)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["subject_of", "on"], name="step_of_subject")]


class Proof(Record):
    """What shows that an achievement has reached one level of maturity; its files are attached to it."""

    achievement = models.ForeignKey(
        Achievement, verbose_name=_("成果"), on_delete=models.PROTECT, related_name="proofs"
    )
    level = models.PositiveSmallIntegerField(_("成熟度等级"))
    on = models.DateField(_("证明日期"))
    note = models.CharField(_("证明内容"), max_length=300)
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("提交人"), max_length=120)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤回原因"), max_length=200, blank=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=120, blank=True)

    class Meta:
        ordering = ["level", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__range=(1, 9)), name="proof_level_1_to_9"),
        ]
