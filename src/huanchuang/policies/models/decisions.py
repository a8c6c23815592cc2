"""Answers, decisions, runs and what is done with them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job
from huanchuang.money.models import Budget, Reservation
from huanchuang.orm.models import Record
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


class Run(models.Model):
    """All organisations put to all policies for one day."""

    as_of = models.DateField(_("基准日"))
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """The result as columns; empty until the job has ended well."""
    definitions = models.JSONField(default=list)
    """[{policy, version, digest}] of the policies that were in force."""
    counts = models.JSONField(default=dict)
    """Policy → {yes, no, unknown, fen}."""
    organisations = models.PositiveIntegerField(_("主体数"), default=0)
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def subject(self) -> str:
        """What files and notices say they are about."""
        return f"policies.run:{self.pk}"


class Segment(models.TextChoices):
    """Part of what a run came to for a policy, as lists are made of it."""

    YES = "yes", _("符合")
    NEAR = "near", _("差一点")
    FEW = "few", _("差一两项数据")
    UNKNOWN = "unknown", _("无法判断")
    NO = "no", _("不符合")


class Push(models.Model):
    """Organisations of a run's list to be told of one policy (精准推送): who chose them, and the job that tells them."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    segment = models.CharField(_("名单"), max_length=10, choices=Segment)
    chosen = models.JSONField(default=list)
    """Keys of the organisations, in the order of the list."""
    message = models.CharField(_("附言"), max_length=300, blank=True)
    again_because = models.CharField(_("再次推送的理由"), max_length=300, blank=True)
    """Empty: organisations told of this version before are left out."""
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by = models.CharField(max_length=64)
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["policy", "-asked_at"], name="push_of_policy")]

    @property
    def subject(self) -> str:
        """What audit and jobs say they are about."""
        return f"policies.push:{self.pk}"


class TellingState(models.TextChoices):
    """What became of telling one organisation."""

    TOLD = "told", _("已告知")
    BEFORE = "before", _("此前已告知")
    NOBODY = "nobody", _("没有账户")
    CHANGED = "changed", _("结论已变，未发")


class Telling(models.Model):
    """One organisation of a push: told or not, and what it was told. Rows are added, never changed."""

    push = models.ForeignKey(Push, on_delete=models.PROTECT, related_name="tellings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(_("政策"), max_length=120)
    version = models.CharField(_("版本"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=TellingState)
    result = models.CharField(_("结果"), max_length=20)
    """As it was decided on the day of the telling."""
    fen = models.BigIntegerField(null=True)
    people = models.PositiveSmallIntegerField(_("人数"), default=0)
    is_again = models.BooleanField(default=False)
    told_at = models.DateTimeField(_("时间"))
    addressed = models.BigIntegerField(editable=False)
    """The key of the organisation when it was told: its notices are known by it, also after a merge."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["push", "organisation"], name="telling_once_a_push"),
            models.UniqueConstraint(
                fields=["policy", "version", "organisation"],
                condition=Q(state="told", is_again=False),
                name="telling_once_a_version",
            ),
        ]
        indexes = [models.Index(fields=["policy", "organisation"], name="telling_of_organisation")]

    @property
    def notice(self) -> str:
        """The key under which its notices are told once for ever."""
        return f"policies.telling:{self.push_id}:{self.addressed}"


class Forecast(models.Model):
    """One policy put to all organisations, as it stands or with other figures: what it costs, and whom a change moves.

    Rows are added, never changed once the job has ended; nothing of it touches the published policy.
    """

    policy = models.CharField(_("政策"), max_length=120)
    title = models.CharField(_("政策名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40)
    digest = models.CharField(_("摘要"), max_length=64)
    """The hash of the definition that was asked or changed."""
    as_of = models.DateField(_("基准日"))
    rules_on = models.DateField(_("规则日期"), null=True)
    """The day whose rules are supposed; empty for those of `as_of`."""
    changes = models.JSONField(default=list)
    """[{key, part, name, old, new}] of the figures that are supposed to be others."""
    take_up = models.JSONField(default=dict)
    """{usual, by, shares}: the share of those entitled that is expected to ask, as it was typed."""
    take_up_source = models.CharField(_("申报率依据"), max_length=300)
    rules = models.JSONField(default=dict)
    """{published: {version, digest}, before, after: [{id, text, text_en, rule}], cap, is_money}.

    The version it is compared with, and the requirements behind the masks in the file."""
    totals = models.JSONField(default=dict)
    """Cost of all, and how many move which way."""
    organisations = models.PositiveIntegerField(_("主体数"), default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """Each organisation with its groups, the figures that were asked for, and both answers; empty until the job has ended."""
    asked_at = models.DateTimeField(_("提交时间"))
    asked_by_name = models.CharField(_("提交人"), max_length=120)

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def subject(self) -> str:
        """What files and notices say they are about."""
        return f"policies.forecast:{self.pk}"

    @property
    def published(self) -> str:
        """The number of another version that decides on the day; "" where it is the one that was asked."""
        known = self.rules.get("published", {})
        return "" if known.get("digest", self.digest) == self.digest else str(known["version"])


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


class PaperState(models.TextChoices):
    """How far a paper is on its way to a draft."""

    READING = "reading", _("正在读取")
    FAILED = "failed", _("没有读成")
    REVIEW = "review", _("待确认")
    DRAFTED = "drafted", _("已生成草稿")


class PolicyPaper(Record):
    """A policy as its paper says it, and what the reader proposes to make of it. Nothing here decides anything."""

    title = models.CharField(_("标题"), max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """Of the file: the same paper is read once."""
    text = models.TextField(blank=True)
    items = models.JSONField(default=list)
    """What is proposed: [{kind, id, start, end, clause, value, confidence, why, why_en}]; places count in the text."""
    words = models.JSONField(default=dict)
    """The pack of forms that read it: {id, version, hash}."""
    state = models.CharField(_("状态"), max_length=10, choices=PaperState, default=PaperState.READING)
    failure = models.TextField(blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(_("草稿编号"), max_length=100, blank=True)
    """The id of the draft that was made of it."""
    given_by_name = models.CharField(_("上传人"), max_length=120)

    class Meta:
        ordering = ["-created_at", "-id"]


class Verdict(Record):
    """What a person said of one proposed item: taken, with the value that holds, or dropped."""

    paper = models.ForeignKey(PolicyPaper, on_delete=models.PROTECT, related_name="verdicts")
    item = models.CharField(max_length=20)
    is_taken = models.BooleanField()
    value = models.JSONField(default=dict)
    """By the names of the form of policies; for a dropped item as it was proposed."""
    given_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "item"], name="verdict_one_an_item")]
