"""Same or different: pairs proposed, what people said about them, and entries put together, each with what undoes it.

None of these columns moves when an entry is merged: they tell what was.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record


class Said(models.TextChoices):
    """What a person said about a pair; a candidate nobody judged is open."""

    OPEN = "open", _("待判断")
    SAME = "same", _("相同")
    DIFFERENT = "different", _("不同")
    UNSURE = "unsure", _("拿不准")


class Candidate(Record):
    """Two entries of a kind that may be one, with what the comparison found. `one` came first into the register."""

    kind = models.CharField(_("类别"), max_length=20)
    one = SubjectField(history=True)
    other = SubjectField(history=True)
    score = models.FloatField(_("分值"))
    """From 0 to 1: how likely the two are the same."""
    proposed = models.CharField(_("初判"), max_length=20)
    """likely-same, unsure or likely-different."""
    comparison = models.JSONField(default=dict)
    """`engines.sameness.Comparison` as plain data; no personal data in it."""
    said = models.CharField(_("结论"), max_length=12, choices=Said.choices, default=Said.OPEN)
    """The standing judgement about the pair, repeated here for the list."""
    found_by = models.CharField(max_length=64, blank=True)
    """The search that last found it, `jobs.job:7`; empty where a person put the pair forward."""

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="candidate_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="candidate_of_two"),
        ]
        indexes = [
            models.Index(fields=["said", "kind", "-score"], name="candidate_in_the_queue"),
            models.Index(fields=["other"], name="candidate_by_other"),
        ]


class Judgement(models.Model):
    """What a person said about two entries. Rows are only added; the standing one is `is_current`."""

    one = SubjectField(history=True)
    other = SubjectField(history=True)
    verdict = models.CharField(max_length=12, choices=Said.choices)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("判断人"), max_length=120)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    score = models.FloatField(null=True)
    comparison = models.JSONField(default=dict)
    """Score and comparison as they were when it was said."""
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(is_current=True), name="judgement_one_standing"
            ),
        ]
        indexes = [models.Index(fields=["other"], name="judgement_by_other")]


class Merge(models.Model):
    """One entry was put into another. `moved` and `columns` hold all that undoing it needs."""

    kind = models.CharField(max_length=20)
    kept = SubjectField(history=True)
    lost = SubjectField(history=True)
    kept_title = models.CharField(max_length=200)
    lost_title = models.CharField(max_length=200)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("合并人"), max_length=120)
    reason = models.CharField(_("理由"), max_length=300)
    despite = models.CharField(_("坚持合并的理由"), max_length=300, blank=True)
    """Given where the merge contradicts what was said before; empty otherwise."""
    choices = models.JSONField(default=dict)
    """Field → `lost` where its value was taken from the lost entry."""
    columns = models.JSONField(default=dict)
    """`kept` and `lost` → column → [before, after], plain."""
    moved = models.JSONField(default=list)
    """[model, column, [keys]] of rows that pointed at the lost entry and now point at the kept one."""
    stayed = models.JSONField(default=list)
    """[model, column, [keys]] of rows that could not move, because the kept entry has their like."""
    told = models.JSONField(default=dict)
    """What slices above moved, by their name: {"zh", "en", "moved"}."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True)
    undone_by_name = models.CharField(_("撤销人"), max_length=120, blank=True)
    undone_because = models.CharField(_("撤销理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lost"], condition=Q(undone_at__isnull=True), name="merge_loses_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("lost")), name="merge_of_two"),
        ]
        indexes = [models.Index(fields=["kept"], name="merge_by_kept")]
