"""A change that somebody asks for and somebody else decides: another deadline or figure (调整), or the end (终止)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Target


class Change(Record):
    """What is asked, why, and what was decided. A line has one open request at most."""

    class Wish(models.TextChoices):
        ADJUST = "adjust", _("调整")
        END = "end", _("终止")

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="changes")
    wish = models.CharField(_("事项"), max_length=8, choices=Wish.choices)
    due_on = models.DateField(_("时限"), null=True)
    value = models.DecimalField(_("目标值"), max_digits=24, decimal_places=6, null=True)
    reason = models.TextField(_("原因"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True)
    opinion = models.TextField(_("审批意见"), blank=True)
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(state="asked"),
                name="steering_one_open_change_per_line",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_wish_display()} {self.target}"
