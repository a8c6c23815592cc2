"""`huanchuang user …`: accounts by the same services as the administrator's pages."""

from __future__ import annotations

import argparse
import sys

from django.utils.translation import override

from huanchuang.accounts import services as accounts
from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import people
from huanchuang.audit.services import Actor
from huanchuang.web.cli.words import CommandError, language, say

BY_COMMAND = Actor("command-line", "命令行")
"""Whoever has a shell on the server; the audit cannot know more."""


def add(options: argparse.Namespace) -> int:
    """A new account with a first password that is changed at the first sign-in."""
    password = _password(options)
    accounts.create_user(BY_COMMAND, options.username, options.name, _role(options.role), password)
    _tell(options, password)
    return 0


def listing(options: argparse.Namespace) -> int:
    """All accounts: user name, name, role, whether active."""
    with override(_django_language()):
        for user in people():
            active = ("启用", "active") if user.is_active else ("停用", "inactive")
            line = f"{user.username}\t{user.name}\t{user.role}\t"
            say(line + active[0], line + active[1])
    return 0


def roles(options: argparse.Namespace) -> int:
    """All roles: the word to use and its meaning."""
    with override(_django_language()):
        for one in Role:
            say(f"{one.value}\t{one.label}", f"{one.value}\t{one.label}")
    return 0


def role(options: argparse.Namespace) -> int:
    """Another role for somebody."""
    user = _user(options.username)
    accounts.assign_role(BY_COMMAND, user, _role(options.role))
    say(f"{user.username} 的角色已改为 {options.role}。", f"{user.username} is now {options.role}.")
    return 0


def password(options: argparse.Namespace) -> int:
    """A new password for somebody."""
    chosen = _password(options)
    accounts.set_password(BY_COMMAND, _user(options.username), chosen)
    _tell(options, chosen)
    return 0


def deactivate(options: argparse.Namespace) -> int:
    """Nobody signs in with this account any more; what it wrote stays."""
    accounts.deactivate(BY_COMMAND, _user(options.username))
    say(f"{options.username} 已停用。", f"{options.username} is deactivated.")
    return 0


def _user(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(
            f"{username}：没有这个用户，用 huanchuang user list 查看",
            f"{username}: no such account; see huanchuang user list",
        )
    return found


def _role(name: str) -> str:
    if name not in Role.values:
        raise CommandError(
            f"--role {name}：没有这个角色，可用：{'、'.join(Role.values)}",
            f"--role {name}: no such role; choose from {', '.join(Role.values)}",
            status=2,
        )
    return name


def _password(options: argparse.Namespace) -> str:
    return sys.stdin.readline().rstrip("\r\n") if options.stdin else accounts.new_password()


def _tell(options: argparse.Namespace, chosen: str) -> None:
    shown = ("（取自标准输入）", " (from standard input)") if options.stdin else (chosen, chosen)
    say(f"{options.username} 的密码：{shown[0]}", f"password of {options.username}: {shown[1]}")


def _django_language() -> str:
    return "en" if language() == "en" else "zh-hans"
