"""Messages to people, how each wants them, and the mails that left."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.orm.models import Record


class ByMail(models.TextChoices):
    """What happens to a notice as to e-mail."""

    OPEN = "open", _("待处理")
    DIGEST = "digest", _("等待汇总")
    TAKEN = "taken", _("已装入邮件")
    NONE = "none", _("不发邮件")


class Notice(Record):
    """One message to one user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    """Path within this site, beginning with one slash."""
    dedupe = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(default=clock.now)
    """Business moment of the telling; quiet hours and digests count by it."""
    read_at = models.DateTimeField(null=True)
    by_mail = models.CharField(max_length=8, choices=ByMail.choices, default=ByMail.OPEN)
    mail = models.ForeignKey("notices.Mail", models.SET_NULL, null=True, related_name="notices")
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [
            models.Index(fields=["user", "read_at", "-told_at"], name="notices_unread_first"),
            models.Index(
                fields=["by_mail"], condition=Q(by_mail__in=("open", "digest")), name="notices_to_mail"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "dedupe"], condition=~Q(dedupe=""), name="notices_once_per_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MailMode(models.TextChoices):
    """When a user wants e-mail."""

    OFF = "off", _("不发邮件")
    AT_ONCE = "at_once", _("随时发送")
    DAILY = "daily", _("每日汇总一封")


class Preference(Record):
    """How one user wants to be told. A user without a row has these defaults."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mode = models.CharField(_("电子邮件"), max_length=8, choices=MailMode.choices, default=MailMode.AT_ONCE)
    quiet_from = models.TimeField(_("免打扰开始"), default=dt.time(20, 0))
    quiet_until = models.TimeField(_("免打扰结束"), default=dt.time(8, 0))
    workdays_only = models.BooleanField(_("只在工作日发送"), default=True)
    daily_cap = models.PositiveSmallIntegerField(
        _("每日最多封数"), default=5, validators=[MaxValueValidator(100)]
    )
    digest_on = models.DateField(null=True)
    """The last business day on which a digest was made."""


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    GIVEN_UP = "given_up", _("已放弃")


class Mail(Record):
    """One mail to one user. It is written before it leaves, so that a crash cannot send it again and again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    """Business day that its cap counts for."""
    is_digest = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    unsure = models.PositiveSmallIntegerField(default=0)
    """How often the program broke off between sending and marking: the mail may or may not have left."""
    next_try_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    """When a sender took it; long ago and still sending means that the sender broke off."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "day"], name="notices_mails_of_day")]
