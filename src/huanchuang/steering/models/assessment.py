"""年度考核: frozen scores with what made them, and appeals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation


class Assessment(Record):
    """One published assessment: the day, and the definition by which it was computed."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    as_of = models.DateField(_("截至日期"))
    rules_id = models.CharField(max_length=100)
    rules_version = models.CharField(max_length=40)
    rules_hash = models.CharField(max_length=80)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField()
    final_on = models.DateField(null=True)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Score(Record):
    """What one unit got: the figures that went in, each item with its formula and reasons, and points after appeals."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    items = models.JSONField()
    low = models.DecimalField(max_digits=8, decimal_places=2)
    high = models.DecimalField(max_digits=8, decimal_places=2)
    """Equal to `low` where every figure was known."""
    added = models.DecimalField(_("申诉调整"), max_digits=8, decimal_places=2, default=0)

    class Meta:
        ordering = ["-low", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organisation"], name="steering_one_score_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.low}"


class Appeal(Record):
    """A unit does not agree with its score."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ACCEPTED = "accepted", _("申诉成立")
        REFUSED = "refused", _("申诉不成立")

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(_("申诉理由"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    points = models.DecimalField(_("调整分"), max_digits=6, decimal_places=2, default=0)
    answer = models.TextField(_("答复"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["score"], condition=models.Q(state="open"), name="steering_one_open_appeal"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
