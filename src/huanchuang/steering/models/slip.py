"""A slip that urges a unit (催办单): blue near due, yellow behind, red overdue."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Target


class Stage(models.TextChoices):
    """How urgent a slip is; each stage outweighs those before it."""

    NEAR = "near", _("临期")
    BEHIND = "behind", _("滞后")
    OVERDUE = "overdue", _("逾期")


class Slip(Record):
    """One slip to one unit about one line on one day, with the reason of the light at that moment."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="slips")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("类别"), max_length=8, choices=Stage.choices)
    sent_on = models.DateField(_("日期"))
    due_on = models.DateField(_("时限"), null=True)
    reason = models.CharField(_("催办原因"), max_length=300)
    told = models.PositiveSmallIntegerField(default=0)
    """How many people of the unit were told."""

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "organisation", "sent_on"], name="steering_one_slip_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.target}"
