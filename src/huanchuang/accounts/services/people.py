"""Making and changing accounts. Called by the administrator's pages and by `huanchuang user …`."""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import roles_text
from huanchuang.audit.services import Actor, record
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.orm.models import save_versioned

_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another when read aloud."""


def new_password() -> str:
    """A first password of 14 letters, shown once to the administrator and changed at the first sign-in."""
    return "".join(secrets.choice(_LETTERS) for _ in range(14))


@transaction.atomic
def create_user(
    actor: Actor,
    username: str,
    name: str,
    role: str,
    password: str,
    *,
    phone: str = "",
    email: str = "",
    must_change: bool = True,
) -> User:
    """Make an account. ProblemError where the name is taken, the role unknown or the password weak."""
    user = User(
        username=username.strip(),
        name=name.strip(),
        role=role,
        phone=phone,
        email=email,
        must_change_password=must_change,
    )
    _check_password(password, user)
    user.set_password(password)
    _check(user)
    user.save()
    record(actor, "accounts.user.create", user.subject, None, _facts_of(user))
    return user


@transaction.atomic
def create_service(actor: Actor, username: str, name: str, role: str) -> User:
    """Make the account of another system: it has no password, nobody signs in with it. ProblemError as for people."""
    user = User(username=username.strip(), name=name.strip(), role=role, is_service=True)
    user.set_unusable_password()
    _check(user)
    user.save()
    record(actor, "accounts.user.create", user.subject, None, {**_facts_of(user), "is_service": True})
    return user


@transaction.atomic
def change_user(
    actor: Actor, user: User, version: int, *, name: str, phone: str = "", email: str = ""
) -> User:
    """Change name and contact. An empty phone or e-mail stays as it is, because forms show them masked only.

    EditedMeanwhile when somebody else changed the account since `version` was read.
    """
    before = _facts_of(user)
    user.name, user.phone, user.email = name.strip(), phone or user.phone, email or user.email
    _check(user)
    save_versioned(user, version)
    record(actor, "accounts.user.change", user.subject, before, _facts_of(user))
    return user


@transaction.atomic
def assign_role(actor: Actor, user: User, role: str, reason: str = "") -> User:
    """Give another role. One's own role, an unknown one, and the last administrator's are refused."""
    if role not in Role.values:
        raise refuse(
            "accounts.role",
            ("角色", f"没有“{role}”这个角色", f"可用的角色：{roles_text()}"),
            ("role", f'there is no role "{role}"', f"roles are: {', '.join(Role.values)}"),
        )
    _refuse_on_oneself(actor, user)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(user)
    before = {"role": user.role}
    user.role = role
    save_versioned(user, user.version)
    record(actor, "accounts.user.assign_role", user.subject, before, {"role": role}, reason)
    return user


@transaction.atomic
def set_password(actor: Actor, user: User, password: str, *, must_change: bool = True) -> User:
    """Set a password for somebody who forgot theirs. All their sessions end. ProblemError where it is weak."""
    if user.is_service:
        raise refuse(
            "accounts.service",
            (user.username, "服务账户不能登录，没有密码", "请为它签发访问令牌"),
            (user.username, "this account of a system never signs in", "make a token for it instead"),
        )
    _check_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change
    save_versioned(user, user.version)
    record(actor, "accounts.user.set_password", user.subject)
    return user


@transaction.atomic
def reset_second_factor(actor: Actor, user: User, reason: str = "") -> int:
    """Take the second factor of somebody who lost phone and recovery codes; number of factors taken."""
    taken = Authenticator.objects.filter(user=user)
    kinds = sorted(str(kind) for kind in taken.values_list("type", flat=True))
    taken.delete()
    if kinds:
        record(
            actor,
            "accounts.user.reset_second_factor",
            user.subject,
            {"factors": kinds},
            {"factors": []},
            reason,
        )
    return len(kinds)


@transaction.atomic
def deactivate(actor: Actor, user: User, reason: str = "") -> User:
    """Close an account; it stays in the records. Nobody closes their own, nor the last administrator's."""
    _refuse_on_oneself(actor, user)
    _keep_an_administrator(user)
    return _set_active(actor, user, "accounts.user.deactivate", reason, active=False)


@transaction.atomic
def reactivate(actor: Actor, user: User, reason: str = "") -> User:
    """Open a closed account again."""
    return _set_active(actor, user, "accounts.user.reactivate", reason, active=True)


def _set_active(actor: Actor, user: User, verb: str, reason: str, *, active: bool) -> User:
    before = {"is_active": user.is_active}
    user.is_active = active
    save_versioned(user, user.version)
    record(actor, verb, user.subject, before, {"is_active": active}, reason)
    return user


def _facts_of(user: User) -> dict[str, str]:
    return {
        "username": user.username,
        "name": user.name,
        "role": user.role,
        "phone": user.phone,
        "email": user.email,
    }


def _check(user: User) -> None:
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as found:
        raise ProblemError(
            _problem(str(getattr(user._meta.get_field(name), "verbose_name", name)), text, name)
            for name, texts in found.message_dict.items()
            for text in texts
        ) from None


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ProblemError(_problem("密码", text, "password") for text in weak.messages) from None


def _problem(where: str, what: str, english_where: str = "") -> Problem:
    english = ProblemText(english_where or where, what.rstrip("."), "Please correct it and save again")
    return Problem(where, what.rstrip("。"), "请改正后重新保存", "accounts.invalid", english)


def _refuse_on_oneself(actor: Actor, user: User) -> None:
    if actor.id == str(user.pk):
        raise refuse(
            "accounts.oneself",
            ("本人账户", "不能更改自己的角色，也不能停用自己", "请由另一位系统管理员操作"),
            (
                "your own account",
                "you cannot change your own role or close your own account",
                "ask another administrator",
            ),
        )


def _keep_an_administrator(user: User) -> None:
    people = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True, is_service=False)
    others = people.filter(is_demo=user.is_demo).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and not others.exists():
        raise refuse(
            "accounts.last_administrator",
            (user.username, "这是最后一位系统管理员", "请先指定另一位系统管理员"),
            (user.username, "this is the last administrator", "make another administrator first"),
        )
