"""Given without application (免申即享): lists that two officers agree to, and what each firm answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huanchuang.money.models import Budget, Reservation
from huanchuang.orm.models import Record
from huanchuang.policies.models.decisions import Decision
from huanchuang.policies.models.runs import Run
from huanchuang.registry.models import Organisation


class RollState(models.TextChoices):
    """Where a confirmation list stands."""

    PROPOSED = "proposed", _("待复核")
    OPEN = "open", _("确认中")
    RETURNED = "returned", _("已退回")


class Roll(Record):
    """A confirmation list (免申即享): organisations found eligible, to be asked for their consent once a second person agrees."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version_of_policy = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("基准日"))
    state = models.CharField(_("状态"), max_length=10, choices=RollState, default=RollState.PROPOSED)
    consent_days = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField()
    consent_until = models.DateField(_("确认截止"), null=True)
    notice_until = models.DateField(_("公示至"), null=True)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.CharField(max_length=64)
    proposed_by_name = models.CharField(_("提出人"), max_length=120)
    checked_at = models.DateTimeField(_("复核时间"), null=True)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_by_name = models.CharField(_("复核人"), max_length=120, blank=True)
    note = models.CharField(_("复核意见"), max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="open") | ~Q(checked_by=F("proposed_by")), name="roll_by_two_people"
            ),
        ]


class AwardState(models.TextChoices):
    """Where one organisation of a confirmation list stands."""

    PROPOSED = "proposed", _("待复核")
    OPEN = "open", _("待企业确认")
    GIVEN = "given", _("已确认，已预留")
    DECLINED = "declined", _("企业放弃")
    CHANGED = "changed", _("数据已变，须重新提出")
    LAPSED = "lapsed", _("逾期未确认")
    WITHDRAWN = "withdrawn", _("已撤回")


class Award(Record):
    """What one organisation is to get without application: proposed, consented to or not, kept of the budget."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="awards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=AwardState, default=AwardState.PROPOSED)
    fen = models.BigIntegerField()
    inputs = models.JSONField(default=list)
    """On which facts it was proposed: [{name, period, value}]."""
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    reservation = models.ForeignKey(Reservation, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_by_name = models.CharField(_("答复人"), max_length=120, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    """Why it was declined, withdrawn, or has to be proposed again."""
    account_tail = models.CharField(_("账户末四位"), max_length=4, blank=True)
    account_seal = models.CharField(max_length=64, blank=True)
    """A keyed digest of the account: it can be compared with a number, not read."""

    class Meta:
        ordering = ["roll", "-fen", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="award_of_something"),
            models.UniqueConstraint(
                fields=["policy", "year", "organisation"],
                condition=Q(state__in=("proposed", "open", "given")),
                name="award_one_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(decision__isnull=False, reservation__isnull=False),
                name="award_given_is_kept",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="award_of_organisation")]
