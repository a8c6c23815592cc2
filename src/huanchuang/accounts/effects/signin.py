"""What we do with the news of the sign-in libraries, and the three places where they ask us."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts import services
from huanchuang.accounts.models import SignIn, User


class Backend(ModelBackend):
    """Name and password. Asked again on every request, so that switching the demonstration off ends its sessions.

    Django's backend, not allauth's: that one hands people who may not come in to a later stage, which knows only closed accounts.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active people, never a system's account; the demonstration's people only while the demonstration is on."""
        return bool(user.is_active) and not user.is_service and (settings.HUANCHUANG_DEMO or not user.is_demo)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs up; wrong passwords are counted by axes alone; refusals are in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账户已停用，请联系系统管理员。"),
        "username_password_mismatch": _(
            "用户名或密码不正确。请检查大小写后再试；连续5次不正确将锁定15分钟。"
        ),
        "incorrect_password": _("密码不正确，请再输一次。"),
        "enter_current_password": _("现在的密码不正确，请再输一次。"),
        "too_many_login_attempts": _("验证码连续5次不正确，请15分钟后再试。"),
        "rate_limited": _("操作太频繁，请过几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the work, not to the form again: most who change a password have just come in with a first one."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: allauth would count failures here a second time, with a message that names no end."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of authenticator apps are kept encrypted under the product's secret key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不正确。请看应用上现在显示的6位数字，并核对手机时间。"),
        "cannot_delete_authenticator": _("现在不能停用两步验证。"),
        "cannot_generate_recovery_codes": _("请先启用两步验证，再生成恢复码。"),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after a change of the product's key a random one, so that no code fits (an empty one would be guessed)."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"huanchuang.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def note_success(sender: Any, request: HttpRequest, user: User, **news: Any) -> None:
    """Django says that somebody has come in."""
    services.note_sign_in(user, request, SignIn.Result.OK)


def note_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **news: Any
) -> None:
    """Django says that a name and password were refused. A name that is nobody's is not kept: people type passwords there."""
    if request is None:
        return
    user = User.objects.filter(username=credentials.get("username", "")).first()
    locked = getattr(request, "axes_locked_out", False)
    services.note_sign_in(user, request, SignIn.Result.LOCKED if locked else SignIn.Result.WRONG)


def note_wrong_code(sender: Any, request: HttpRequest, user: User, **news: Any) -> None:
    """allauth says that the code of the second factor was wrong."""
    services.note_sign_in(user, request, SignIn.Result.WRONG_CODE)


def note_password(sender: Any, request: HttpRequest, user: User, **news: Any) -> None:
    """allauth says that somebody has changed their own password."""
    services.note_own_password(user, request)


def note_factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Any, **news: Any) -> None:
    """allauth says that a second factor was added."""
    services.note_second_factor(user, request, "add", str(authenticator.type))


def note_factor_removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **news: Any
) -> None:
    """allauth says that a second factor was taken away."""
    services.note_second_factor(user, request, "remove", str(authenticator.type))


def note_factor_reset(sender: Any, request: HttpRequest, user: User, authenticator: Any, **news: Any) -> None:
    """allauth says that recovery codes were made anew."""
    services.note_second_factor(user, request, "renew", str(authenticator.type))
