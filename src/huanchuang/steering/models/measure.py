"""What a line is measured against besides its figure: baselines and references, a list to be covered, nodes on the way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Target


class Basis(Record):
    """A figure outside the plan that a line needs: the baseline of a growth, the moving reference of a benchmark.

    Never changed: a later one for the same day takes its place.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="bases")
    as_of = models.DateField(_("截至日期"))
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    source = models.CharField(_("出处"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-as_of", "-id"]

    def __str__(self) -> str:
        return f"{self.as_of} {self.value}{self.unit}"


class Member(Record):
    """One of the list that a coverage target has to cover (全覆盖的名单)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("名称"), max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    covered_on = models.DateField(_("覆盖日期"), null=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["target", "name"], name="steering_member_once_per_line")
        ]

    def __str__(self) -> str:
        return self.name


class Node(Record):
    """What is to be done or reached by a day on the way (节点): words, a figure in the unit of the line, or a percent."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="nodes")
    due_on = models.DateField(_("节点日期"))
    text = models.CharField(_("要做到的"), max_length=300, blank=True)
    value = models.DecimalField(_("节点值"), max_digits=24, decimal_places=6, null=True)
    percent = models.PositiveSmallIntegerField(_("节点进度"), null=True)
    done_on = models.DateField(_("完成日期"), null=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["target", "due_on"], name="steering_one_node_a_day"),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="steering_node_percent_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.text}"
