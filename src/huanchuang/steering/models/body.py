"""专班, 指挥部, 领导小组 with their posts; and the desk of each unit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation


class Body(Record):
    """A body across departments, set up for a time."""

    class Kind(models.TextChoices):
        TASK_FORCE = "task_force", _("工作专班")
        COMMAND = "command", _("指挥部")
        LEADING_GROUP = "leading_group", _("领导小组")

    name = models.CharField(_("名称"), max_length=200, unique=True)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    duty = models.TextField(_("职责"), blank=True)
    basis = models.CharField(_("成立依据"), max_length=300, blank=True)
    founded_on = models.DateField(_("成立日期"))
    dissolved_on = models.DateField(_("撤销日期"), null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["founded_on", "id"]

    def __str__(self) -> str:
        return self.name


class Seat(Record):
    """A post in a body and who holds it, from a day until another."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    post = models.CharField(_("职务"), max_length=40)
    name = models.CharField(_("姓名"), max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("任职日期"))
    until = models.DateField(null=True)

    class Meta:
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.post} {self.name}"


class UnitDesk(Record):
    """Who answers in a unit: its leader, the office that does the work, and the clerk."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    leader = models.CharField(_("分管领导"), max_length=60, blank=True)
    office = models.CharField(_("承办科室"), max_length=100, blank=True)
    clerk = models.CharField(_("经办人"), max_length=60, blank=True)

    class Meta:
        ordering = ["organisation"]

    def __str__(self) -> str:
        return str(self.organisation)
