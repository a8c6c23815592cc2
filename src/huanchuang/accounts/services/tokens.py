"""Making, revoking and using tokens, and counting wrong ones."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huanchuang.accounts.models import Token, User, WrongToken
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.queries.tokens import MOST_WRONG, WRONG_WINDOW, digest_of, scopes_for
from huanchuang.audit.services import Actor, record
from huanchuang.engines.kernel import refuse
from huanchuang.orm.models import save_versioned

LONGEST_DAYS = 366
COARSE = dt.timedelta(hours=1)
"""How exactly the last use is kept: who calls every second does not write every second."""


@transaction.atomic
def make_token(
    actor: Actor, user: User, name: str, scopes: Sequence[str], expires_on: dt.date
) -> tuple[Token, str]:
    """A new token of `user` and its text, which is kept nowhere: show it now.

    ProblemError without a name or scopes, with a scope beyond the owner's rights, or a day that is over or too far.
    """
    _check(user, name, scopes, expires_on)
    prefix = f"hc_{base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10]}"
    text = f"{prefix}_{secrets.token_urlsafe(32)}"
    token = Token(
        user=user, name=name.strip(), prefix=prefix, digest=digest_of(text), scopes=sorted(set(scopes)), expires_on=expires_on,
        made_by=actor.name,
    )  # fmt: skip
    token.save()
    after = {"user": user.username, "prefix": prefix, "scopes": token.scopes, "expires_on": expires_on}
    record(actor, "accounts.token.make", token.subject, None, after, token.name)
    return token, text


@transaction.atomic
def revoke_token(actor: Actor, token: Token) -> Token:
    """End a token now; it stays in the list. One already revoked stays as it was."""
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = timezone.now(), actor.name
        save_versioned(token, token.version)
        after = {"user": token.user.username, "prefix": token.prefix}
        record(actor, "accounts.token.revoke", token.subject, None, after)
    return token


def note_token_use(token: Token, address: str) -> None:
    """The first use goes into the trail; later ones only renew the hour in which it was last used.

    Most calls write nothing, and then no transaction is begun: on SQLite each would wait for the one who writes.
    """
    if token.used_at is None or timezone.now() - token.used_at >= COARSE:
        _write_use(token, address)


@transaction.atomic
def _write_use(token: Token, address: str) -> None:
    now = timezone.now()
    stored = Token.objects.filter(pk=token.pk)
    if stored.filter(used_at=None).update(used_at=now):
        actor = Actor(actor_of(token.user).id, actor_of(token.user).name, address)
        after = {"user": token.user.username, "prefix": token.prefix}
        record(actor, "accounts.token.first_use", token.subject, None, after)
    else:
        stored.update(used_at=now)


@transaction.atomic
def note_wrong_token(address: str) -> None:
    """Count a wrong token of an address; the one that fills its number is told to the trail."""
    now = timezone.now()
    WrongToken.objects.filter(since__lt=now - WRONG_WINDOW).delete()
    row, _new = WrongToken.objects.select_for_update().get_or_create(address=address, defaults={"since": now})
    WrongToken.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if row.count + 1 == MOST_WRONG:
        actor = Actor("unknown", "未知用户", address)
        record(actor, "accounts.token.lock", "accounts.token:unknown", None, {"wrong": MOST_WRONG})


def _check(user: User, name: str, scopes: Sequence[str], expires_on: dt.date) -> None:
    today = timezone.localdate()
    if not name.strip() or not scopes:
        raise refuse(
            "accounts.token.incomplete",
            ("访问令牌", "没有写明用途或没有选择范围", "请写明给哪个系统用，并至少选择一项范围"),
            ("token", "its purpose or its scopes are missing", "say which system it is for, choose at least one"),
        )  # fmt: skip
    if beyond := sorted(set(scopes) - set(scopes_for(user))):
        listed = "、".join(beyond)
        raise refuse(
            "accounts.token.beyond",
            ("范围", f"{listed} 不在账户的权限之内", "请只选择账户本身可以做的事"),
            ("scopes", f"{', '.join(beyond)} is not among the rights of the account", "choose what it may do itself"),
        )  # fmt: skip
    if not today <= expires_on <= today + dt.timedelta(days=LONGEST_DAYS):
        raise refuse(
            "accounts.token.until",
            ("有效期", f"{expires_on} 已经过去或太远", f"请填今天起{LONGEST_DAYS}天以内的日期"),
            (
                "until",
                f"{expires_on} is over or too far",
                f"give a day within {LONGEST_DAYS} days from today",
            ),
        )
