"""What papers and people said of requirements, and decisions kept on file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Organisation


class Answer(models.Model):
    """What a paper or a person said about one requirement of one organisation. Rows are added and ended, never changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    """The id of the pack; an answer holds for its later versions too, as long as the requirement keeps its id."""
    requirement = models.CharField(_("条件"), max_length=120)
    is_met = models.BooleanField(_("满足"))
    basis = models.CharField(_("依据"), max_length=300)
    """The paper that was seen, or the grounds of the judgement."""
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    given_at = models.DateTimeField(_("时间"))
    given_by = models.CharField(max_length=64)
    given_by_name = models.CharField(_("答复人"), max_length=120)
    ended_at = models.DateTimeField(null=True, editable=False)
    """When another answer took its place or it was taken back."""

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "policy", "requirement"],
                condition=Q(ended_at__isnull=True),
                name="answer_one_standing",
            ),
        ]


class Decision(models.Model):
    """A decision that was kept: all that is needed to read it again. Rows are added, never changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    """The hash of the definition."""
    as_of = models.DateField(_("基准日"))
    result = models.CharField(_("结果"), max_length=20)
    """yes, no, unknown or not_in_force."""
    fen = models.BigIntegerField(null=True)
    """The amount that is due, in fen; empty where nothing is or it is not known."""
    inputs = models.JSONField()
    """What was known: a list of {key, period, value, source}."""
    findings = models.JSONField()
    """Each requirement with its outcome, clause and reasons."""
    trace = models.TextField()
    """The whole reasoning as indented lines."""
    kept_at = models.DateTimeField(_("存档时间"))
    kept_by = models.CharField(max_length=64)
    kept_by_name = models.CharField(_("存档人"), max_length=120)

    class Meta:
        ordering = ["-kept_at", "-id"]
        indexes = [models.Index(fields=["organisation", "policy"], name="decision_of_organisation")]
