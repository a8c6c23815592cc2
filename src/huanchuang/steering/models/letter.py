"""建议提案: a proposal of a deputy or member, the units that handle it, and everything that happens until it is closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.files.models import StoredFile
from huanchuang.orm import clock
from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Duty


class LetterKind(models.TextChoices):
    """Whose proposal it is."""

    CONGRESS = "congress", _("人大建议")
    CONFERENCE = "conference", _("政协提案")


class LetterState(models.TextChoices):
    """待交办 → 待签收 → 办理中 → 待审签 → 待寄送 → 待反馈 → 已反馈 → 已办结; 申请退办 leads back to 待交办 or 待签收."""

    RECEIVED = "received", _("待交办")
    ASSIGNED = "assigned", _("待签收")
    ASKED_BACK = "asked_back", _("申请退办")
    HANDLING = "handling", _("办理中")
    SIGNING = "signing", _("待审签")
    SIGNED = "signed", _("待寄送")
    SENT = "sent", _("待反馈")
    ANSWERED = "answered", _("已反馈")
    CLOSED = "closed", _("已办结")


class Publicity(models.TextChoices):
    """Whether the reply is published."""

    OPEN = "open", _("公开")
    CLOSED = "closed", _("不公开")


class Letter(Record):
    """One proposal. `due_on` is the day of the running clock: accepting first, then the reply, or its being done again."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    kind = models.CharField(_("类别"), max_length=12, choices=LetterKind.choices)
    session = models.CharField(_("届次"), max_length=120)
    number = models.CharField(_("编号"), max_length=20)
    """As printed: leading zeros are kept."""
    title = models.CharField(_("案由"), max_length=300)
    contents = models.TextField(_("内容"))
    received_on = models.DateField(_("收到日期"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=12, choices=LetterState.choices, default=LetterState.RECEIVED
    )
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    """The unit that answers now; None while nobody was given it."""
    round = models.PositiveSmallIntegerField(default=1)
    """1 for the first reply, 2 for the second after a dissatisfied answer, and so on."""
    assigned_on = models.DateField(null=True)
    due_on = models.DateField(_("答复期限"), null=True)
    longest_on = models.DateField(null=True)
    """The last day that an extension may reach; None where no rule says."""
    replied_on = models.DateField(null=True)
    """Day of the last reply."""
    first_replied_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    """What the first reply had to keep, extensions included."""
    mark = models.CharField(_("办理结果"), max_length=4, blank=True)
    verdict = models.CharField(_("反馈意见"), max_length=30, blank=True)
    """Code of the newest slip."""
    publicity = models.CharField(max_length=8, choices=Publicity.choices, blank=True)
    publicity_reason = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "session", "number"], name="steering_letter_once_in_session"
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="steering_letter_due")]

    def __str__(self) -> str:
        return self.title


class Proposer(Record):
    """Who proposes. Personal data: masked on every page until somebody looks with a purpose."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="proposers")
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.subject


class HandlingState(models.TextChoices):
    """What a unit said to being given a letter."""

    WAITING = "waiting", _("待签收")
    ACCEPTED = "accepted", _("已签收")
    ASKED_BACK = "asked_back", _("申请退办")
    GONE = "gone", _("已退办")


class Handling(Record):
    """A unit that was given a letter: 主办 (lead) or 会办 (co), with its days and, for co-units, its opinion."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="handlings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=4, choices=Duty.choices)
    state = models.CharField(max_length=12, choices=HandlingState.choices, default=HandlingState.WAITING)
    assigned_on = models.DateField()
    sign_by = models.DateField(null=True)
    """Last day for accepting or returning; None where no rule says."""
    signed_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    """Why the unit asks to give it back, then what the assigning office said."""
    opinion_by = models.DateField(null=True)
    opinion = models.TextField(_("会办意见"), blank=True)
    opinion_on = models.DateField(null=True)
    opinion_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-duty", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organisation"],
                condition=~Q(state="gone"),
                name="steering_letter_unit_once",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(duty="lead") & ~Q(state="gone"),
                name="steering_letter_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_duty_display()}"


class Talk(Record):
    """A talk with the proposer (面商, 走访 …) before the reply."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="talks")
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=30)
    on = models.DateField()
    summary = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.way} {self.on}"


class Extension(Record):
    """A unit asks for a later day; somebody else of the assigning office decides."""

    class Decision(models.TextChoices):
        ASKED = "asked", _("待审批")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("未同意")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    before = models.DateField(null=True)
    until = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(decision="asked"), name="steering_letter_one_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.until}"


class Feedback(Record):
    """A slip that came back: one for each reply."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="feedbacks")
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    received_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["letter", "round"], name="steering_slip_once_a_round")]

    def __str__(self) -> str:
        return self.verdict


class LetterStep(Record):
    """One step in the life of a letter, with who, when and why."""

    class Verb(models.TextChoices):
        REGISTER = "register", _("登记")
        CHANGE = "change", _("更正登记")
        ASSIGN = "assign", _("交办")
        ACCEPT = "accept", _("签收")
        ASK_BACK = "ask_back", _("申请退办")
        TAKE_BACK = "take_back", _("收回")
        KEEP = "keep", _("不同意退办")
        OPINION = "opinion", _("提出会办意见")
        TALK = "talk", _("沟通")
        ASK_LONGER = "ask_longer", _("申请延期")
        GRANT = "grant", _("同意延期")
        REFUSE = "refuse", _("不同意延期")
        SUBMIT = "submit", _("送审签")
        RECALL = "recall", _("撤回送审")
        SIGN = "sign", _("审签")
        SEND_BACK = "send_back", _("退回修改")
        SEND = "send", _("答复")
        FEEDBACK = "feedback", _("登记反馈")
        AGAIN = "again", _("重办")
        PUBLISH = "publish", _("公开")
        WITHHOLD = "withhold", _("不公开")
        CLOSE = "close", _("办结归档")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    round = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, choices=LetterState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=LetterState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    """The unit for which the step was taken."""
    on = models.DateField()
    reason = models.TextField(blank=True)
    token = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.letter}"
