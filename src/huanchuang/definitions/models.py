"""The tables of definitions."""

from __future__ import annotations

from typing import Any, Never

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record


class State(models.TextChoices):
    """Where a draft stands."""

    OPEN = "open", _("起草中")
    SUBMITTED = "submitted", _("待发布")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤销")


LIVING = (State.OPEN, State.SUBMITTED, State.RETURNED)
"""States of a draft that somebody still works on."""


class Draft(Record):
    """The files of a pack as somebody is writing them. Of each pack at most one is worked on at a time."""

    kind = models.CharField(_("类别"), max_length=40)
    pack = models.CharField(_("编号"), max_length=120)
    title = models.CharField(_("名称"), max_length=200, blank=True)
    """As the definition said when it was last saved."""
    files = models.JSONField(_("文件"))
    """Name → text."""
    source = models.CharField(_("来源"), max_length=200, blank=True)
    """What it was made from, for example a paper."""
    based_on = models.CharField(max_length=64, blank=True)
    """The hash of the version it continues; empty for a new definition."""
    author = models.CharField(max_length=64)
    author_name = models.CharField(_("起草人"), max_length=120)
    editors = models.JSONField(default=list)
    """The ids of everybody who wrote some of it: none of them can publish it."""
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    remark = models.CharField(_("意见"), max_length=500, blank=True)
    """Why it was returned or withdrawn."""
    remark_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "pack"],
                condition=Q(state__in=["open", "submitted", "returned"]),
                name="draft_one_living",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.pack

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("definitions:draft", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can be written on."""
        return self.state in (State.OPEN, State.RETURNED)


class Immutable(Exception):
    """Somebody tried to change or remove a published version. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("published versions never change; to correct one, publish another")


class PublishedRows(models.QuerySet[Any]):
    """Rows that can be read and added."""

    def update(self, **values: Any) -> Never:
        raise Immutable

    def delete(self) -> Never:
        raise Immutable

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        raise Immutable


class Published(models.Model):
    """A version that a second person has published. Rows are added, never changed: triggers say so to everybody."""

    kind = models.CharField(_("类别"), max_length=40)
    pack = models.CharField(_("编号"), max_length=120)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("内容指纹"), max_length=64, unique=True)
    """The hash of the definition, as decisions name it."""
    title = models.CharField(_("名称"), max_length=200)
    files = models.JSONField(_("文件"))
    valid_from = models.DateField(_("生效日期"), null=True)
    valid_to = models.DateField(_("失效日期"), null=True)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="published")
    author = models.CharField(max_length=64)
    author_name = models.CharField(_("起草人"), max_length=120)
    publisher = models.CharField(max_length=64)
    publisher_name = models.CharField(_("发布人"), max_length=120)
    published_at = models.DateTimeField(_("发布时间"))
    reason = models.CharField(_("发布说明"), max_length=500)

    objects = PublishedRows.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "pack", "version"], name="published_version_once"),
            models.CheckConstraint(condition=~Q(publisher=F("author")), name="published_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def save(self, *args: Any, **options: Any) -> None:
        """Add the row; a row that stands already raises Immutable."""
        if not self._state.adding:
            raise Immutable
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("definitions:version", args=[self.pk])

    def delete(self, *args: Any, **options: Any) -> Never:
        """Never."""
        raise Immutable

    @property
    def subject(self) -> str:
        """What the trail says it is about."""
        return f"definitions.published:{self.pk}"
