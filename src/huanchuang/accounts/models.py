"""Who signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


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


class User(AbstractUser):
    """A person with one role. `name` is shown; `username` signs in."""

    name = models.CharField(_("姓名"), max_length=60)
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    phone = models.CharField(_("手机号"), max_length=30, blank=True)
    is_demo = models.BooleanField(_("演示账户"), default=False)
