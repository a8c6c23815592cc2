"""The trail and its seals. Rows are added, never changed or removed."""

from __future__ import annotations

from typing import Any, Never

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Somebody tried to change or remove a row of the trail. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("audit rows are appended only; to correct one, record a new one")


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows that can be read and added."""

    def update(self, **values: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """Base of both tables; the triggers of the first migration say the same to everybody who uses SQL."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Never:
        raise AppendOnly


class Kind(models.TextChoices):
    """What kind of entry it is."""

    WRITE = "write", _("写入")
    LOOK = "look", _("查看个人信息")
    BULK = "bulk", _("批量写入")


class Entry(AppendOnlyModel):
    """One deed. `before` and `after` are canonical JSON text (empty: nothing stood there), masked.

    They are text, not a JSON column, because a database that rewrites JSON (key order, numbers) would
    change what the digest was taken of.
    """

    at = models.DateTimeField(_("时间"), db_index=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.WRITE)
    actor_id = models.CharField(_("操作人编号"), max_length=64, db_index=True)
    actor_name = models.CharField(_("操作人"), max_length=120)
    address = models.CharField(_("网络地址"), max_length=64, blank=True)
    purpose = models.CharField(_("用途"), max_length=300, blank=True)
    verb = models.CharField(_("操作"), max_length=120, db_index=True)
    subject = models.CharField(_("对象"), max_length=200, db_index=True)
    before = models.TextField(_("之前"), blank=True)
    after = models.TextField(_("之后"), blank=True)
    note = models.TextField(_("说明"), blank=True)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")


class Seal(AppendOnlyModel):
    """A closed batch: entries `first_entry` to `last_entry`, `count` of them, chained to the seal before."""

    number = models.PositiveBigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"))
    first_entry = models.BigIntegerField(_("首条"))
    last_entry = models.BigIntegerField(_("末条"), unique=True)
    count = models.PositiveIntegerField(_("条数"))
    previous = models.CharField(_("上一封印"), max_length=64, unique=True)
    head = models.CharField(_("封印"), max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("封印")
        verbose_name_plural = _("封印")
