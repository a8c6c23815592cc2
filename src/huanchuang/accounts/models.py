"""Who signs in, with which role, what further rights they hold, when they came, and which systems call in their name."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import SubjectField
from huanchuang.orm.models import Record


class Role(models.TextChoices):
    """What a person does here. One role each; further rights are grants."""

    OFFICER = "officer", _("主管科室人员")
    REPORTER = "reporter", _("单位填报员")
    CLERK = "clerk", _("企业经办人")
    RESEARCHER = "researcher", _("科研人员")
    MANAGER = "manager", _("技术经理人")
    REVIEWER = "reviewer", _("评审专家")
    LEADER = "leader", _("领导")
    AUDITOR = "auditor", _("审计人员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class FieldClass(models.TextChoices):
    """Classes of fields, each wider than the one before: who sees one sees those before it as well."""

    PUBLIC = "public", _("公开")
    MATCHED = "matched", _("对接双方可见")
    OWNER = "owner", _("权属方可见")
    AUTHORITY = "authority", _("主管部门可见")


class User(AbstractUser, Record):
    """A person with one role. `name` is shown; `username` signs in.

    Rights never come from `is_staff`, `is_superuser` or groups: `queries.allows` reads role and grants only.
    """

    first_name = None  # type: ignore[assignment]  # one name field: Chinese names are not split
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=60)
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    phone = models.CharField(_("手机号"), max_length=30, blank=True)
    is_demo = models.BooleanField(_("演示账户"), default=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    is_service = models.BooleanField(_("服务账户"), default=False)
    """Stands for another system, such as a portal: calls the API by tokens and never signs in."""

    scopes: frozenset[str] | None = None
    """The deeds to which a token narrows this person for one call; None: everything the role and grants allow."""

    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["username"]
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Grant(Record):
    """A right beside the role: one person, one object, one deed or class of fields, until a day.

    `until` is the last day on which it holds (the real calendar, not the demonstration's); empty: until revoked.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("用户"))
    subject_of = SubjectField(_("对象"), max_length=200)
    deed = models.CharField(_("操作"), max_length=120, blank=True)
    field_class = models.CharField(_("字段类别"), max_length=20, choices=FieldClass.choices, blank=True)
    until = models.DateField(_("有效期至"), null=True, blank=True)
    granted_by = models.CharField(_("授权人"), max_length=120)
    reason = models.CharField(_("理由"), max_length=300)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.CharField(_("撤销人"), max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        indexes = [models.Index(fields=["user", "subject_of"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(deed="") | ~models.Q(field_class=""), name="grant_of_something"
            ),
            models.CheckConstraint(condition=~models.Q(subject_of=""), name="grant_on_something"),
        ]


class SignIn(models.Model):
    """One attempt to sign in, as the person sees it: when, where from, with what, and how it ended."""

    class Result(models.TextChoices):
        OK = "ok", _("成功")
        WRONG = "wrong", _("用户名或密码错误")
        WRONG_CODE = "wrong_code", _("验证码错误")
        LOCKED = "locked", _("已锁定")

    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="sign_ins", verbose_name=_("用户")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    address = models.CharField(_("网络地址"), max_length=64, blank=True)
    device = models.CharField(_("设备"), max_length=120, blank=True)
    result = models.CharField(_("结果"), max_length=20, choices=Result.choices)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("登录记录")
        verbose_name_plural = _("登录记录")
        indexes = [models.Index(fields=["user", "-id"])]


class Token(Record):
    """With it another system calls the API in the name of `user`, who answers for it.

    The token itself is shown once; kept are its digest and the `prefix` by which people and the log recognise it.
    `scopes` are deeds, a part of what its owner may do; what the owner loses, the token loses with them.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("用户"))
    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("前缀"), max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("范围"), default=list)
    expires_on = models.DateField(_("有效期至"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    made_by = models.CharField(_("签发人"), max_length=120)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.CharField(_("撤销人"), max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("访问令牌")
        verbose_name_plural = _("访问令牌")


class WrongToken(models.Model):
    """How many wrong tokens came from a network address since a moment: one row an address, gone when the time is over."""

    address = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)


__all__ = ["FieldClass", "Grant", "Role", "SignIn", "Token", "User", "WrongToken"]
