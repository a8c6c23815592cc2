"""Meetings and visits, and what was decided there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.steering.models.plan import Plan


class Meeting(Record):
    """A meeting or visit. Once its minutes are issued they are a plan like any other, and its decisions lines of it."""

    class Kind(models.TextChoices):
        DISPATCH = "dispatch", _("调度会")
        MEETING = "meeting", _("专题会")
        VISIT = "visit", _("调研")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=200)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True)
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    attendees = models.CharField(_("参加单位和人员"), max_length=500, blank=True)
    notes = models.TextField(_("主要情况"), blank=True)
    minutes = models.OneToOneField(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Decision(Record):
    """议定事项: what is to be done, by whom, until when. Units as people write them, separated by 、."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("议定事项"), max_length=300)
    lead = models.CharField(_("牵头单位"), max_length=200)
    co = models.CharField(_("配合单位"), max_length=300, blank=True)
    due_on = models.DateField(_("完成时限"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
