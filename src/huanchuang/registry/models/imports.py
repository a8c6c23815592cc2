"""Imports of sheets: the file, how its columns were read, what became of each row, so that all of it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job
from huanchuang.orm import clock
from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record


class ImportState(models.TextChoices):
    """Where an import stands."""

    COLUMNS = "columns", _("对应列")
    CHECKING = "checking", _("检查中")
    PREVIEW = "preview", _("待确认")
    TAKING = "taking", _("导入中")
    STOPPED = "stopped", _("中途停止")
    DONE = "done", _("已导入")
    DROPPED = "dropped", _("已放弃")
    UNDOING = "undoing", _("撤销中")
    UNDONE = "undone", _("已撤销")


class Outcome(models.TextChoices):
    """What a row is to the register."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("更新")
    SAME = "same", _("无变化")
    PROBLEM = "problem", _("有问题")


class Import(Record):
    """One sheet on its way into the register."""

    importer = models.CharField(max_length=40)
    """What it holds: the name of a kind of entries, or of an importer of a slice above."""
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sheet = models.CharField(_("工作表"), max_length=120)
    shape = models.CharField(max_length=64)
    """Digest of its headings: another sheet with the same ones is read in the same way."""
    mapping = models.JSONField(default=dict)
    """How it is read, `services.imports.importer.Reading` as plain values."""
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.COLUMNS)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict)
    """Outcome → rows, as checked; `taken`, `possible` beside them."""
    notes = models.JSONField(default=list)
    """What was done while the sheet was read: {"zh", "en"} each."""
    failure_zh = models.TextField(blank=True)
    failure_en = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    """Business moment of the upload, for people to read."""
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("导入人"), max_length=120)
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner", "-id"], name="import_of_owner")]

    def __str__(self) -> str:
        return self.file.name


class ImportRow(models.Model):
    """One row of the sheet: what it is to the register, and what it changed there."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """Its number in the sheet, as the sheet shows it."""
    turn = models.PositiveSmallIntegerField(default=0)
    """Rows that name another row of the sheet come in a later turn."""
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    title = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    """Field → plain value that the row sets: all of a new entry, the changed ones of a known entry."""
    before = models.JSONField(default=dict)
    """Field → plain value that stood there before, of a known entry."""
    subject_of = SubjectField(history=True, blank=True)
    """The entry it made, changed or found."""
    entry_version = models.PositiveIntegerField(null=True)
    """The version of the entry after the row was taken."""
    possible = models.JSONField(default=list)
    """Entries that may be the same: [subject, title, why in Chinese, why in English]."""
    problems = models.JSONField(default=list)
    """What is wrong, cell by cell: `services.imports.importer.CellProblem` as plain values."""
    remarks = models.JSONField(default=list)
    """How a cell was understood where that was not certain: [Chinese, English]."""
    is_taken = models.BooleanField(default=False)
    kept = models.JSONField(default=list)
    """Why an undo left something in place: [Chinese, English] each."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["imported", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["imported", "outcome", "number"], name="import_row_by_outcome"),
            models.Index(fields=["imported", "turn", "number"], name="import_row_by_turn"),
        ]


class SheetShape(Record):
    """How sheets with these headings were read last, so that the next one needs no asking."""

    importer = models.CharField(max_length=40)
    shape = models.CharField(max_length=64)
    holder = models.CharField(max_length=40, blank=True)
    """Whose it is: officers share theirs (empty), everybody else has their own (the id of the account)."""
    mapping = models.JSONField(default=dict)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["importer", "shape", "holder"], name="sheet_shape_once")
        ]
