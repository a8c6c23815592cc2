"""Papers that are put together from records: the reply to a proposal, the half-year report of a plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Period
from huanchuang.orm import clock
from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.letter import Letter
from huanchuang.steering.models.plan import Plan


class DraftState(models.TextChoices):
    """起草中 → 待审签 → 已审签 → 已寄送 (a report ends with its signing)."""

    WRITING = "writing", _("起草中")
    SIGNING = "signing", _("待审签")
    SEALED = "sealed", _("已审签")
    SENT = "sent", _("已寄送")


class Draft(Record):
    """A paper under way. In `body` a figure of a record stands as `[[17.4%|3]]`: what it says, and which citation.

    Once signed, `sealed` keeps the paper as it was signed (parts, figures, notes) and `seal` its SHA-256; nothing that
    happens to the records changes it then.
    """

    created_at = models.DateTimeField(default=clock.now, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, null=True, related_name="drafts")
    round = models.PositiveSmallIntegerField(default=1)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="drafts")
    period = models.CharField(max_length=40, blank=True)
    """Of a report: the code of the half-year it is about."""
    title = models.CharField(_("标题"), max_length=300)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    body = models.TextField(_("正文"), blank=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    mark = models.CharField(_("办理结果"), max_length=4, blank=True)
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.WRITING)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The leader who is asked to sign, then who has signed."""
    signed_on = models.DateField(null=True)
    sealed = models.JSONField(null=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "round"], name="steering_one_reply_a_round"),
            models.UniqueConstraint(fields=["plan", "period"], name="steering_one_report_a_period"),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) ^ Q(plan__isnull=False), name="steering_draft_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def half_year(self) -> Period | None:
        """The half-year of a report."""
        return Period.parse(self.period) if self.period else None


class Source(models.TextChoices):
    """What sort of record a figure comes from."""

    REACHED = "reached", _("台账达到值")
    GOAL = "goal", _("台账目标值")
    REPORT = "report", _("进展填报")
    FACT = "fact", _("指标数据")
    COUNT = "count", _("台账统计")
    OPINION = "opinion", _("会办意见")


class Citation(Record):
    """A figure taken from a record, as it stood when it was taken: what, how much, as of when, from where."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField()
    """Counts within the draft; stands in the token of the text."""
    source = models.CharField(max_length=8, choices=Source.choices)
    about = SubjectField(_("对象"), history=True)
    key = models.CharField(max_length=120, blank=True)
    """Of a fact its key, of a count its measure, of a report the words cited."""
    period = models.CharField(max_length=40, blank=True)
    """Of a fact: the code of its period."""
    record_id = models.BigIntegerField(null=True)
    """The very row: fact, report or handling."""
    label = models.CharField(max_length=400)
    text = models.CharField(max_length=200)
    """The figure as it is written in the paper, with its unit."""
    as_of = models.DateField(null=True)
    """Where the source names no day it is None: shown as unknown."""
    origin = models.CharField(max_length=300)
    """The source in words, for the footnote."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="steering_citation_number_once")
        ]

    def __str__(self) -> str:
        return self.text


class HandFigure(Record):
    """A figure typed by hand, answered for by name: holds for these words in this sentence and nowhere else."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="hand_figures")
    text = models.CharField(max_length=200)
    sentence = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of figure and sentence."""
    grounds = models.CharField(_("出处"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "digest"], name="steering_hand_figure_once")]

    def __str__(self) -> str:
        return self.text
